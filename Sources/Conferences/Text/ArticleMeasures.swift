public import Acts
public import Texts

/// The counts of one article, or of what stands before the first: what a table or a drawing of progress shows.
public struct ArticleMeasures: Hashable, Sendable {
    public let wId: ProvisionIdentifier
    /// The heading's words, marks of emphasis taken out.
    public let heading: String
    public let measures: TextMeasures

    public var json: JSON {
        var object = measures.json.object ?? JSONObject()
        object["wId"] = .string(wId.text)
        object["heading"] = .string(heading)
        return .object(object)
    }
}

extension NegotiatedText {
    public var byteCount: Int { source.count }

    /// The counts under each heading, up to the next one, in reading order. Together they are the counts of the text after the first
    /// heading, nesting apart.
    public var articleMeasures: [ArticleMeasures] {
        let headings = blocks.indices.filter { blocks[$0].kind == .heading }
        return headings.enumerated().map { place, index in
            let end = place + 1 < headings.count ? headings[place + 1] : blocks.count
            return ArticleMeasures(
                wId: blocks[index].wId, heading: PlainWords.text(of: blocks[index].words), measures: measures(of: index..<end))
        }
    }
}

/// Takes Markdown's marks of emphasis and headings out of words that are shown as a title.
enum PlainWords {
    static func text(of words: String) -> String {
        var text = words
        text.removeAll { $0 == "*" }
        while text.hasSuffix("#") || text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
