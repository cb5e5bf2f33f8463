public import Acts

/// An instrument and everything that has happened to it: what the law is computed from.
///
///     let reading = try life.reading(on: day)
///     reading.relation(of: a, towards: b)      // bound? by which text? with which reservations?
///     reading.deadlines()                      // what will happen, or expire
///
/// Pure values; a question asked twice has one answer.
public struct TreatyLife: Hashable, Sendable {
    public var clauses: FinalClauses
    /// Classes, tables, other treaties and the days of adoption and opening.
    public var context: ClauseContext
    /// The day of entry into force as the depositary declared it, which goes before the arithmetic (VCLT art. 77(1)(f)).
    public var declaredEntryIntoForce: CalendarDate?
    /// The last day on which a deposit still took effect with the declared date; without it, the declared date itself.
    public var declaredDecisiveDay: CalendarDate?
    public var events: [LifeEvent]

    public init(
        clauses: FinalClauses, context: ClauseContext = ClauseContext(), declaredEntryIntoForce: CalendarDate? = nil,
        declaredDecisiveDay: CalendarDate? = nil, events: [LifeEvent] = []
    ) {
        self.clauses = clauses
        self.context = context
        self.declaredEntryIntoForce = declaredEntryIntoForce
        self.declaredDecisiveDay = declaredDecisiveDay
        self.events = events
    }

    /// The life as it stood on a day.
    ///
    /// - Parameters:
    ///   - day: The day of law: what happened after it is left out.
    ///   - known: What became known after this day is left out; `nil` for everything known by now.
    /// - Throws: `ClauseProblem` where the facts do not suffice to compute who is a Party.
    public func reading(on day: CalendarDate, known: CalendarDate? = nil) throws(ClauseProblem) -> LifeReading {
        try LifeReading(self, on: day, known: known)
    }
}
