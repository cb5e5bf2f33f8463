public import Acts
public import Record
public import Web

/// Enters acts of consent that were prepared and signed: asks the rules again, at the moment of entry.
struct ConsentEntering {
    let actors: ActorTable
    let context: RuleContext

    /// The act itself and what follows from it; `nil` for kinds that are not of consent.
    func drafts(_ act: SigningRequest) throws -> [ActDraft]? {
        let statement = act.statement
        let commands = ConsentCommands(actors: actors, office: statement.office, author: statement.author)
        let today = context.now.date
        let queries = ConsentQueries(database: context.database, actors: actors)
        let payload = try act.payload.json()
        let own = act.draft(signatures: [])
        switch statement.kind {
        case TreatyParticipation.kind:
            let participation = try TreatyParticipation(json: payload)
            let consent = try file(participation.treaty, participation.actor)
            return try [own] + commands.following(participation, in: consent, place: context.nextIndex, today: today)
        case TreatyActConfirmed.kind:
            let confirmation = try TreatyActConfirmed(json: payload)
            let actor = try TreatyQueries(database: context.database).act(confirmation.entry)?.participation.actor
            let consent = try file(confirmation.treaty, actor)
            return try [own] + commands.following(confirmation, in: consent, place: context.nextIndex, today: today)
        case TreatyStatementMade.kind:
            let made = try TreatyStatementMade(json: payload)
            let rule = StatementRule(consent: try file(made.treaty, made.actor), actors: actors, today: today)
            // What is recorded as late is signed as late; a day later it may be late that was not.
            guard try rule.checkWithAuthority(made) == made else { throw Self.changed }
            return [own]
        case TreatyStatementChanged.kind:
            let changed = try TreatyStatementChanged(json: payload)
            let actor = try queries.statement(changed.statement)?.made.actor
            try StatementRule(consent: try file(changed.treaty, actor), actors: actors, today: today).check(changed)
            return [own]
        case TreatySuspended.kind:
            let suspended = try TreatySuspended(json: payload)
            try ConsentRule(consent: try file(suspended.treaty, nil), actors: actors, today: today).check(suspended)
            return [own]
        case TreatyTerminated.kind:
            let terminated = try TreatyTerminated(json: payload)
            try ConsentRule(consent: try file(terminated.treaty, nil), actors: actors, today: today).check(terminated)
            return [own]
        case TreatyFullPowersIssued.kind:
            let known = Set(try TreatyQueries(database: context.database).treaties().map(\.opened.treaty))
            let issued = try TreatyFullPowersIssued(json: payload)
            // Treaties of other depositaries are for the State's own office to name.
            let isHome =
                try !known.isSuperset(of: issued.treaties)
                && Access().offices(in: context.database).contains { $0.id == statement.office && $0.actor == issued.actor }
            try FullPowersRule(actors: actors, today: today).check(issued, treaties: known, isHome: isHome)
            return [own]
        case TreatyFullPowersRevoked.kind:
            let revoked = try TreatyFullPowersRevoked(json: payload)
            try FullPowersRule(actors: actors, today: today).check(revoked, of: try queries.fullPowers(revoked.entry))
            return [own]
        default:
            return nil
        }
    }

    private func file(_ treaty: String, _ actor: ActorCode?) throws -> ConsentFile {
        guard let file = try ConsentQueries(database: context.database, actors: actors).file(of: treaty, for: actor) else {
            throw Refusal(
                .notFound, code: "treaty.unknown-treaty", "There is no treaty with the number \(treaty) in this register.",
                mend: "Look it up in the register.", arguments: ["treaty": treaty])
        }
        return file
    }

    private static var changed: Refusal {
        Refusal(
            .conflict, code: "signing.changed", "What would be entered is no longer what was signed.",
            mend: "Fill the form in anew and sign what it shows.")
    }
}

extension TreatyDesk {
    public func drafts(
        entering act: SigningRequest, by person: Person, in context: RuleContext, house: House
    ) throws -> [ActDraft]? {
        guard act.statement.kind.name.hasPrefix("treaty.") else { return nil }
        try house.access.requireStill(person, .depositaryOfficer, in: context.database)
        return try ConsentEntering(actors: actors, context: context).drafts(act)
    }
}
