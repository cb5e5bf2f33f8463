import Acts
import Fediverse
import Foundation
import GRDB
import Record

/// Who follows, what was said to statements, how far other servers were sent to, and who is not heard.
struct FediverseView: RecordView {
    let name = "press-fediverse"
    let version = 2

    func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE fediverse_follower (
                    office TEXT NOT NULL, actor TEXT NOT NULL, host TEXT NOT NULL, authority TEXT NOT NULL, destination TEXT NOT NULL, follow TEXT NOT NULL,
                    entry INTEGER NOT NULL, PRIMARY KEY (office, actor)) WITHOUT ROWID;
                CREATE INDEX fediverse_follower_destination ON fediverse_follower (destination);
                CREATE TABLE fediverse_answer (
                    entry INTEGER PRIMARY KEY, office TEXT, destination TEXT NOT NULL, form TEXT NOT NULL, act TEXT NOT NULL);
                CREATE TABLE fediverse_reaction (
                    subject TEXT PRIMARY KEY, statement TEXT NOT NULL, version INTEGER NOT NULL, language TEXT NOT NULL, form TEXT NOT NULL,
                    actor TEXT NOT NULL, host TEXT NOT NULL, content TEXT, spoken TEXT, entry INTEGER NOT NULL) WITHOUT ROWID;
                CREATE INDEX fediverse_reaction_statement ON fediverse_reaction (statement, form);
                CREATE INDEX fediverse_reaction_entry ON fediverse_reaction (entry);
                CREATE TABLE fediverse_tally (
                    statement TEXT NOT NULL, version INTEGER NOT NULL, language TEXT NOT NULL, form TEXT NOT NULL, count INTEGER NOT NULL,
                    PRIMARY KEY (statement, version, language, form)) WITHOUT ROWID;
                CREATE TRIGGER fediverse_reaction_heard AFTER INSERT ON fediverse_reaction BEGIN
                    INSERT INTO fediverse_tally VALUES (new.statement, new.version, new.language, new.form, 1)
                        ON CONFLICT (statement, version, language, form) DO UPDATE SET count = count + 1;
                END;
                CREATE TRIGGER fediverse_reaction_gone AFTER DELETE ON fediverse_reaction BEGIN
                    UPDATE fediverse_tally SET count = count - 1
                        WHERE statement = old.statement AND version = old.version AND language = old.language AND form = old.form;
                END;
                CREATE TABLE fediverse_reach (
                    destination TEXT PRIMARY KEY, upTo INTEGER NOT NULL, outcome TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
                CREATE TABLE fediverse_rule (subject TEXT PRIMARY KEY, standing TEXT NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
                """)
    }

    func apply(_ entry: Entry, to database: Database) throws {
        switch entry.kind {
        case FollowerTaken.kind:
            guard let act = try entry.payload(as: FollowerTaken.self), let origin = Origin(act.actor) else { return }
            let destination = act.shared ?? act.inbox
            try database.execute(
                sql: "INSERT OR REPLACE INTO fediverse_follower VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [act.office, act.actor, origin.host, origin.authority, destination, act.follow, entry.index])
            try answer(entry, act.office, destination, "follow", act.json, database)
        case FollowerGone.kind:
            guard let act = try entry.payload(as: FollowerGone.self) else { return }
            try database.execute(
                sql: "DELETE FROM fediverse_follower WHERE office = ? AND actor = ?", arguments: [act.office, act.actor])
        case ReactionHeard.kind:
            guard let act = try entry.payload(as: ReactionHeard.self), let origin = Origin(act.actor) else { return }
            let subject = act.post ?? act.activity
            // Not by REPLACE, which passes the trigger that counts.
            try database.cachedStatement(sql: "DELETE FROM fediverse_reaction WHERE subject = ?").execute(arguments: [subject])
            try database.cachedStatement(sql: "INSERT INTO fediverse_reaction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").execute(
                arguments: [
                    subject, act.statement, act.version, act.language, act.form.rawValue, act.actor, origin.host, act.content, act.spoken,
                    entry.index,
                ])
            if act.form == .quote { try answer(entry, nil, act.inbox, "quote", act.json, database) }
        case ReactionGone.kind:
            guard let act = try entry.payload(as: ReactionGone.self) else { return }
            try database.execute(
                sql: "DELETE FROM fediverse_reaction WHERE subject = ? AND actor = ?", arguments: [act.subject, act.actor])
        case FediverseDelivered.kind:
            guard let act = try entry.payload(as: FediverseDelivered.self) else { return }
            let insert = try database.cachedStatement(
                sql: """
                    INSERT INTO fediverse_reach VALUES (?1, ?2, ?3, ?4)
                    ON CONFLICT (destination) DO UPDATE SET upTo = max(upTo, ?2), outcome = ?3, at = ?4
                    """)
            for receipt in act.receipts {
                try insert.execute(
                    arguments: [receipt.inbox, receipt.upTo, receipt.outcome.rawValue, entry.header.received.milliseconds])
                guard receipt.outcome == .gone else { continue }
                try database.execute(
                    sql: "DELETE FROM fediverse_follower WHERE destination = ? AND entry <= ?", arguments: [receipt.inbox, receipt.upTo])
            }
        case FediverseRuleSet.kind:
            guard let act = try entry.payload(as: FediverseRuleSet.self) else { return }
            try database.execute(
                sql: "INSERT OR REPLACE INTO fediverse_rule VALUES (?, ?, ?)",
                arguments: [act.subject, act.standing.rawValue, act.reason])
        default: break
        }
    }

    private func answer(
        _ entry: Entry, _ office: String?, _ destination: String, _ form: String, _ act: JSON, _ database: Database
    ) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO fediverse_answer VALUES (?, ?, ?, ?, ?)",
            arguments: [entry.index, office, destination, form, act.canonicalText])
    }
}
