public import Acts
public import Texts

/// One version of a text under negotiation: its words, and where each of them comes from.
public struct NegotiatedVersion: Hashable, Sendable {
    /// From 1.
    public let number: Int
    public let text: NegotiatedText
    /// The origins of the words of each block, by its name.
    public let provenance: [ProvisionIdentifier: Provenance]

    /// A version that was tabled: all its words are new.
    public init(tabled text: NegotiatedText, number: Int) {
        self.number = number
        self.text = text
        provenance = Dictionary(
            uniqueKeysWithValues: text.blocks.map { ($0.wId, Provenance(bytes: $0.body.count, version: number)) })
    }

    init(number: Int, text: NegotiatedText, provenance: [ProvisionIdentifier: Provenance]) {
        self.number = number
        self.text = text
        self.provenance = provenance
    }

    /// A version tabled after this one, such as a chair's text: provisions keep their names where they are the same ones, and words
    /// their origins where they are the same words.
    ///
    /// A provision is the same where it has the same name and at least a quarter of its words, or, under another name, nine tenths.
    public init(tabled text: NegotiatedText, number: Int, after earlier: NegotiatedVersion) throws(Refusal) {
        let matched = BlockMatching.blocks(of: text, after: earlier.text)
        do {
            let text = try NegotiatedText(blocks: matched)
            var provenance: [ProvisionIdentifier: Provenance] = [:]
            provenance.reserveCapacity(text.blocks.count)
            for block in text.blocks {
                if let old = earlier.text[block.wId], let known = earlier.provenance[block.wId] {
                    provenance[block.wId] = known.following(from: old.body, to: block.body, version: number, amendment: nil)
                } else {
                    provenance[block.wId] = Provenance(bytes: block.body.count, version: number)
                }
            }
            self.init(number: number, text: text, provenance: provenance)
        } catch {
            throw TextRefusal.tooLarge
        }
    }

    /// The words of a provision with the origin of each stretch, in reading order.
    public func origins(of wId: ProvisionIdentifier) -> [(words: String, origin: ProvenanceSpan)] {
        guard let block = text[wId], let provenance = provenance[wId] else { return [] }
        var start = 0
        return provenance.spans.map { span in
            let end = min(start + span.bytes, block.body.count)
            defer { start = end }
            return (String(decoding: block.body[min(start, end)..<end], as: UTF8.self), span)
        }
    }
}

extension Provenance {
    /// The origins after words have changed: what stayed keeps its own, what came has the new one.
    func following(from old: [UInt8], to new: [UInt8], version: Int, amendment: String?) -> Provenance {
        guard old != new else { return self }
        let before = String(decoding: old, as: UTF8.self)
        let after = String(decoding: new, as: UTF8.self)
        // Where bytes are not UTF-8, lengths as read are not lengths as kept.
        guard before.utf8.count == old.count, after.utf8.count == new.count else {
            return Provenance(bytes: new.count, version: version, amendment: amendment)
        }
        var result = Provenance()
        var place = 0
        for piece in LineComparison(before, after).pieces {
            let count = piece.words.utf8.count
            switch piece.change {
            case .kept:
                for span in slice(place..<(place + count)).spans { result.append(span) }
                place += count
            case .removed: place += count
            case .added: result.append(ProvenanceSpan(bytes: count, version: version, amendment: amendment))
            }
        }
        return result
    }
}
