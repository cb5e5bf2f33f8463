public import Acts
import Foundation
public import GRDB
public import Record

/// Offices, people, roles, keys and sign-in secrets, from the acts about them.
///
/// Each table keeps one row per entry, and what holds now is the newest row; so a payload erased later leaves the same tables
/// whether it is applied as it comes or the view is rebuilt.
public struct IdentityView: RecordView {
    public let name = "identity"
    public let version = 1
    public let forgetsErasedPayloads = true

    public init() {}

    public func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE identity_office (entry INTEGER PRIMARY KEY, office TEXT NOT NULL, names TEXT NOT NULL, actor TEXT);
                CREATE INDEX identity_office_office ON identity_office (office);
                CREATE TABLE identity_appointment (
                    entry INTEGER PRIMARY KEY, person TEXT NOT NULL, name TEXT NOT NULL, office TEXT NOT NULL, roles TEXT NOT NULL);
                CREATE INDEX identity_appointment_person ON identity_appointment (person, office);
                CREATE TABLE identity_key (
                    entry INTEGER PRIMARY KEY, key TEXT NOT NULL, holder TEXT NOT NULL, algorithm TEXT NOT NULL, bytes BLOB NOT NULL,
                    label TEXT NOT NULL, credential BLOB, received INTEGER NOT NULL);
                CREATE INDEX identity_key_key ON identity_key (key);
                CREATE INDEX identity_key_holder ON identity_key (holder);
                CREATE INDEX identity_key_credential ON identity_key (credential);
                CREATE TABLE identity_revocation (entry INTEGER PRIMARY KEY, key TEXT NOT NULL);
                CREATE INDEX identity_revocation_key ON identity_revocation (key);
                CREATE TABLE identity_secret (
                    entry INTEGER NOT NULL, hash TEXT NOT NULL, person TEXT NOT NULL, purpose TEXT NOT NULL, expires INTEGER,
                    PRIMARY KEY (entry, hash));
                CREATE INDEX identity_secret_hash ON identity_secret (hash);
                CREATE INDEX identity_secret_person ON identity_secret (person, purpose);
                CREATE TABLE identity_used (entry INTEGER PRIMARY KEY, hash TEXT NOT NULL);
                CREATE INDEX identity_used_hash ON identity_used (hash);
                CREATE TABLE identity_left (entry INTEGER PRIMARY KEY, person TEXT NOT NULL);
                CREATE INDEX identity_left_person ON identity_left (person);
                """)
    }

    public func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case OfficeEstablished.kind:
            guard let act = try entry.payload(as: OfficeEstablished.self) else { return }
            try database.execute(
                sql: "INSERT INTO identity_office (entry, office, names, actor) VALUES (?, ?, ?, ?)",
                arguments: [entry.index, act.office, JSON(texts: act.name).canonicalText, act.actor?.rawValue])
        case PersonAppointed.kind:
            guard let act = try entry.payload(as: PersonAppointed.self) else { return }
            try database.execute(
                sql: "INSERT INTO identity_appointment (entry, person, name, office, roles) VALUES (?, ?, ?, ?, ?)",
                arguments: [entry.index, act.person, act.name, act.office, act.roles.map(\.rawValue).joined(separator: " ")])
        case KeyEnrolled.kind:
            guard let act = try entry.payload(as: KeyEnrolled.self) else { return }
            try database.execute(
                sql: """
                    INSERT INTO identity_key (entry, key, holder, algorithm, bytes, label, credential, received)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    entry.index, act.publicKey.identifier, act.holder, act.publicKey.algorithm.rawValue,
                    Data(act.publicKey.bytes), act.label, act.credential.map { Data($0) }, entry.header.received.milliseconds,
                ])
        case KeyRevoked.kind:
            guard let act = try entry.payload(as: KeyRevoked.self) else { return }
            try database.execute(
                sql: "INSERT INTO identity_revocation (entry, key) VALUES (?, ?)", arguments: [entry.index, act.key])
        case SignInSecretsIssued.kind:
            guard let act = try entry.payload(as: SignInSecretsIssued.self) else { return }
            for hash in act.hashes {
                try database.execute(
                    sql: "INSERT OR IGNORE INTO identity_secret (entry, hash, person, purpose, expires) VALUES (?, ?, ?, ?, ?)",
                    arguments: [entry.index, hash, act.person, act.purpose.rawValue, act.expires?.milliseconds])
            }
        case SignInSecretUsed.kind:
            guard let act = try entry.payload(as: SignInSecretUsed.self) else { return }
            try database.execute(sql: "INSERT INTO identity_used (entry, hash) VALUES (?, ?)", arguments: [entry.index, act.hash])
        case SessionsEnded.kind:
            guard let act = try entry.payload(as: SessionsEnded.self) else { return }
            try database.execute(sql: "INSERT INTO identity_left (entry, person) VALUES (?, ?)", arguments: [entry.index, act.person])
        case PayloadErased.kind:
            guard let act = try entry.payload(as: PayloadErased.self) else { return }
            for table in ["office", "appointment", "key", "revocation", "secret", "used", "left"] {
                try database.execute(sql: "DELETE FROM identity_\(table) WHERE entry = ?", arguments: [act.entry])
            }
        default:
            break
        }
    }
}
