import Acts

extension ConferenceCommands {
    /// Plans a meeting, moves it or calls it off.
    ///
    /// - Parameters:
    ///   - begins: of the plan as it stands; `nil` of a new one.
    func plan(_ act: ConferenceMeetingPlanned, in conference: Conference, begins: Moment?, now: Moment) throws(Refusal) -> [ActDraft] {
        guard conference.body(act.body) != nil else { throw Self.unknownBody(act.body) }
        guard act.place.unicodeScalars.count <= 200, act.about.unicodeScalars.count <= Self.mostTitle else { throw Self.tooLong }
        if act.isCancelled, begins == nil { throw Self.unknownPlan }
        guard act.isCancelled || act.begins > now else {
            throw Refusal(
                .malformed, code: "conferences.plan-past", "A meeting is planned for a time to come.", mend: "Give a later day and hour.")
        }
        return [draft(act, in: conference.id)]
    }

    static var unknownPlan: Refusal {
        Refusal(.notFound, code: "conferences.plan-unknown", "No such meeting is planned.", mend: "Look at the programme.")
    }
}
