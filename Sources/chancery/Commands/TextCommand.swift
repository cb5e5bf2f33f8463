import Acts
import ArgumentParser
import Foundation
import Texts

/// `chancery text`: texts of instruments, without a node.
struct TextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text", abstract: "Convert texts, hold languages against each other, compare versions, count brackets.",
        discussion: """
            The forms are described in docs/texts.md. Files are Akoma Ntoso 3.0 or plain text, told apart by their first sign. Texts under \
            negotiation, with brackets and options, are told of in docs/negotiated-text.md.
            """,
        subcommands: [
            ConvertCommand.self, ConcordanceCommand.self, CompareCommand.self, InspectCommand.self, RoundtripCommand.self,
        ])

    /// What plain text does not say of itself.
    struct Identification: ParsableArguments {
        @Option(help: ArgumentHelp("The language of plain text (RFC 5646).", valueName: "tag"))
        var language: String?

        @Option(help: ArgumentHelp("Who made the instrument, for its address.", valueName: "name"))
        var actor = "un"

        @Option(help: ArgumentHelp("When it was adopted or issued.", valueName: "YYYY-MM-DD"))
        var date = "1900-01-01"

        @Option(help: ArgumentHelp("Its number or short name, for its address.", valueName: "name"))
        var name = "text"

        @Flag(help: "It is a translation, not an authentic text.")
        var translation = false

        struct Reading {
            let text: InstrumentText
            let notes: [TextNote]
            /// The file, where it is Akoma Ntoso already.
            let markup: [UInt8]?
        }

        /// Reads a text; notes of the reader go to standard error.
        func text(of file: String, language: String? = nil, quietly: Bool = false) throws -> Reading {
            let bytes = try Terminal.bytes(ofFile: file)
            do {
                let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
                if first == 0x3C { return Reading(text: try AkomaNtoso.read(bytes), notes: [], markup: bytes) }
                guard let tag = language ?? self.language else {
                    throw Terminal.fail("\(file) is plain text: name its language with --language, such as --language fr.", code: 64)
                }
                guard let known = TextLanguage(tag) else {
                    throw Terminal.fail("'\(tag)' is no language tag. It has the form fr, or zh-Hant.", code: 64)
                }
                guard let day = CalendarDate(date) else {
                    throw Terminal.fail("'\(date)' is no date. It has the form 2023-06-19.", code: 64)
                }
                let reading = try PlainText.read(
                    bytes, language: known, identity: try InstrumentIdentity(actor: actor, date: day, name: name),
                    authenticity: translation ? .translation(from: nil) : .authentic, version: try TextVersion(date: day))
                if !quietly { for note in reading.notes { Terminal.complain("\(file): \(note)") } }
                return Reading(text: reading.text, notes: reading.notes, markup: nil)
            } catch let fault as TextFault {
                throw Terminal.fail("\(file): \(fault)", code: 2)
            }
        }
    }

    /// `chancery text convert FILE --to akn|text|json`
    struct ConvertCommand: ParsableCommand {
        enum Form: String, ExpressibleByArgument, CaseIterable {
            case akn
            case text
            case json
        }

        static let configuration = CommandConfiguration(
            commandName: "convert", abstract: "Write a text as Akoma Ntoso, plain text or JSON.",
            discussion: """
                What the reader of plain text was not sure of is told on standard error, with --json as one JSON document there. Exit code 0 \
                when the text was written, 2 when the file cannot be read.
                """)

        @Argument(help: "The file; - for standard input.")
        var file: String

        @Option(help: "The form to write.")
        var to: Form = .akn

        @Option(
            help: ArgumentHelp(
                "The OASIS schema to check the file against, or what is written where it is plain text.", valueName: "file.xsd"))
        var schema: String?

        @Flag(help: "Tell the reader's notes as JSON.")
        var json = false

        @OptionGroup var identification: Identification

        func run() throws {
            let reading = try identification.text(of: file, quietly: json)
            let canonical = AkomaNtoso.bytes(of: reading.text)
            do {
                if let schema { try AkomaNtosoSchema(path: schema).check(reading.markup ?? canonical) }
            } catch {
                throw Terminal.fail("\(file): \(error)", code: 2)
            }
            if json { Terminal.complain((["notes": .array(reading.notes.map(\.json))] as JSON).canonicalText) }
            switch to {
            case .akn: try FileHandle.standardOutput.write(contentsOf: Data(canonical))
            case .text: try FileHandle.standardOutput.write(contentsOf: Data(PlainText.string(of: reading.text).utf8))
            case .json: Terminal.say(reading.text.json.canonicalText)
            }
        }
    }

    /// `chancery text concordance FILE...`
    struct ConcordanceCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "concordance", abstract: "Name what is missing in which language of a text.",
            discussion: """
                Plain text is given as LANGUAGE=FILE: en=text.txt. The first file gives the identifiers; the others take them over where \
                they have the same structure. Exit code 0 when the languages agree, 1 when they do not, 2 when a file cannot be read.
                """)

        @Argument(help: "Two or more files, one to a language.")
        var files: [String]

        @Flag(help: "Print the concordance as JSON.")
        var json = false

        @OptionGroup var identification: Identification

        func run() throws {
            guard files.count > 1 else { throw Terminal.fail("a concordance wants two files or more, one to a language.", code: 64) }
            var texts: [InstrumentText] = []
            do {
                for file in files {
                    let parts = file.split(separator: "=", maxSplits: 1).map(String.init)
                    let isNamed = parts.count == 2 && TextLanguage(parts[0]) != nil
                    let text = try identification.text(of: isNamed ? parts[1] : file, language: isNamed ? parts[0] : nil, quietly: true)
                        .text
                    texts.append(try texts.first.map { try text.adoptingIdentifiers(of: $0) } ?? text)
                }
                let concordance = try Concordance(texts)
                if json {
                    Terminal.say(concordance.json.canonicalText)
                } else {
                    for count in concordance.counts {
                        Terminal.say("\(count.language): \(count.units) units, \(count.provisions) provisions")
                    }
                    for finding in concordance.findings { Terminal.say(finding.description) }
                }
                guard concordance.agrees else { throw ExitCode(1) }
            } catch let fault as TextFault {
                throw Terminal.fail("\(fault)", code: 2)
            }
        }
    }

    /// `chancery text compare OLD NEW`
    struct CompareCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "compare", abstract: "Compare two versions of a text, word by word.",
            discussion: """
                [-removed-] and {+added+} as wdiff writes them. Exit code 0 when nothing differs, 1 when something does, 2 when a file cannot \
                be read.
                """)

        @Argument(help: "The old version.")
        var old: String

        @Argument(help: "The new version.")
        var new: String

        @Flag(help: "Print the comparison as JSON.")
        var json = false

        @OptionGroup var identification: Identification

        func run() throws {
            do {
                let comparison = try TextComparison(
                    try identification.text(of: old, quietly: true).text, try identification.text(of: new, quietly: true).text)
                if json {
                    Terminal.say(comparison.json.canonicalText)
                } else {
                    if !comparison.title.isUnchanged { Terminal.say("title: \(Self.marked(comparison.title))") }
                    for entry in comparison.entries where entry.change != .unchanged { Terminal.say(Self.lines(entry)) }
                }
                guard comparison.isUnchanged else { throw ExitCode(1) }
            } catch let fault as TextFault {
                throw Terminal.fail("\(fault)", code: 2)
            }
        }

        private static func lines(_ entry: TextComparison.Entry) -> String {
            let addresses = [entry.old?.eId, entry.new?.eId].compactMap(\.self)
            var lines = [
                "\(entry.change.rawValue): \(Set(addresses).count > 1 ? addresses.joined(separator: " -> ") : addresses.first ?? "")"
            ]
            if let number = entry.number { lines.append("  \(marked(number))") }
            if let heading = entry.heading { lines.append("  \(marked(heading))") }
            for line in entry.words where !line.isUnchanged { lines.append("  \(marked(line))") }
            return lines.joined(separator: "\n")
        }

        private static func marked(_ line: LineComparison) -> String {
            line.pieces.map { piece in
                switch piece.change {
                case .kept: piece.words
                case .removed: "[-\(piece.words)-]"
                case .added: "{+\(piece.words)+}"
                }
            }.joined()
        }
    }
}
