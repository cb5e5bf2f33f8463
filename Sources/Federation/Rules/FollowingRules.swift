import Acts

/// Whose record is followed, from when to when. Pure.
enum FollowingRules {
    static func follow(_ name: NodeName, known: Peer?, isFollowed: Bool) throws(Refusal) -> PeerFollowed {
        guard let known, known.ended == nil else { throw noPeer(name) }
        guard !isFollowed else {
            throw Refusal(
                .conflict, code: "node.followed-already", "The record of \(name) is followed already.", mend: "There is nothing to do.",
                citation: "docs/federation.md, Following", arguments: ["node": name.description])
        }
        return PeerFollowed(node: name.description, origin: known.document.logOrigin)
    }

    static func unfollow(_ name: NodeName, isFollowed: Bool) throws(Refusal) -> PeerUnfollowed {
        guard isFollowed else {
            throw Refusal(
                .notFound, code: "node.not-followed", "The record of \(name) is not followed.",
                mend: "Follow it first, on the page of the node.",
                citation: "docs/federation.md, Following", arguments: ["node": name.description])
        }
        return PeerUnfollowed(node: name.description)
    }

    private static func noPeer(_ name: NodeName) -> Refusal {
        Refusal(
            .notFound, code: "node.no-peer", "\(name) is no peer of this node.", mend: "Look at the list of nodes.",
            citation: "docs/federation.md, Peers", arguments: ["node": name.description])
    }
}
