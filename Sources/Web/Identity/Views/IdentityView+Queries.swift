import Acts
import Foundation
import GRDB

/// What the identity tables answer. All of it runs inside a read or a rule, on one state of the record.
extension IdentityView {
    /// A person with the offices held now; `nil` where there is none or where all appointments have ended.
    static func person(_ id: String, _ database: Database) throws -> Person? {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT a.office, a.name, a.roles, o.names FROM identity_appointment a
                LEFT JOIN identity_office o ON o.entry = (SELECT MAX(entry) FROM identity_office WHERE office = a.office)
                WHERE a.person = ? AND a.entry = (
                    SELECT MAX(entry) FROM identity_appointment WHERE person = a.person AND office = a.office)
                ORDER BY a.entry
                """, arguments: [id])
        var name: String?
        var appointments: [Person.Appointment] = []
        for row in rows {
            name = row["name"]
            let roles = IdentityView.roles(row["roles"])
            guard !roles.isEmpty else { continue }
            appointments.append(.init(office: row["office"], officeName: IdentityView.texts(row["names"]), roles: roles))
        }
        guard let name, !appointments.isEmpty else { return nil }
        return Person(id: id, name: name, appointments: appointments)
    }

    /// Everybody with an appointment now, by identifier.
    static func people(_ database: Database) throws -> [Person] {
        try String.fetchAll(database, sql: "SELECT DISTINCT person FROM identity_appointment ORDER BY person")
            .compactMap { try person($0, database) }
    }

    static func offices(_ database: Database) throws -> [Office] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT o.office, o.names, o.actor, o.entry FROM identity_office o
                WHERE o.entry = (SELECT MAX(entry) FROM identity_office WHERE office = o.office) ORDER BY o.office
                """
        ).map { row in
            Office(
                id: row["office"], names: texts(row["names"]), actor: (row["actor"] as String?).flatMap(ActorCode.init(rawValue:)),
                entry: row["entry"])
        }
    }

    static func office(_ id: String, _ database: Database) throws -> Office? {
        try offices(database).first { $0.id == id }
    }

    /// The place of the newest entry that ended all sessions of a person; -1 where there is none.
    static func sessionsEnded(of person: String, _ database: Database) throws -> Int64 {
        try Int64.fetchOne(database, sql: "SELECT MAX(entry) FROM identity_left WHERE person = ?", arguments: [person]) ?? -1
    }

    /// A holder's keys that are not revoked, oldest first.
    static func keys(of holder: String, _ database: Database) throws -> [EnrolledKey] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT k.* FROM identity_key k WHERE k.holder = ? AND NOT EXISTS (
                    SELECT 1 FROM identity_revocation r WHERE r.key = k.key AND r.entry > k.entry)
                ORDER BY k.entry
                """, arguments: [holder]
        ).compactMap(EnrolledKey.init(row:))
    }

    /// The good key with a credential identifier.
    static func key(credential: [UInt8], _ database: Database) throws -> EnrolledKey? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT k.* FROM identity_key k WHERE k.credential = ? AND NOT EXISTS (
                    SELECT 1 FROM identity_revocation r WHERE r.key = k.key AND r.entry > k.entry)
                ORDER BY k.entry DESC
                """, arguments: [Data(credential)]
        ).flatMap(EnrolledKey.init(row:))
    }

    static func key(_ identifier: String, _ database: Database) throws -> EnrolledKey? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT k.* FROM identity_key k WHERE k.key = ? AND NOT EXISTS (
                    SELECT 1 FROM identity_revocation r WHERE r.key = k.key AND r.entry > k.entry)
                ORDER BY k.entry DESC
                """, arguments: [identifier]
        ).flatMap(EnrolledKey.init(row:))
    }

    /// Whether a key was ever enrolled, by anybody, revoked or not.
    static func wasEnrolled(_ identifier: String, _ database: Database) throws -> Bool {
        try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM identity_key WHERE key = ?)", arguments: [identifier]) ?? false
    }

    /// The key of that identifier as it was enrolled last before an entry, whatever became of it since.
    static func key(_ identifier: String, before entry: Int64, _ database: Database) throws -> EnrolledKey? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM identity_key WHERE key = ? AND entry <= ? ORDER BY entry DESC LIMIT 1",
            arguments: [identifier, entry]
        ).flatMap(EnrolledKey.init(row:))
    }

    /// A sign-in secret by its hash, and what makes it good or not.
    static func secret(hash: String, _ database: Database) throws -> IssuedSecret? {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT entry, person, purpose, expires FROM identity_secret WHERE hash = ? ORDER BY entry DESC",
                arguments: [hash])
        else { return nil }
        let entry: Int64 = row["entry"]
        let person: String = row["person"]
        let purpose: String = row["purpose"]
        let newest = try Int64.fetchOne(
            database, sql: "SELECT MAX(entry) FROM identity_secret WHERE person = ? AND purpose = ?", arguments: [person, purpose])
        let used = try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM identity_used WHERE hash = ? AND entry > ?)", arguments: [hash, entry])
        return IssuedSecret(
            person: person, purpose: purpose == "recovery" ? .recovery : .link,
            expires: (row["expires"] as Int64?).map(Moment.init(milliseconds:)), isNewest: newest == entry, isUsed: used ?? false)
    }

    /// How many of a person's newest recovery codes are still good.
    static func recoveryCodesLeft(of person: String, _ database: Database) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT COUNT(*) FROM identity_secret s WHERE s.person = ? AND s.purpose = 'recovery'
                AND s.entry = (SELECT MAX(entry) FROM identity_secret WHERE person = s.person AND purpose = 'recovery')
                AND NOT EXISTS (SELECT 1 FROM identity_used u WHERE u.hash = s.hash AND u.entry > s.entry)
                """, arguments: [person]) ?? 0
    }

    private static func roles(_ text: String) -> Set<Role> {
        Set(text.split(separator: " ").compactMap { Role(rawValue: String($0)) })
    }

    private static func texts(_ text: String?) -> [String: String] {
        guard let text, case .object(let object)? = try? JSONParser.parse(text) else { return [:] }
        var texts: [String: String] = [:]
        for member in object.members { texts[member.name] = member.value.string }
        return texts
    }
}
