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
                    actor TEXT NOT NULL, host TEXT NOT NULL, content TEXT, spoken TEXT, entry INTEGER NOT NULL, isPublic INTEGER NOT NULL,
                    at INTEGER NOT NULL) WITHOUT ROWID;
                CREATE INDEX fediverse_reaction_statement ON fediverse_reaction (statement, form);
                CREATE TABLE fediverse_tally (
                    statement TEXT NOT NULL, version INTEGER NOT NULL, language TEXT NOT NULL, form TEXT NOT NULL, count INTEGER NOT NULL,
                    PRIMARY KEY (statement, version, language, form)) WITHOUT ROWID;
                CREATE TRIGGER fediverse_reaction_heard AFTER INSERT ON fediverse_reaction BEGIN
                    INSERT INTO fediverse_tally VALUES (new.statement, new.version, new.language, new.form, 1)
                        ON CONFLICT (statement, version, language, form) DO UPDATE SET count = count + 1;
                END;
                CREATE TRIGGER fediverse_reaction_changed AFTER UPDATE ON fediverse_reaction BEGIN
                    UPDATE fediverse_tally SET count = count - 1
                        WHERE statement = old.statement AND version = old.version AND language = old.language AND form = old.form;
                    INSERT INTO fediverse_tally VALUES (new.statement, new.version, new.language, new.form, 1)
                        ON CONFLICT (statement, version, language, form) DO UPDATE SET count = count + 1;
                END;
                CREATE TRIGGER fediverse_reaction_gone AFTER DELETE ON fediverse_reaction BEGIN
                    UPDATE fediverse_tally SET count = count - 1
                        WHERE statement = old.statement AND version = old.version AND language = old.language AND form = old.form;
                END;
                CREATE TABLE fediverse_quote (entry INTEGER PRIMARY KEY, post TEXT NOT NULL);
                CREATE TABLE fediverse_hidden (post TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
                CREATE TABLE fediverse_question (post TEXT PRIMARY KEY, answer TEXT) WITHOUT ROWID;
                CREATE TABLE fediverse_key (
                    entry INTEGER PRIMARY KEY, office TEXT NOT NULL, key TEXT NOT NULL, multikey TEXT NOT NULL, at INTEGER NOT NULL,
                    overlapUntil INTEGER);
                CREATE TABLE fediverse_release (
                    entry INTEGER PRIMARY KEY, statement TEXT NOT NULL, version INTEGER NOT NULL, office TEXT NOT NULL, at INTEGER NOT NULL);
                CREATE INDEX fediverse_release_statement ON fediverse_release (statement, version);
                CREATE TABLE fediverse_receipt (
                    entry INTEGER NOT NULL, destination TEXT NOT NULL, outcome TEXT NOT NULL, at INTEGER NOT NULL, said INTEGER NOT NULL,
                    PRIMARY KEY (entry, destination)) WITHOUT ROWID;
                CREATE TABLE fediverse_reach (
                    destination TEXT PRIMARY KEY, upTo INTEGER NOT NULL, outcome TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
                CREATE TABLE fediverse_following (
                    office TEXT NOT NULL, actor TEXT NOT NULL, inbox TEXT NOT NULL, state TEXT NOT NULL, entry INTEGER NOT NULL,
                    PRIMARY KEY (office, actor)) WITHOUT ROWID;
                CREATE INDEX fediverse_following_actor ON fediverse_following (actor);
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
            try database.cachedStatement(
                // What asked to quote carries no text, and does not take away that which came before it.
                sql: """
                    INSERT INTO fediverse_reaction VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                    ON CONFLICT (subject) DO UPDATE SET statement = ?2, version = ?3, language = ?4, form = ?5, actor = ?6, host = ?7,
                        content = coalesce(?8, content), spoken = coalesce(?9, spoken), entry = ?10, isPublic = ?11
                    """
            ).execute(
                arguments: [
                    act.post ?? act.activity, act.statement, act.version, act.language, act.form.rawValue, act.actor, origin.host,
                    act.content, act.spoken, entry.index, act.isPublic, entry.header.received.milliseconds,
                ])
            if act.form == .quote, let post = act.post {
                try database.execute(sql: "INSERT INTO fediverse_quote VALUES (?, ?)", arguments: [entry.index, post])
                try answer(entry, nil, act.inbox, "quote", act.json, database)
            }
        case ReactionGone.kind:
            guard let act = try entry.payload(as: ReactionGone.self) else { return }
            try database.execute(
                sql: "DELETE FROM fediverse_reaction WHERE subject = ? AND actor = ?", arguments: [act.subject, act.actor])
        case FollowerMoved.kind:
            guard let act = try entry.payload(as: FollowerMoved.self), let origin = Origin(act.target) else { return }
            try database.execute(
                sql: "DELETE FROM fediverse_follower WHERE office = ? AND actor = ?", arguments: [act.office, act.actor])
            // Who follows from there already stays as it is.
            try database.execute(
                sql: "INSERT OR IGNORE INTO fediverse_follower VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [act.office, act.target, origin.host, origin.authority, act.shared ?? act.inbox, act.move, entry.index])
        case FediverseDelivered.kind:
            guard let act = try entry.payload(as: FediverseDelivered.self) else { return }
            try receive(act.receipts, of: entry, database)
        case StatementReleased.kind:
            guard let act = try entry.payload(as: StatementReleased.self) else { return }
            try database.execute(
                sql: "INSERT INTO fediverse_release VALUES (?, ?, ?, ?, ?)",
                arguments: [entry.index, act.statement, act.version, act.office, entry.header.received.milliseconds])
        case FediverseKeyRolled.kind:
            guard let act = try entry.payload(as: FediverseKeyRolled.self) else { return }
            try database.execute(
                sql: "INSERT INTO fediverse_key VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [entry.index, act.office, act.key, act.multikey, entry.header.received.milliseconds, act.overlapUntil])
        case ReactionHidden.kind:
            guard let act = try entry.payload(as: ReactionHidden.self) else { return }
            if act.isHidden {
                try database.execute(sql: "INSERT OR REPLACE INTO fediverse_hidden VALUES (?, ?)", arguments: [act.post, act.reason])
            } else {
                try database.execute(sql: "DELETE FROM fediverse_hidden WHERE post = ?", arguments: [act.post])
            }
        case QuestionMarked.kind:
            guard let act = try entry.payload(as: QuestionMarked.self) else { return }
            if act.isQuestion {
                try database.execute(sql: "INSERT OR REPLACE INTO fediverse_question VALUES (?, ?)", arguments: [act.post, act.answer])
            } else {
                try database.execute(sql: "DELETE FROM fediverse_question WHERE post = ?", arguments: [act.post])
            }
        case FollowingAsked.kind:
            guard let act = try entry.payload(as: FollowingAsked.self) else { return }
            try database.execute(
                sql: "INSERT OR REPLACE INTO fediverse_following VALUES (?, ?, ?, 'asked', ?)",
                arguments: [act.office, act.actor, act.inbox, entry.index])
            try answer(entry, act.office, act.inbox, "following", act.json, database)
        case FollowingAnswered.kind:
            guard let act = try entry.payload(as: FollowingAnswered.self) else { return }
            try database.execute(
                sql: "UPDATE fediverse_following SET state = ? WHERE office = ? AND actor = ?",
                arguments: [act.accepts ? "accepted" : "refused", act.office, act.actor])
        case FollowingEnded.kind:
            guard let act = try entry.payload(as: FollowingEnded.self) else { return }
            try database.execute(
                sql: "DELETE FROM fediverse_following WHERE office = ? AND actor = ?", arguments: [act.office, act.actor])
            try answer(entry, act.office, act.inbox, "ending", act.json, database)
        case FediverseRuleSet.kind:
            guard let act = try entry.payload(as: FediverseRuleSet.self) else { return }
            try database.execute(
                sql: "INSERT OR REPLACE INTO fediverse_rule VALUES (?, ?, ?)",
                arguments: [act.subject, act.standing.rawValue, act.reason])
        default: break
        }
    }

    /// Notes how far inboxes were sent to, and when each first had which release.
    private func receive(_ receipts: [FediverseDelivered.Receipt], of entry: Entry, _ database: Database) throws {
        let reach = try database.cachedStatement(
            sql: """
                INSERT INTO fediverse_reach VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (destination) DO UPDATE SET upTo = max(upTo, ?2), outcome = ?3, at = ?4
                """)
        let note = try database.cachedStatement(
            sql: """
                INSERT OR IGNORE INTO fediverse_receipt SELECT r.entry, ?1, ?3, ?4, ?5 FROM fediverse_release r
                WHERE r.entry > coalesce((SELECT upTo FROM fediverse_reach WHERE destination = ?1), -1) AND r.entry <= ?2
                    AND EXISTS (
                        SELECT 1 FROM fediverse_follower f WHERE f.destination = ?1 AND f.office = r.office AND f.entry < r.entry)
                """)
        for receipt in receipts {
            let at = receipt.at ?? entry.header.received.milliseconds
            let arguments: StatementArguments = [receipt.inbox, receipt.upTo, receipt.outcome.rawValue, at]
            try note.execute(arguments: arguments + [entry.index])
            try reach.execute(arguments: arguments)
            guard receipt.outcome == .gone else { continue }
            try database.execute(
                sql: "DELETE FROM fediverse_follower WHERE destination = ? AND entry <= ?", arguments: [receipt.inbox, receipt.upTo])
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
