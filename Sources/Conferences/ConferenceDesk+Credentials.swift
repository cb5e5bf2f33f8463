public import Acts
public import Record
public import Web

/// Credentials issued at home: what the desk enters, takes from other nodes' records, and says of them.
extension ConferenceDesk {
    public var accountLinks: [NavigationItem] { [NavigationItem(key: "conferences.issuing.title", address: "/issue-credentials")] }

    /// Kinds of other nodes' acts that this desk acts upon: credentials issued at home.
    public var takenKinds: [ActKind] { [ConferenceCredentialsIssued.kind] }

    /// Whether an act of another node's record may be entered here.
    ///
    /// - Parameters:
    ///   - act: proved to stand in that record.
    ///   - actor: of the office that did it, by its node's document.
    public func examine(_ act: Entry, actor: String?, today: CalendarDate) throws {
        guard act.kind == ConferenceCredentialsIssued.kind, let issued = try act.payload(as: ConferenceCredentialsIssued.self) else {
            return
        }
        try IssuedCredentialsRule(actors: .standard, today: today).check(issued, office: actor)
    }

    public func drafts(
        entering act: SigningRequest, by person: Person, in context: RuleContext, house: House
    ) throws -> [ActDraft]? {
        guard act.statement.kind == ConferenceCredentialsIssued.kind else { return nil }
        let still = try house.access.person(person.id, in: context.database)
        guard let still, CredentialsIssuingPages.roles.contains(where: { still.offices(as: $0).contains(act.statement.office) }) else {
            throw Access.refusal(of: .conferenceOfficer)
        }
        let office = try house.access.offices(in: context.database).first { $0.id == act.statement.office }
        try IssuedCredentialsRule(actors: .standard, today: context.now.date).check(
            ConferenceCredentialsIssued(json: try act.payload.json()), office: office?.actor?.rawValue)
        return [act.draft(signatures: [])]
    }

    /// Credentials in words, whether issued here or taken from another node's record.
    func describeCredentials(_ entry: Entry, _ house: House, _ language: Language) -> ActDescription? {
        var act = entry
        var facts: [ActDescription.Fact] = []
        func fact(_ key: String, _ value: String) -> ActDescription.Fact {
            ActDescription.Fact(house.catalogue.text("conferences.issuing.\(key)", language), text: value)
        }
        if entry.kind == ExchangeReceived.kind {
            guard let received = try? entry.payload(as: ExchangeReceived.self), let inner = try? received.entry() else { return nil }
            act = inner
            facts = [fact("from", "\(received.origin) #\(received.index)")]
        }
        guard act.kind == ConferenceCredentialsIssued.kind, let issued = try? act.payload(as: ConferenceCredentialsIssued.self) else {
            return nil
        }
        let name = (try? ActorTable.standard)?[issued.actor]?.name(in: language.tag) ?? issued.actor.rawValue
        let separator = house.catalogue.text("list.separator", language)
        return ActDescription(
            sentence: house.catalogue.text(
                "conferences.issuing.sentence",
                ["actor": .text(name), "conference": .text(issued.conference), "count": .number(Int64(issued.members.count))], language),
            facts: [
                fact("members", issued.members.map { "\($0.name), \($0.function)" }.joined(separator: separator)),
                fact("issuer", house.catalogue.text("conferences.issuing.issuer.\(issued.issuer.rawValue)", language)),
                fact("issuedBy", issued.issuedBy), fact("issuedOn", language.text(issued.issuedOn)),
            ] + facts)
    }
}
