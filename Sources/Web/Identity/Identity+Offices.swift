import Acts
import Record

/// Offices and appointments, by an administrator.
extension Identity {
    ///
    /// - Parameter actor: the State or organization it acts for.
    func establish(_ office: String, names: [String: String], actor: ActorCode? = nil, by author: Person, request: String) async throws {
        try OfficeRules.checkIdentifier(office)
        _ = try await record.enter(
            Command { context in
                try Access().requireStill(author, .administrator, in: context.database)
                guard try IdentityView.office(office, context.database) == nil else {
                    throw Refusal(
                        .conflict, code: "office.exists", "There is an office '\(office)' already.", mend: "Choose another short name.",
                        arguments: ["office": office])
                }
                return [
                    ActDraft(
                        OfficeEstablished(office: office, name: names, actor: actor), office: office, author: author.id, request: request)
                ]
            })
    }

    /// Says for which State or organization an office acts; `nil`: for none.
    func set(_ actor: ActorCode?, of office: String, by author: Person, request: String) async throws {
        _ = try await record.enter(
            Command { context in
                try Access().requireStill(author, .administrator, in: context.database)
                try Identity.requireOffice(office, context)
                guard let known = try IdentityView.office(office, context.database), known.actor != actor else { return [] }
                return [
                    ActDraft(
                        OfficeEstablished(office: office, name: known.names, actor: actor), office: office, author: author.id,
                        request: request)
                ]
            })
    }

    /// Appoints a new person and issues a link.
    /// - Returns: the person's identifier and the link's token.
    func invite(
        _ name: String, to office: String, as roles: [Role], by author: Person, request: String
    ) async throws -> (person: String, token: String) {
        let name = try OfficeRules.checkName(name)
        guard !roles.isEmpty else {
            throw Refusal(
                .malformed, code: "office.no-role", "An appointment has one role at least.", mend: "Choose what the person may do.")
        }
        let person = RandomIdentifier.make()
        let token = SignInSecret.makeLinkToken()
        _ = try await record.enter(
            Command { context in
                try Access().requireStill(author, .administrator, in: context.database)
                try Identity.requireOffice(office, context)
                return [
                    ActDraft(
                        PersonAppointed(person: person, name: name, office: office, roles: roles), office: office, author: author.id,
                        marking: Identity.internalMarking, request: request),
                    Identity.linkDraft(for: person, token: token, office: office, author: author.id, now: context.now),
                ]
            })
        return (person, token)
    }

    /// Replaces a person's roles in an office; none ends the appointment.
    func appoint(_ person: String, in office: String, as roles: [Role], by author: Person, request: String) async throws {
        _ = try await record.enter(
            Command { context in
                try Access().requireStill(author, .administrator, in: context.database)
                try Identity.requireOffice(office, context)
                let known = try OfficeRules.change(
                    try IdentityView.person(person, context.database), in: office, to: Set(roles),
                    people: try IdentityView.people(context.database))
                return [
                    ActDraft(
                        PersonAppointed(person: person, name: known.name, office: office, roles: roles), office: office,
                        author: author.id, marking: Identity.internalMarking, request: request)
                ]
            })
    }

    /// Issues a new link for a person who lost the way in.
    func newLink(for person: String, by author: Person, request: String) async throws -> String {
        let token = SignInSecret.makeLinkToken()
        _ = try await record.enter(
            Command { context in
                try Access().requireStill(author, .administrator, in: context.database)
                guard let known = try IdentityView.person(person, context.database) else {
                    throw Refusal(.notFound, code: "office.unknown-person", "There is no such person.", mend: "Look at the office's list.")
                }
                return [
                    Identity.linkDraft(
                        for: person, token: token, office: known.appointments.first?.office ?? Identity.firstOffice, author: author.id,
                        now: context.now, request: request)
                ]
            })
        return token
    }

    private static func requireOffice(_ office: String, _ context: RuleContext) throws {
        guard try IdentityView.office(office, context.database) != nil else {
            throw Refusal(.notFound, code: "office.unknown", "There is no such office.", mend: "Look at the list of offices.")
        }
    }
}
