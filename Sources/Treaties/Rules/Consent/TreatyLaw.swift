public import Acts

/// The final clauses of a treaty of the register, and the facts they are read with.
public struct TreatyLaw: Sendable {
    private let standing: StandingRule
    private let actors: ActorTable

    public init(actors: ActorTable) {
        self.actors = actors
        standing = StandingRule(actors: actors)
    }

    /// What the treaty says of itself; where it is silent, so is the answer.
    ///
    /// - Throws: where the clauses do not read.
    public func clauses(of opened: TreatyOpened) throws(MalformedAct) -> FinalClauses {
        var clauses = FinalClauses()
        if let json = opened.finalClauses {
            clauses = try FinalClauses.read(json) { name in actors.find(name: name).map { .actor($0.code) } ?? ParticipantID(name) }
        }
        clauses.participation.signatureFrom = clauses.participation.signatureFrom ?? opened.openForSignature
        clauses.participation.signatureUntil = clauses.participation.signatureUntil ?? opened.closedForSignature
        return clauses
    }

    /// The same with the clause on entry into force, and the classes and tables it names: what a life is read with.
    ///
    /// - Parameter inForce: since when other treaties of the register are in force, by their numbers.
    public func life(
        of opened: TreatyOpened, declared: CalendarDate?, inForce: [String: CalendarDate], events: [LifeEvent]
    ) throws(MalformedAct) -> TreatyLife {
        var clauses = try clauses(of: opened)
        var context = ClauseContext(adoption: opened.adoptedOn, opening: opened.openForSignature)
        do {
            let reading = try standing.reading(of: opened, inForce: inForce)
            clauses.entryIntoForce = clauses.entryIntoForce ?? reading.clause
            context = reading.context
        } catch {
            // A clause that does not read leaves the depositary's declared date, which goes before it in any case.
            if case .clause(let malformed) = error, declared == nil { throw malformed }
        }
        let named = [clauses.participation.signatories, clauses.participation.joiners].compactMap(\.self).flatMap(\.listedNames)
        for name in named where context.classes[name] == nil {
            if let members = members(ofGroup: name) { context.classes[name] = members }
        }
        return TreatyLife(clauses: clauses, context: context, declaredEntryIntoForce: declared, events: events)
    }

    /// A group of the actor table, by its identifier or its name: "members of the Council of Europe".
    private func members(ofGroup name: String) -> DatedClass? {
        let key = ClassName.key(of: name)
        guard let group = actors.group(name) ?? actors.groups.first(where: { ClassName.key(of: $0.name(in: "en")) == key }) else {
            return nil
        }
        return DatedClass(group.memberships.map { .init(.actor($0.actor), from: $0.from, until: $0.until) })
    }

    func participant(_ code: ActorCode) -> Participant { standing.participant(code) }
}
