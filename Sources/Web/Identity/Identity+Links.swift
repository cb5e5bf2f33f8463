import Acts
public import Record

/// What the command line needs before anybody can sign in.
extension Identity {
    /// The office that a fresh node has.
    public static let firstOffice = "depositary"

    /// Marks acts about people: for the node's own offices only.
    static let internalMarking = Marking.restricted(.init(audience: [String](), label: "internal"))

    /// Where nobody can sign in yet, makes it possible: establishes the first office and its first person, who is officer and
    /// administrator, where they are not there, and issues a link.
    ///
    /// - Parameters:
    ///   - officeName: by language tag.
    ///   - personName: as the person is shown; an administrator may enter the real name later.
    /// - Returns: the token for `/sign-in/link?token=…`, good once and for one hour; `nil` where somebody has a passkey or a
    ///   recovery code already.
    public static func bootstrap(
        _ record: Record,
        officeName: [String: String] = [
            "en": "Depositary", "fr": "Dépositaire", "es": "Depositario", "ru": "Депозитарий", "zh": "保存人", "ar": "الوديع",
            "id": "Depositari",
        ],
        personName: String = "Depositary officer"
    ) async throws -> String? {
        let token = SignInSecret.makeLinkToken()
        let fresh = RandomIdentifier.make()
        let entries = try await record.enter(
            Command { context in
                let database = context.database
                let people = try IdentityView.people(database)
                for person in people {
                    // A key file signs acts, but nobody in.
                    let hasKey = try IdentityView.keys(of: person.id, database).contains { $0.credential != nil }
                    guard try !hasKey && IdentityView.recoveryCodesLeft(of: person.id, database) == 0 else { return [] }
                }
                var drafts: [ActDraft] = []
                if try IdentityView.office(firstOffice, database) == nil {
                    drafts.append(ActDraft(OfficeEstablished(office: firstOffice, name: officeName), office: firstOffice, author: "node"))
                }
                let first = people.first { $0.holds(.administrator) }?.id ?? fresh
                if first == fresh {
                    drafts.append(
                        ActDraft(
                            PersonAppointed(
                                person: fresh, name: personName, office: firstOffice, roles: [.administrator, .depositaryOfficer]),
                            office: firstOffice, author: "node", marking: internalMarking))
                }
                return drafts + [linkDraft(for: first, token: token, office: firstOffice, author: "node", now: context.now)]
            })
        return entries.isEmpty ? nil : token
    }

    /// Issues a link for a person, found by identifier or by exact name. An older link of the same person is good no more.
    /// - Returns: the token for `/sign-in/link?token=…`, good once and for one hour.
    public static func issueLink(for person: String, in record: Record) async throws -> String {
        let token = SignInSecret.makeLinkToken()
        _ = try await record.enter(
            Command { context in
                let people = try IdentityView.people(context.database)
                let found = people.filter { $0.id == person || $0.name == person }
                guard let one = found.first else {
                    throw Refusal(
                        .notFound, code: "office.unknown-person", "There is no person '\(person)'.",
                        mend: "The names are: \(people.map(\.name).joined(separator: ", ")).")
                }
                guard found.count == 1 else {
                    throw Refusal(
                        .conflict, code: "office.ambiguous-person", "\(found.count) persons have the name '\(person)'.",
                        mend: "Give an identifier: \(found.map(\.id).joined(separator: ", ")).")
                }
                return [
                    linkDraft(
                        for: one.id, token: token, office: one.appointments.first?.office ?? firstOffice, author: "node", now: context.now)
                ]
            })
        return token
    }

    /// Everybody with an appointment now, for the command line.
    public static func people(in record: Record) throws -> [Person] {
        try record.readSync { try IdentityView.people($0) }
    }

    static func linkDraft(
        for person: String, token: String, office: String, author: String, now: Moment, request: String? = nil
    ) -> ActDraft {
        ActDraft(
            SignInSecretsIssued(
                person: person, purpose: .link, hashes: [SignInSecret.hash(linkToken: token)],
                expires: now.adding(milliseconds: SignInSecret.linkLifetime)),
            office: office, author: author, marking: internalMarking, request: request)
    }
}
