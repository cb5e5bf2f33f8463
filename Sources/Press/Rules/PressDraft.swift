import Acts

/// A statement on its way to the public, as the record has it now.
struct PressDraft: Hashable, Sendable {
    enum State: String, Hashable, Sendable {
        /// Waits for clearances and approvals.
        case waiting
        /// Was given back, or stopped, and waits for a new version.
        case returned
        /// Cleared, approved and proposed to other nodes, whose signatures it waits for.
        case proposed
        /// Cleared, approved and sealed; released at the hour or by a person.
        case ready
        case released
    }

    /// One thing that a person did to this version.
    struct Step: Hashable, Sendable {
        /// A clearance's short name; ``approval`` for an approval.
        var step: String
        var person: String
        var at: Moment
    }

    /// The name under which approvals stand among the steps.
    static let approval = "approval"

    /// Its first entry, which names it.
    var draft: Int64
    /// The entry of its newest version.
    var version: Int64
    var office: String
    var form: StatementDrafted.Form
    var content: StatementContent
    /// The handling label until its release: one of ``PressLabel``.
    var label: String
    /// The offices that may read it.
    var audience: [String]
    /// Everybody who wrote a version of it.
    var authors: Set<String>
    var state: State
    /// Of the newest version, in order.
    var steps: [Step] = []
    var corrects: String?
    var correction: [String: String] = [:]
    /// When the node releases it by itself.
    var at: Moment?
    /// What will be released, and the salt it is committed to under.
    var sealed: SealedPayload?
    /// Why it was given back or stopped.
    var reason: String?
    var received: Moment

    func has(_ step: String) -> Bool { steps.contains { $0.step == step } }

    /// Who approved this version.
    var approvers: Set<String> { Set(steps.filter { $0.step == Self.approval }.map(\.person)) }
}

/// How a statement is handled until its release (FIRST, Traffic Light Protocol 2.0), from the most open on.
enum PressLabel: String, Hashable, Sendable, CaseIterable {
    case clear = "TLP:CLEAR"
    case green = "TLP:GREEN"
    case amber = "TLP:AMBER"
    case amberStrict = "TLP:AMBER+STRICT"
    case red = "TLP:RED"

    /// How many persons who wrote none of it must approve its release: one, and two above CLEAR.
    var approvals: Int { self == .clear ? 1 : 2 }

    /// What a label asks; one that is not known asks what the strictest does.
    static func approvals(_ label: String) -> Int { (PressLabel(rawValue: label) ?? .red).approvals }
}

/// A version of a statement that everybody may read.
struct PublicStatement: Hashable, Sendable {
    /// The entry of its release.
    var entry: Int64
    var act: StatementReleased
    var released: Moment
    /// The newest version of the same statement.
    var newest: Int64
    var withdrawal: Withdrawal?

    struct Withdrawal: Hashable, Sendable {
        var entry: Int64
        var reason: [String: String]
        var at: Moment
    }

    enum Standing: String, Hashable, Sendable {
        case current
        case superseded
        case withdrawn
    }

    var standing: Standing { withdrawal != nil ? .withdrawn : act.version < newest ? .superseded : .current }

    /// The language to show it in: the one wished for, else the authoritative one.
    func language(wished tag: String) -> String { act.content.texts[tag] != nil ? tag : act.content.authoritative }

    func name(_ texts: [String: String], _ tag: String) -> String? {
        texts[tag] ?? texts[act.content.authoritative] ?? texts["en"] ?? texts.min { $0.key < $1.key }?.value
    }
}

/// An office that has said something to the public.
struct OfficeHeard: Hashable, Sendable {
    var office: String
    /// Its name when it last spoke, by language tag.
    var names: [String: String]
    /// How many statements it has released.
    var count: Int
}
