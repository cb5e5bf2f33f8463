import Acts
import Web

/// What acts of federation did, in words.
struct FederationWords {
    let house: House
    let language: Language

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:]) -> String {
        house.catalogue.text("federation.act.\(key)", arguments, language)
    }

    private func fact(_ key: String, _ value: String) -> ActDescription.Fact {
        ActDescription.Fact(house.catalogue.text("federation.fact.\(key)", language), text: value)
    }

    private func read<Content: Payload>(_ entry: Entry, _ words: (Content) -> ActDescription) -> ActDescription? {
        guard let content = try? entry.payload(as: Content.self) else { return nil }
        return words(content)
    }

    func description(of entry: Entry) -> ActDescription? {
        switch entry.kind {
        case PeerAccepted.kind:
            read(entry) { (act: PeerAccepted) in
                let document = (try? SignedNodeDocument(json: act.document))?.document
                return ActDescription(
                    sentence: text("accepted", ["node": .text(act.node)]),
                    facts: [node(act.node)]
                        + (document.map { [fact("log", $0.logOrigin), fact("issued", $0.issued.description)] } ?? []))
            }
        case PeerEnded.kind:
            read(entry) { (act: PeerEnded) in
                ActDescription(
                    sentence: text("ended", ["node": .text(act.node)]), facts: [node(act.node), fact("reason", act.reason)])
            }
        case PeerFollowed.kind:
            read(entry) { (act: PeerFollowed) in
                ActDescription(
                    sentence: text("followed", ["node": .text(act.node)]), facts: [node(act.node), fact("log", act.origin)])
            }
        case PeerUnfollowed.kind:
            read(entry) { (act: PeerUnfollowed) in
                ActDescription(sentence: text("unfollowed", ["node": .text(act.node)]), facts: [node(act.node)])
            }
        case SplitViewFound.kind:
            read(entry) { (act: SplitViewFound) in
                ActDescription(
                    sentence: text("split-view", ["log": .text(act.origin)]),
                    facts: [
                        fact("known", act.known), fact("found", act.found),
                    ])
            }
        case ExchangeReceived.kind:
            read(entry) { (act: ExchangeReceived) in
                ActDescription(
                    sentence: text(
                        (try? act.entry())?.statement.marking == .public ? "taken" : "received", ["node": .text(act.node)]),
                    facts: [node(act.node), fact("log", act.origin), fact("entry", String(act.index)), fact("proof", act.proof)])
            }
        case ExchangeDelivered.kind:
            read(entry) { (act: ExchangeDelivered) in
                ActDescription(
                    sentence: text("delivered", ["node": .text(act.node), "entry": .text(String(act.entry))]),
                    facts: [own(act.entry), node(act.node), fact("receipt", act.receipt.proof)])
            }
        case ExchangeRefused.kind:
            read(entry) { (act: ExchangeRefused) in
                ActDescription(
                    sentence: text("refused", ["node": .text(act.node), "entry": .text(String(act.entry))]),
                    facts: [own(act.entry), node(act.node), fact("reason", act.reason)])
            }
        default: nil
        }
    }

    private func node(_ name: String) -> ActDescription.Fact {
        ActDescription.Fact(
            house.catalogue.text("federation.fact.node", language),
            Markup.link(name, to: NodePages.address(of: name)))
    }

    private func own(_ entry: Int64) -> ActDescription.Fact {
        ActDescription.Fact(
            house.catalogue.text("federation.fact.entry", language), Markup.link(String(entry), to: "/record/acts/\(entry)"))
    }
}
