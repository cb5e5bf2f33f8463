import Acts

/// What an office does about what was said to its statements on other servers. Opinions are read and not moderated: what is hidden is hidden as
/// illegal, with the law it breaks, and counted in public.
struct ReactionCommands: Sendable {
    let office: String
    let author: String

    static let longestReason = 500
    static let longestAnswer = 2_048

    /// - Parameters:
    ///   - reaction: the reply or quote, as it stands.
    ///   - speaker: the office whose statement it was said to.
    func hide(
        _ reaction: ReactionFile?, speaker: String?, isHidden: Bool, reason: String, form: String?
    ) throws(Refusal) -> [ActDraft] {
        let reaction = try own(reaction, speaker)
        guard (reaction.hidden != nil) != isHidden else { return [] }
        return [
            draft(ReactionHidden(statement: reaction.statement, post: reaction.post, isHidden: isHidden, reason: reason), form)
        ]
    }

    /// What is given as an answer.
    enum Answer: Hashable, Sendable {
        case none
        /// An address that is not this node's.
        case address(String)
        /// A statement that this node released, and its newest version.
        case statement(String, newest: Int64, isWithdrawn: Bool)
    }

    func mark(
        _ reaction: ReactionFile?, speaker: String?, isQuestion: Bool, answer: Answer, form: String?
    ) throws(Refusal) -> [ActDraft] {
        let reaction = try own(reaction, speaker)
        var address: String?
        switch answer {
        case .none: break
        case .address(let text): address = text
        case .statement(let statement, let newest, let isWithdrawn):
            guard !isWithdrawn else { throw PressCommands.withdrawn }
            // A statement does not answer what was asked about it, unless it was corrected since.
            guard statement != reaction.statement || newest > reaction.version else {
                throw Refusal(
                    .unlawful, code: "press.answers-itself", "The question was asked about that very version of the statement.",
                    mend: "Name the statement or the text that answers it.", citation: "docs/fediverse.md, Questions")
            }
            address = "/statements/\(statement)"
        }
        guard isQuestion != reaction.isQuestion || (isQuestion && address != reaction.answer) else { return [] }
        return [
            draft(
                QuestionMarked(
                    statement: reaction.statement, post: reaction.post, isQuestion: isQuestion, answer: isQuestion ? address : nil), form)
        ]
    }

    private func own(_ reaction: ReactionFile?, _ speaker: String?) throws(Refusal) -> ReactionFile {
        guard let reaction, speaker == office, reaction.form == .reply || reaction.form == .quote else {
            throw Refusal(
                .notFound, code: "press.no-reaction", "No such reply or quote was heard to a statement of the offices you act for.",
                mend: "Look at the statement's reactions.")
        }
        return reaction
    }

    private func draft(_ act: some Payload, _ form: String?) -> ActDraft {
        ActDraft(
            act, dossier: PressCommands.draftsDossier, office: office, author: author,
            marking: .restricted(.init(audience: [office], label: "internal")), request: form)
    }
}
