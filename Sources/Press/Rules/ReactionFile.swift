import Acts

/// What was said to a statement on other servers.
struct ReactionFile: Hashable, Sendable {
    /// The post's identifier, which is its address.
    var post: String
    var form: ReactionHeard.Form
    var statement: String
    var version: Int64
    /// The language of the Note that it answers.
    var language: String
    var host: String
    /// HTML that was made safe; `nil`: only the address is known.
    var content: String?
    /// The language it says it is in.
    var spoken: String?
    var at: Moment
    var entry: Int64
    var isPublic: Bool
    /// Why it is not shown.
    var hidden: String?
    var isQuestion: Bool
    var answer: String?
}

/// How many reactions there were to a statement, of those said to everybody.
struct ReactionCounts: Hashable, Sendable {
    var replies = 0
    var boosts = 0
    var likes = 0
    var quotes = 0
    /// Replies and quotes that are not shown.
    var hidden = 0
    var questions = 0
    var answered = 0

    var all: Int { replies + boosts + likes + quotes }
}
