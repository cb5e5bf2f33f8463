import Acts
import Disclosure

/// A document with its parts, as the office that filed it sees it.
struct FiledDocument: Sendable {
    /// A paragraph with its marking now; `nil`: open to everybody.
    struct Part: Sendable {
        let path: String
        let text: String
        let label: SecurityLabel?
    }

    let act: DocumentFiled
    let office: String
    let author: String
    let entry: Int64
    let filed: Moment
    /// The entry of the public commitment.
    let commitmentEntry: Int64
    let commitment: RedactionCommitment
    let sealed: RedactableDocument
    let parts: [Part]

    /// The marking of the whole: `nil` where every part is open.
    func marking(under policies: MarkingPolicies) throws(MarkingFault) -> DocumentMarking? {
        let labels = parts.compactMap(\.label)
        return labels.isEmpty ? nil : try DocumentMarking(portions: labels, under: policies)
    }

    func part(_ path: String) -> Part? { parts.first { $0.path == path } }
}

/// A release as everybody sees it.
struct PublicRelease: Sendable {
    let act: DocumentReleased
    let office: String
    let entry: Int64
    let released: Moment
}

/// A request for access, with what happened to it.
struct AccessRequestFile: Sendable {
    let act: AccessRequested
    let office: String
    let entry: Int64
    let steps: [AccessStepTaken]
    /// Releases that answer it.
    let releases: [String]

    /// As the law's clock reads it.
    var history: AccessClock.History {
        var history = AccessClock.History(received: act.received)
        for step in steps {
            switch step.step {
            case .registered: history.registered = step.on
            case .clarificationAsked: history.clarifications.append(.init(asked: step.on))
            case .clarificationGiven:
                if let last = history.clarifications.indices.last { history.clarifications[last].given = step.on }
            case .extended: history.extended = step.on
            case .answered: history.answered = step.on
            case .appealed: history.appealed = step.on
            case .appealExtended: history.appealExtended = step.on
            case .appealAnswered: history.appealAnswered = step.on
            }
        }
        return history
    }
}

/// Individual copies, with who opened them and what leaks were compared.
struct CopiesFile: Sendable {
    struct Opening: Sendable {
        let copy: Int64
        let person: String
        let at: Moment
    }

    let act: CopiesAssigned
    let office: String
    let author: String
    let entry: Int64
    let made: Moment
    let openings: [Opening]
    let analyses: [(act: LeakAnalysed, at: Moment)]

    /// The copy of a reader, from 1.
    func copy(of person: String) -> Int? { act.readers.firstIndex(of: person).map { $0 + 1 } }

    /// What every copy was drawn from, in one word.
    var drawnFor: String { "\(act.copies)" }

    func text() throws -> VariantText { try VariantText(notation: act.notation) }

    func assignment(of text: VariantText) throws -> CopyAssignment {
        try CopyAssignment(of: text, copies: act.readers.count, secret: act.secret, document: drawnFor)
    }

    var canaries: CanaryMarks { CanaryMarks(secret: act.secret, document: drawnFor, copies: act.readers.count) }
}
