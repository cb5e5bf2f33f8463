import Acts

/// Who becomes a peer, stays one and ceases to be one. Pure.
enum PeerRules {
    /// Whether an officer's acceptance of a document may be entered.
    ///
    /// - Parameters:
    ///   - signed: the document as it was read from the node.
    ///   - name: the node that was asked.
    ///   - own: this node's name.
    ///   - known: the peer as the record has it.
    static func accept(
        _ signed: SignedNodeDocument, of name: NodeName, own: NodeName, ownLog: String, known: Peer?, at now: Moment
    ) throws(Refusal) -> PeerAccepted {
        let document = signed.document
        guard document.node == name else {
            throw Refusal(
                .unlawful, code: "node.other-name", "The node at \(name) introduces itself as \(document.node).",
                mend: "Ask its operator for its right address.", citation: "docs/federation.md, Peers",
                arguments: ["asked": name.description, "found": document.node.description])
        }
        guard document.node != own, document.logOrigin != ownLog else {
            throw Refusal(
                .conflict, code: "node.own", "This is the node itself, or one with its record.",
                mend: "Name another node.", citation: "docs/federation.md, Peers")
        }
        guard document.issued.milliseconds <= now.milliseconds + MessageSignature.youngest else {
            throw Refusal(
                .unlawful, code: "node.from-the-future", "The document of \(name) was made in the future, by this node's clock.",
                mend: "See to it that both clocks are right, and try again.", citation: "docs/federation.md, Peers",
                arguments: ["node": name.description])
        }
        if let known, known.ended == nil, known.document.issued >= document.issued, known.document != document {
            throw Refusal(
                .conflict, code: "node.older", "A newer document of \(name) was accepted already.",
                mend: "Ask the node for its document again.", citation: "docs/federation.md, Peers", arguments: ["node": name.description])
        }
        if let known, known.ended == nil, known.document == document {
            throw Refusal(
                .conflict, code: "node.accepted-already", "\(name) is a peer already, with this document.",
                mend: "There is nothing to do.", citation: "docs/federation.md, Peers", arguments: ["node": name.description])
        }
        return PeerAccepted(node: name.description, document: signed.json)
    }

    /// Ends a peer.
    static func end(_ name: NodeName, reason: String, known: Peer?) throws(Refusal) -> PeerEnded {
        guard let known, known.ended == nil else {
            throw Refusal(
                .notFound, code: "node.no-peer", "\(name) is no peer of this node.", mend: "Look at the list of nodes.",
                citation: "docs/federation.md, Peers", arguments: ["node": name.description])
        }
        let reason = String(reason.prefix(1_000))
        return PeerEnded(node: name.description, reason: reason)
    }
}
