import Acts
import Web

/// What an act about somebody's digest did, in words. It names nobody: who it is about stands in its statement, and where they are reached only
/// those of the office see.
struct DigestActWords {
    let catalogue: LanguageCatalogue
    let language: Language

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        catalogue.text("treaties.digest.\(key)", arguments, language)
    }

    func description(of entry: Entry) -> ActDescription? {
        let kinds: Set<ActKind> = [TreatyDigestRequested.kind, TreatyDigestConfirmed.kind, TreatyDigestEnded.kind, TreatyDigestSent.kind]
        guard kinds.contains(entry.kind) else { return nil }
        guard case .present = entry.content else { return ActDescription(sentence: catalogue.text("treaties.act.erased", language)) }
        return try? described(entry)
    }

    private func described(_ entry: Entry) throws(MalformedAct) -> ActDescription? {
        switch entry.kind {
        case TreatyDigestRequested.kind:
            try entry.payload(as: TreatyDigestRequested.self).map { act in
                ActDescription(
                    sentence: text("act.requested"),
                    facts: [
                        .init(text("field.address"), text: act.address), .init(text("field.language"), text: act.language),
                        .init(text("field.frequency"), text: text("frequency.\(act.frequency.rawValue)")),
                        .init(text("field.treaties"), text: act.treaties.joined(separator: ", ")),
                        .init(text("field.actors"), text: act.actors.map(\.rawValue).joined(separator: ", ")),
                    ])
            }
        case TreatyDigestConfirmed.kind: ActDescription(sentence: text("act.confirmed"))
        case TreatyDigestEnded.kind:
            try entry.payload(as: TreatyDigestEnded.self).map { ActDescription(sentence: text("act.ended-\($0.manner.rawValue)")) }
        default:
            try entry.payload(as: TreatyDigestSent.self).map { act in
                ActDescription(
                    sentence: act.content == .digest ? text("act.sent", ["entry": .number(act.upTo)]) : text("act.asked"),
                    facts: [.init(text("field.message"), text: act.message)])
            }
        }
    }
}
