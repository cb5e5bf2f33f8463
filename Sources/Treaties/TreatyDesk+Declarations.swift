public import Acts
import Ledger
public import Record

public import class Record.Record

extension TreatyDesk {
    /// What became of a text of declarations, or would become of it.
    public struct DeclarationsReport: Sendable {
        public let rows: [DeclarationsImport.Row]
        /// How many statements were entered.
        public let entered: Int

        public var refused: Int {
            rows.count { row in
                if case .refused = row.outcome { true } else { false }
            }
        }

        public var json: JSON {
            [
                "entered": .integer(Int64(entered)), "refused": .integer(Int64(refused)),
                "statements": .array(
                    rows.map { row in
                        var object: JSONObject = [
                            "line": .integer(Int64(row.line)), "actor": .string(row.actor), "kind": .string(row.kind.rawValue),
                        ]
                        switch row.outcome {
                        case .accepted(let made):
                            object["outcome"] = "accepted"
                            object["statement"] = .string(made.statement.rawValue)
                            object["date"] = .string(made.date.description)
                            object["confidence"] = made.confidence.map(JSON.string)
                        case .known: object["outcome"] = "known"
                        case .refused(let refusal):
                            object["outcome"] = "refused"
                            object["code"] = .string(refusal.code)
                            object["explanation"] = .string(refusal.explanation)
                            object["mend"] = .string(refusal.mend)
                        }
                        return .object(object)
                    }),
            ]
        }

        /// A line for each statement that is not taken, in English.
        public var lines: [String] {
            rows.compactMap { row in
                switch row.outcome {
                case .accepted: nil
                case .known: "line \(row.line): \(row.actor): in the register already"
                case .refused(let refusal): "line \(row.line): \(row.actor): refused: \(refusal)"
                }
            }
        }

        public var summary: String {
            "\(rows.count) statements: \(rows.count - refused) taken or known, \(refused) refused; \(entered) entered."
        }
    }

    /// Imports a text of reservations and declarations as the United Nations Treaty Collection publishes it, in one command.
    ///
    /// - Parameter language: of the texts, a BCP 47 tag.
    /// - Throws: a `Refusal` where there is no such treaty or the text cannot be read.
    public func importDeclarations(
        _ bytes: [UInt8], into treaty: String, source: String, language: String, isRehearsal: Bool, record: Record, office: String,
        author: String
    ) async throws -> DeclarationsReport {
        let text: DeclarationsText
        do {
            text = try DeclarationsText(bytes: bytes, actors: actors)
        } catch {
            throw Refusal(
                .malformed, code: "treaty.import.csv.encoding", "The text cannot be read: \(error).", mend: "Save it as UTF-8.",
                citation: "docs/import.md", arguments: ["line": "1"])
        }
        let actors = actors
        let plan: @Sendable (ConsentFile, CalendarDate) -> [DeclarationsImport.Row] = { consent, today in
            DeclarationsImport(consent: consent, actors: actors, today: today, source: source, language: language).plan(text.statements)
        }
        let rows = try await record.read { database in
            guard let consent = try ConsentQueries(database: database, actors: actors).file(of: treaty, for: nil) else {
                throw TreatyCommands.unknownTreaty(treaty)
            }
            return plan(consent, Moment.now.date)
        }
        let accepted = rows.count { row in
            if case .accepted = row.outcome { true } else { false }
        }
        guard !isRehearsal, accepted > 0 else { return DeclarationsReport(rows: rows, entered: 0) }
        let digest = TreatyDesk.hexadecimal(try record.storeBlob(bytes))
        let commands = TreatyCommands(actors: actors, office: office, author: author)
        let entries = try await record.enter(
            Command { context in
                guard let consent = try ConsentQueries(database: context.database, actors: actors).file(of: treaty, for: nil) else {
                    throw TreatyCommands.unknownTreaty(treaty)
                }
                return commands.importStatements(
                    plan(consent, context.now.date), treaty: treaty, next: context.nextIndex, source: source,
                    length: Int64(bytes.count), digest: digest)
            })
        return DeclarationsReport(rows: rows, entered: max(0, entries.count - 1))
    }
}
