public import Acts
public import Texts

/// Two pending amendments that cannot both be applied as they were proposed: shown to the chair, never merged.
public struct AmendmentConflict: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Both change the same words.
        case sameWords = "same-words"
        /// One changes words of a provision that the other replaces or deletes whole, or both do.
        case sameProvision = "same-provision"
        /// One deletes or moves what the other's provision lies in.
        case within
        /// Both move the same provision, or give it a number.
        case samePlace = "same-place"
        /// Both add at the same place: both can stand, and their order is the chair's.
        case sameOrder = "same-order"
    }

    public let kind: Kind
    /// The amendments' names, the one proposed earlier first.
    public let first: String
    public let second: String
    /// The provision they meet at.
    public let provision: ProvisionIdentifier

    public var json: JSON {
        ["kind": .string(kind.rawValue), "first": .string(first), "second": .string(second), "provision": .string(provision.text)]
    }
}

extension NegotiatedVersion {
    /// Every pair of pending amendments that meet, in the order in which they were proposed.
    public func conflicts(among amendments: [TextAmendment]) -> [AmendmentConflict] {
        let claims = amendments.filter { $0.state == .pending && $0.amends == nil }.compactMap { claim(of: $0) }
        var found: [AmendmentConflict] = []
        for (index, first) in claims.enumerated() {
            for second in claims[(index + 1)...] {
                guard let kind = first.meets(second) else { continue }
                let place = first.blocks.lowerBound <= second.blocks.lowerBound ? second.blocks.lowerBound : first.blocks.lowerBound
                found.append(
                    AmendmentConflict(kind: kind, first: first.amendment, second: second.amendment, provision: text.blocks[place].wId))
            }
        }
        return found
    }

    /// What an amendment lays hand on, in the text as it stands; `nil` where its provision is gone.
    private func claim(of amendment: TextAmendment) -> AmendmentClaim? {
        let change = amendment.change
        guard let wId = ProvisionIdentifier(change.target), let index = text.index(of: wId) else { return nil }
        let own = index..<(index + 1)
        let words: Range<Int>? = change.anchor.flatMap { anchor in
            let body = text.blocks[index].words
            guard let range = try? WordEdit.find(anchor, in: body, occurrence: change.occurrence, place: "") else { return nil }
            let start = body.utf8.distance(from: body.startIndex, to: range.lowerBound)
            return start..<(start + anchor.utf8.count)
        }
        let kind: AmendmentClaim.Kind
        switch change.operation {
        case .insert:
            if change.anchor != nil {
                guard let words else { return nil }
                let at = change.position == .before ? words.lowerBound : words.upperBound
                kind = .point(at)
            } else {
                kind = .addition(change.position ?? .after)
            }
        case .replace, .delete:
            if change.anchor != nil {
                guard let words else { return nil }
                kind = .words(words)
            } else {
                kind = change.operation == .replace ? .whole : .removal
            }
        case .split: kind = .whole
        case .move: kind = .place
        case .renumber: kind = .number
        }
        let reach = kind == .removal || kind == .place ? text.subtree(at: index) : own
        return AmendmentClaim(amendment: amendment.id, kind: kind, blocks: reach)
    }
}

/// What one amendment lays hand on.
struct AmendmentClaim {
    enum Kind: Equatable {
        case words(Range<Int>)
        /// Between two words.
        case point(Int)
        /// All words of the provision.
        case whole
        /// The provision and all in it.
        case removal
        case place
        case number
        /// A provision more, beside it.
        case addition(ConferenceTextChange.Position)
    }

    let amendment: String
    let kind: Kind
    let blocks: Range<Int>

    func meets(_ other: AmendmentClaim) -> AmendmentConflict.Kind? {
        let isSame = blocks.lowerBound == other.blocks.lowerBound
        switch (kind, other.kind) {
        case (.words(let left), .words(let right)): return isSame && left.overlaps(right) ? .sameWords : nil
        case (.words(let words), .point(let point)), (.point(let point), .words(let words)):
            return isSame && point > words.lowerBound && point < words.upperBound ? .sameWords : nil
        case (.point(let left), .point(let right)): return isSame && left == right ? .sameOrder : nil
        case (.addition(let left), .addition(let right)): return isSame && left == right ? .sameOrder : nil
        case (.number, .number), (.place, .place): return isSame ? .samePlace : nil
        case (.whole, .words), (.whole, .point), (.words, .whole), (.point, .whole), (.whole, .whole): return isSame ? .sameProvision : nil
        case (.removal, _), (_, .removal):
            guard blocks.overlaps(other.blocks) else { return nil }
            return isSame ? .sameProvision : .within
        // Words and place are two questions.
        case (.place, _), (_, .place), (.number, _), (_, .number), (.addition, _), (_, .addition): return nil
        }
    }
}
