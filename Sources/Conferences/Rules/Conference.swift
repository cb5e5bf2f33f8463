public import Acts

/// A conference as the record has it: its bodies, who presides, who sits in it.
public struct Conference: Hashable, Sendable {
    public typealias Form = ConferenceBodyEstablished.Form
    public typealias Function = ConferenceOfficerElected.Function
    public typealias Standing = ConferenceDelegationRegistered.Standing

    public struct Body: Hashable, Sendable {
        public var id: String
        public var form: Form
        public var name: [String: String]
        /// What its documents' symbols begin with, the conference's own part included.
        public var symbol: String
        public var parent: String?
        /// Empty: every delegation.
        public var members: [ActorCode]
        public var officers: [Officer] = []
    }

    public struct Officer: Hashable, Sendable {
        public var function: Function
        public var name: String
        public var actor: ActorCode?
        public var person: String?
    }

    public struct Delegation: Hashable, Sendable {
        public var actor: ActorCode
        public var standing: Standing
        public var office: String?
        public var members: [ConferenceDelegationRegistered.Member]
        public var credentials: Credentials
        /// The newest credentials that were issued for it; `nil` while none came.
        public var issued: IssuedCredentials?
    }

    /// Credentials as a State or organization issued them, here or on its own node.
    public struct IssuedCredentials: Hashable, Sendable {
        /// The entry of this record that holds them.
        public var entry: Int64
        /// The node they were taken from, and their place in its record; `nil` where they were issued here.
        public var node: String?
        public var place: Int64?
        public var by: String
        public var on: CalendarDate
    }

    /// Credentials that came before the delegation was registered.
    public struct WaitingCredentials: Hashable, Sendable {
        public var actor: ActorCode
        public var issued: IssuedCredentials
        public var members: [ConferenceDelegationRegistered.Member]
    }

    /// Where a delegation's credentials stand. Until the plenary has decided, all are seated (GA rule 29).
    public enum Credentials: String, Hashable, Sendable, CaseIterable {
        case awaited
        case provisional
        /// Received from another node's record, with its proof.
        case received
        case inOrder = "in-order"
        case contested
    }

    public struct Group: Hashable, Sendable {
        public var id: String
        public var name: [String: String]
        public var members: [ActorCode]
        public var speaker: ActorCode?
    }

    public var id: String
    public var symbol: String
    public var title: [String: String]
    public var place: String
    public var opens: CalendarDate
    public var closes: CalendarDate?
    public var zone: String
    public var procedure: String
    public var languages: [String]
    public var bodies: [Body] = []
    public var delegations: [Delegation] = []
    public var groups: [Group] = []

    public func body(_ id: String) -> Body? { bodies.first { $0.id == id } }
    public func delegation(_ actor: ActorCode) -> Delegation? { delegations.first { $0.actor == actor } }
    public func group(_ id: String) -> Group? { groups.first { $0.id == id } }

    /// The delegation whose people an office's are.
    public func delegation(of office: String) -> Delegation? { delegations.first { $0.office == office } }

    /// The delegations that sit in a body.
    public func delegations(in body: Body) -> [Delegation] {
        body.members.isEmpty ? delegations : delegations.filter { body.members.contains($0.actor) }
    }

    /// The dossier of its acts.
    public var dossier: String { Conference.dossier(id) }
    public static func dossier(_ id: String) -> String { "conference/\(id)" }
}

extension Conference.Body {
    /// Who presides, or presides for the chair.
    public func presides(_ person: String) -> Bool {
        officers.contains { $0.person == person && ($0.function == .chair || $0.function == .viceChair) }
    }
}

/// A meeting as it stands.
public struct ConferenceMeeting: Hashable, Sendable {
    public enum State: String, Hashable, Sendable { case open, suspended, adjourned }

    public var body: String
    public var number: Int64
    public var state: State
    public var isPublic: Bool
    public var opened: Moment
    public var closed: Moment?
    /// What it has before it.
    public var item: String?
    public var document: String?
    public var provision: String?
    /// The delegations that are in the room.
    public var present: [ActorCode] = []
}
