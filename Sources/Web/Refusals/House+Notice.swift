public import Acts

extension House {
    /// What `{{>parts/notice}}` needs to say why a form was not taken, for the page that shows the form again.
    public func notice(of refusal: Refusal, _ visit: Visit) -> [String: Any] {
        ProblemDocument(refusal, status: nil, catalogue: catalogue, words: refusalWords, language: visit.language).notice
    }
}
