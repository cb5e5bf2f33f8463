import Acts

/// Whose papers are kept together: a delegation's, or those of a group that it belongs to.
struct PaperHolder: Hashable, Sendable {
    enum Kind: String, Hashable, Sendable {
        case delegation
        case group
    }

    var kind: Kind
    /// An actor's code, or a group's name.
    var id: String
    /// The offices of this node that open what is kept from now on, sorted.
    var offices: [String]
}

extension Conference {
    /// Whose papers a delegation shares in: its own first, then each of its groups'.
    ///
    /// A group's papers are for the delegations that belong to it now and have an office on this node.
    func holders(for actor: ActorCode) -> [PaperHolder] {
        guard let own = delegation(actor), let office = own.office else { return [] }
        let groups = groups.filter { $0.members.contains(actor) }.map { group in
            PaperHolder(
                kind: .group, id: group.id, offices: Set(group.members.compactMap { delegation($0)?.office }).sorted())
        }
        return [PaperHolder(kind: .delegation, id: actor.rawValue, offices: [office])] + groups
    }
}
