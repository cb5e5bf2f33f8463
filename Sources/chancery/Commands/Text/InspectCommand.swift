import Acts
import ArgumentParser
import Conferences
import Foundation
import Texts

extension TextCommand {
    /// `chancery text inspect FILE [--json]`
    struct InspectCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "inspect", abstract: "Count words, brackets, options and unbalanced places of a text under negotiation.",
            discussion: """
                The rule by which they are counted is in docs/negotiated-text.md. Unbalanced brackets are reported with line and column and \
                are no failure. Exit code 0 when the text was counted, 2 when the file cannot be read, is in UTF-16 or larger than 16 MiB, \
                64 when the command is given wrongly.
                """)

        @Argument(help: "The file; - for standard input.")
        var file: String

        @Flag(help: "Print the counts as JSON, with those of every article.")
        var json = false

        @Flag(help: "Count every article as well.")
        var articles = false

        func run() throws {
            let text = try NegotiatedFile.text(of: file)
            if json {
                var object = text.measures.json.object ?? JSONObject()
                object["file"] = .string(file)
                object["bytes"] = .integer(Int64(text.byteCount))
                object["provisions"] = .integer(Int64(text.blocks.count { $0.kind.isProvision }))
                object["unbalancedPlaces"] = .array(text.unbalancedPlaces.map(\.json))
                object["invalidBytes"] = .array(text.invalidPlaces.prefix(TextLimits.notes).map { .integer(Int64($0)) })
                object["articles"] = .array(text.articleMeasures.map(\.json))
                Terminal.say(JSON.object(object).canonicalText)
                return
            }
            let measures = text.measures
            Terminal.say("words: \(measures.words)")
            Terminal.say("brackets: \(measures.brackets)")
            Terminal.say("deepest nesting: \(measures.deepestNesting)")
            Terminal.say("options: \(measures.options)")
            Terminal.say("unbalanced: \(measures.unbalanced)")
            for place in text.unbalancedPlaces { Terminal.say("  \(place)") }
            Terminal.say(
                "standing: \(measures.standing) brackets that wait for agreement (\(measures.links) of links left out, "
                    + "\(measures.numerals) around bare numbers counted in)")
            Terminal.say("side by side: \(measures.alternatives) groups of alternatives")
            Terminal.say("placeholders: \(measures.placeholders)")
            Terminal.say("notes: \(measures.noteMarks)")
            for offset in text.invalidPlaces.prefix(20) {
                Terminal.say("not UTF-8: from byte \(offset); kept as it is, shown as U+FFFD")
            }
            if articles {
                for article in text.articleMeasures {
                    Terminal.say(
                        "\(article.wId): \(article.measures.words) words, \(article.measures.brackets) brackets, "
                            + "\(article.measures.options) options  \(article.heading)")
                }
            }
        }
    }
}

/// A text under negotiation from a file.
enum NegotiatedFile {
    /// Reads and parses it, or ends with a word why not.
    static func text(of file: String) throws -> NegotiatedText {
        let bytes = try Terminal.bytes(ofFile: file)
        do {
            return try NegotiatedText(parsing: bytes)
        } catch {
            throw Terminal.fail("\(file): \(error)", code: 2)
        }
    }
}
