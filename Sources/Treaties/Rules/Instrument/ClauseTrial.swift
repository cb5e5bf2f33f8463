import Acts

/// A clause tried on a treaty of the register whose participation and date are known: what date it would have given there.
///
/// It shows whether a clause says what its drafters think it says, before the text is adopted.
struct ClauseTrial: Sendable {
    let actors: ActorTable

    struct Outcome: Sendable {
        /// The date the clause gives with that treaty's instruments; `nil` where its condition is not met.
        var date: CalendarDate?
        /// The day on which the condition was met.
        var decisiveDay: CalendarDate?
        var steps: [ArithmeticStep]
        var missing: [Shortfall]
    }

    /// - Parameters:
    ///   - clause: the clause under trial, with the classes and tables beside it.
    ///   - file: the treaty whose participation it is tried on; its own adoption and opening count.
    func outcome(of clause: TreatyOpened, on file: TreatyFile, inForce: [String: CalendarDate], asOf: CalendarDate) throws(Refusal)
        -> Outcome
    {
        var tried = file.opened
        tried.clause = clause.clause
        tried.classes = clause.classes ?? tried.classes
        tried.metrics = clause.metrics ?? tried.metrics
        do {
            let found = try StandingRule(actors: actors).participation(of: tried, lines: file.lines, inForce: inForce, asOf: asOf)
                .entryIntoForce
            return Outcome(date: found.date, decisiveDay: found.decisiveDay, steps: found.steps, missing: found.missing)
        } catch {
            throw Refusal(
                .malformed, code: "treaty.clause-form", "The clause on entry into force cannot be read: \(error).",
                mend: "Mend the place it names; docs/clauses.md describes the language.", citation: "docs/clauses.md",
                arguments: ["reason": "\(error)"])
        }
    }
}
