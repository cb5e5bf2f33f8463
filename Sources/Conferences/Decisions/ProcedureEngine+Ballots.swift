import Acts

extension ProcedureEngine {
    func check(_ act: ConferenceBallotTokenIssued, _ state: MeetingState) throws(Refusal) {
    }
    func check(_ act: ConferenceBallotCast, _ state: MeetingState) throws(Refusal) {
    }
    func check(_ act: ConferenceElectionRoundClosed, _ state: MeetingState) throws(Refusal) {
    }
}
