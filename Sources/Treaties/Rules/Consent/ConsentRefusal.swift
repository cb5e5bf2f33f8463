import Acts

/// The refusal of an act of consent or of a statement, with the actor's name among its arguments for the words in other languages.
///
/// - Parameter code: without the prefix that all of this desk's have.
func refuse(
    _ kind: Refusal.Kind, _ code: String, _ explanation: String, _ mend: String, _ citation: String?, _ actor: Actor?,
    _ more: [String: String] = [:]
) -> Refusal {
    var arguments = more
    if let actor {
        arguments["actor"] = actor.name(in: "en")
        arguments["actorCode"] = actor.code.rawValue
    }
    return Refusal(kind, code: "treaty.\(code)", explanation, mend: mend, citation: citation, arguments: arguments)
}
