import Acts

extension Room {
    /// The question whose turn it is, or the named one where it is among those to come.
    func question(named name: String?) -> Question? {
        let steps: [VotingStep]
        if case .vote(let step) = engine.next(state) {
            steps = [step] + engine.votingOrder(state)
        } else {
            steps = engine.votingOrder(state)
        }
        for case .put(let question, _) in steps where name == nil || question.concerns == name { return question }
        return nil
    }
}
