public import Acts
public import GRDB

/// The one place where it is decided who may do and read what, from offices, roles and markings alone.
///
/// Pages ask it before they show or do anything, and rules ask it again on the views they read (`requireStill`), since an
/// appointment may end between the page and the act. Every refusal says on what it rests.
public struct Access: Sendable {
    public init() {}

    /// The person, where somebody is signed in and holds the role in any office.
    /// - Throws: 401 where nobody is signed in, 403 where the role is not held.
    @discardableResult
    public func require(_ person: Person?, _ role: Role) throws(Refusal) -> Person {
        let person = try requireSignedIn(person)
        guard person.holds(role) else { throw Access.refusal(of: role) }
        return person
    }

    public func requireSignedIn(_ person: Person?) throws(Refusal) -> Person {
        guard let person else {
            throw Refusal(
                .unauthenticated, code: "access.sign-in", "Only a person who is signed in may do this.", mend: "Sign in first.",
                citation: "docs/operating.md, Access")
        }
        return person
    }

    /// Whoever is told something without asking for it, as the record has them now; `nil` where no appointment is left.
    public func person(_ id: String, in database: Database) throws -> Person? { try IdentityView.person(id, database) }

    /// For rules: the person still holds the role in that office.
    public func requireStill(_ person: Person, _ role: Role, in office: String, of database: Database) throws {
        guard let now = try IdentityView.person(person.id, database), now.offices(as: role).contains(office) else {
            throw Access.refusal(of: role)
        }
    }

    /// The node's own offices, by identifier.
    public func offices(in database: Database) throws -> [Office] { try IdentityView.offices(database) }

    /// For rules: the person still holds the role in the record as it is now.
    public func requireStill(_ person: Person, _ role: Role, in database: Database) throws {
        guard let now = try IdentityView.person(person.id, database), now.holds(role) else { throw Access.refusal(of: role) }
    }

    /// For rules: the person still holds any role at all.
    public func requireStill(_ person: Person, in database: Database) throws {
        guard try IdentityView.person(person.id, database) != nil else {
            throw Refusal(
                .forbidden, code: "access.no-office", "The person holds no office any more.",
                mend: "An administrator can give an appointment.", citation: "docs/operating.md, Access")
        }
    }

    /// What is said to a person who lacks a role.
    public static func refusal(of role: Role) -> Refusal {
        Refusal(
            .forbidden, code: "access.role.\(role.rawValue)", "Only a person with the role '\(role.rawValue)' may do this.",
            mend: "An administrator of the node can give the role.", citation: "docs/operating.md, Access")
    }

    /// Whether a person may read an act's payload: what is public, everybody; what is restricted, from its release date everybody,
    /// before that who holds any role in an office of its audience. An empty audience is all of the node's own offices.
    public func mayRead(_ marking: Marking, as person: Person?, on day: CalendarDate) -> Bool {
        if marking.isPublic(on: day) { return true }
        guard let person, case .restricted(let restriction) = marking else { return false }
        return restriction.audience.isEmpty || person.appointments.contains { restriction.audience.contains($0.office) }
    }

    public func mayRead(_ entry: Entry, as person: Person?, on day: CalendarDate) -> Bool {
        mayRead(entry.statement.marking, as: person, on: day)
    }

    /// Whether a person may see the names of the people of the node: who is one of them.
    func maySeePeople(_ person: Person?) -> Bool { person != nil }

    /// Whether a person may change another's keys and sessions: one's own always, others' as an administrator.
    func requireControl(over holder: String, by person: Person?) throws(Refusal) -> Person {
        let person = try requireSignedIn(person)
        guard person.id == holder || person.holds(.administrator) else { throw Access.refusal(of: .administrator) }
        return person
    }
}
