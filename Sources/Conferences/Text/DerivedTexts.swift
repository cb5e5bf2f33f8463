public import Acts

extension NegotiatedText {
    /// The clean text: what is to be adopted.
    /// - Throws: a ``Refusal`` while a bracket stands or an option is open, with how many there are.
    public func clean() throws(Refusal) -> NegotiatedText {
        let measures = measures
        let open = measures.standing + blocks.count { $0.kind == .option || $0.option != nil } + measures.strayClosing
        guard open == 0 else {
            let provisions = blocks.indices.count { blocks[$0].kind == .option || blocks[$0].option != nil || isBracketed(at: $0) }
            throw TextRefusal.bracketsRemain(open, provisions)
        }
        return self
    }

    /// The same text with nobody's name before the words in brackets, as a body may prefer it to be shown.
    /// - Throws: a ``Refusal`` that does not occur with names left out; it is there because every text is judged when it is made.
    public func withoutAttributions(knowsName: (String) -> Bool = { _ in false }) throws(Refusal) -> NegotiatedText {
        var changed = blocks
        for index in blocks.indices {
            let tree = inlineTree(at: index, knowsName: knowsName)
            var body = blocks[index].body
            let named = tree.nodes.filter { !$0.attribution.isEmpty }.sorted { $0.range.lowerBound > $1.range.lowerBound }
            for node in named {
                // The bracket itself is one byte, or three.
                let start = node.range.lowerBound + (body[node.range.lowerBound] < 0x80 ? 1 : 3)
                if start < node.wordsStart { body.removeSubrange(start..<node.wordsStart) }
            }
            changed[index].body = body
        }
        do {
            return try NegotiatedText(blocks: changed)
        } catch {
            throw TextRefusal.tooLarge
        }
    }
}

/// A version with several amendments in it, made to be looked at: nothing is entered by it.
public struct DerivedVersion: Hashable, Sendable {
    public struct Refused: Hashable, Sendable {
        public let amendment: String
        public let refusal: Refusal
    }

    public let version: NegotiatedVersion
    /// The amendments in it, in the order in which they were applied.
    public let applied: [String]
    /// Those that could not be applied after the others, and why.
    public let refused: [Refused]
}

extension Negotiation {
    /// The compilation text: all that is pending, in brackets and attributed, in the order in which it was proposed.
    public func compilation() throws(Refusal) -> DerivedVersion {
        try derived(amendments.filter { $0.state == .pending && $0.amends == nil }, .inBrackets)
    }

    /// A chair's text: the amendments the chair chooses, as proposed.
    /// - Parameter accepted: their names, in the order in which they are to be applied.
    public func chairsText(accepting accepted: [String]) throws(Refusal) -> DerivedVersion {
        var chosen: [TextAmendment] = []
        for id in accepted { chosen.append(try amendment(id)) }
        return try derived(chosen, .asProposed)
    }

    private func derived(_ amendments: [TextAmendment], _ manner: ConferenceAmendmentApplied.Manner) throws(Refusal) -> DerivedVersion {
        guard var version = current else { throw TextRefusal.unknownVersion(1) }
        let number = version.number + 1
        var applied: [String] = []
        var refused: [DerivedVersion.Refused] = []
        for amendment in amendments {
            do {
                let base = try self.version(Int64(amendment.base))
                // What cannot stand in brackets is applied, or it could not be seen at all.
                let isWords = [.insert, .delete, .replace, .move].contains(amendment.change.operation)
                version = try version.applying(amendment, isWords ? manner : .asProposed, as: number, base: base)
                applied.append(amendment.id)
            } catch {
                refused.append(DerivedVersion.Refused(amendment: amendment.id, refusal: error))
            }
        }
        return DerivedVersion(version: version, applied: applied, refused: refused)
    }
}
