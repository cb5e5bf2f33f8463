public import Acts

/// Judges a text of past reservations and declarations, statement by statement.
///
/// Such texts give no days. Where a statement's heading or first words say with which act it was made, its day is that act's. Where they do not, it
/// is kept as one whose day the source does not give, counted with its author's instrument, and its confidence says so. One that cannot have been
/// made with an instrument, such as an objection to another's reservation, is refused and left to a person.
public struct DeclarationsImport: Sendable {
    /// What one statement would become.
    public struct Row: Hashable, Sendable {
        public enum Outcome: Hashable, Sendable {
            case accepted(TreatyStatementMade)
            /// The register holds its words already.
            case known
            case refused(Refusal)
        }

        public let line: Int
        /// The name at the head of its section.
        public let actor: String
        public let kind: DeclarationsText.Kind
        public let outcome: Outcome
    }

    let consent: ConsentFile
    let actors: ActorTable
    let today: CalendarDate
    let source: String
    /// Of the texts: a BCP 47 tag.
    let language: String

    public init(consent: ConsentFile, actors: ActorTable, today: CalendarDate, source: String, language: String) {
        self.consent = consent
        self.actors = actors
        self.today = today
        self.source = source
        self.language = language
    }

    public func plan(_ statements: [DeclarationsText.Statement]) -> [Row] {
        let rule = StatementRule(consent: consent, actors: actors, today: today)
        let held = Set(consent.statements.filter { !$0.isStruck }.map { Words(actor: $0.made.actor, text: $0.made.text) })
        return statements.map { statement in
            let outcome: Row.Outcome
            do throws(Refusal) {
                let made = try made(statement)
                outcome = held.contains(Words(actor: made.actor, text: made.text)) ? .known : .accepted(try rule.check(made))
            } catch {
                outcome = .refused(error)
            }
            return Row(line: statement.line, actor: statement.actor, kind: statement.kind, outcome: outcome)
        }
    }

    private struct Words: Hashable {
        var actor: ActorCode
        var text: String
    }

    private func made(_ statement: DeclarationsText.Statement) throws(Refusal) -> TreatyStatementMade {
        let kind: StatementKind
        switch statement.kind {
        case .reservation: kind = .reservation
        case .declaration: kind = .interpretativeDeclaration
        case .recognition: kind = .optionalDeclaration
        case .territorial: kind = .territorialDeclaration
        case .objection, .withdrawal:
            throw refuse("statement-undated", "The text gives no day for it, and it was not made with an instrument.", "Enter it by hand.")
        case .reference, .unknown:
            throw refuse("statement-kind", "Neither a heading nor its wording says what kind of statement it is.", "Enter it by hand.")
        }
        guard let actor = statement.code else {
            throw Refusal(
                .malformed, code: "treaty.import.row.unknown-actor",
                "No State or organization has the name or code '\(statement.actor)'.", mend: "Look it up in the list of actors.",
                citation: "docs/import.md", arguments: ["name": statement.actor])
        }
        let acts = consent.file.lines.filter { $0.participation.actor == actor }
        let moment = DeclarationMoment.stated(heading: statement.heading, text: statement.text)
        let signed = acts.last { $0.participation.action.isSignature }
        let consented = acts.last { $0.participation.action.isConsent }
        // A definitive signature is both; a later instrument of the same State never stands for the signature the source names.
        guard let act = moment == .signature ? signed : moment == .consent ? consented : consented ?? signed
        else {
            throw refuse(
                "statement-alone", "\(statement.actor) has no signature or instrument in the register that it can have been made with.",
                "Enter that act first.")
        }
        guard statement.text.unicodeScalars.count <= TreatyStatementMade.longestText else {
            throw Refusal(
                .malformed, code: "treaty.import.row.too-long", "The text holds more than \(TreatyStatementMade.longestText) characters.",
                mend: "Enter it by hand, in parts.", citation: "docs/import.md",
                arguments: ["column": "text", "limit": String(TreatyStatementMade.longestText)])
        }
        return TreatyStatementMade(
            treaty: consent.file.opened.treaty, actor: actor, statement: kind, date: act.participation.date, text: statement.text,
            language: language, provisions: statement.provisions, madeAt: act.entry, source: source,
            confidence: "kind \(statement.confidence.rawValue); "
                + (moment == nil ? "day not given in the source, that of the instrument" : "made with that act by the source's own words"),
            dated: moment == nil ? .notGiven : .withAct)
    }

    private func refuse(_ code: String, _ explanation: String, _ mend: String) -> Refusal {
        Refusal(.malformed, code: "treaty.import.row.\(code)", explanation, mend: mend, citation: "docs/import.md")
    }
}
