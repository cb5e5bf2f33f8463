import Acts

/// A text as large as a negotiation has, made up, for measuring: the same bytes at every call.
public enum TextSample {
    /// Articles of numbered paragraphs with brackets, alternatives and options.
    /// - Parameters:
    ///   - words: about how many words.
    ///   - brackets: how many brackets exactly.
    public static func bytes(words: Int = 15_000, brackets: Int = 1_000) -> [UInt8] {
        var text = "## Preamble\n\nThe Parties to this Agreement,\n\n"
        let vocabulary = [
            "Parties", "recognizing", "the", "importance", "of", "cooperation", "in", "matters", "that", "concern", "all", "States",
        ]
        let paragraphs = max(1, words / 60)
        var left = brackets
        var next = 0
        for paragraph in 0..<paragraphs {
            if paragraph % 8 == 0 { text += "## Article \(paragraph / 8 + 1)\n\n" }
            text += "\(paragraph % 8 + 1). "
            let own = left / (paragraphs - paragraph)
            left -= own
            var opened = 0
            for place in 0..<60 {
                let word = vocabulary[next % vocabulary.count]
                next += 1
                // Spread evenly over the paragraph; every third one within the one before it.
                if opened < own, place * own / 60 >= opened {
                    opened += 1
                    if opened % 3 == 0, opened < own {
                        opened += 1
                        text += "[\(word) [more]] "
                    } else if opened % 5 == 0, opened < own {
                        opened += 1
                        text += "[EU: \(word)][G77: other] "
                    } else {
                        text += "[\(word)] "
                    }
                } else {
                    text += word + " "
                }
            }
            while opened < own {
                opened += 1
                text += "[x]"
            }
            text += "anchor\(paragraph).\n\n"
        }
        return Array(text.utf8)
    }

    /// Opens a text as a page does: reads it, counts it, and builds every block's tree.
    /// - Returns: its brackets, so that no compiler leaves the work out.
    public static func open(_ bytes: [UInt8]) throws -> Int {
        let text = try NegotiatedText(parsing: bytes)
        return text.measures.brackets + text.blocks.indices.reduce(0) { $0 + text.inlineTree(at: $1).alternatives }
    }

    /// An amendment to the paragraph of that number, in brackets.
    public static func amendment(_ paragraph: Int, base: Int) -> TextAmendment {
        let number = paragraph % 8 + 1
        return TextAmendment(
            id: "sample-\(paragraph)", base: base,
            change: ConferenceTextChange(
                .replace, target: "art_\(paragraph / 8 + 1)__para_\(number)", words: "other words", anchor: "anchor\(paragraph)"),
            sponsors: ["EU", "G77"])
    }
}
