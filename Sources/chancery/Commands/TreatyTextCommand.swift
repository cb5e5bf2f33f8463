import Acts
import ArgumentParser
import Chancery
import Foundation
import Record
import Texts
import Treaties

/// `chancery treaty text`: the texts of instruments from the command line.
struct TreatyTextCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text", abstract: "Work with the texts of instruments.", subcommands: [ImportTextCommand.self])

    /// `chancery treaty text import`: enters a text into a stopped node.
    struct ImportTextCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Enter a text of an instrument into the record of a stopped node.",
            discussion: """
                The file is Akoma Ntoso 3.0, or plain text in UTF-8 with a paragraph to a line (docs/texts.md). \
                Exit code 1 when the text may not be entered, 2 when it cannot be read.
                """)

        @Argument(help: "The instrument's number in the register: XXI-10.")
        var treaty: String

        @Argument(help: "The language's tag: en, fr, ar.")
        var language: String

        @Argument(help: "The file with the text; - for standard input.")
        var file: String

        @Option(help: "What the version is called.")
        var label = "Imported text"

        @Option(help: "The day the version is of, YYYY-MM-DD; for plain text. By default today.")
        var date: String?

        @Option(help: "The title, for plain text whose first line is not the title.")
        var title: String?

        @Option(help: "Where the text comes from.")
        var source: String?

        @Flag(help: "The text is a translation, not an authentic text.")
        var translation = false

        @OptionGroup var node: NodeOptions

        func run() async throws {
            let bytes = try Terminal.bytes(ofFile: file)
            let text: InstrumentText
            do {
                text = try read(bytes)
            } catch let fault as TextFault {
                throw Terminal.fail("\(file): \(fault)", code: 2)
            }
            let opened = try await NodeOpening.openToEnter(try await node.configuration(), logger: Terminal.logger("warning"))
            _ = try await opened.establishFirstOffice()
            do {
                _ = try await opened.treaties.enter(
                    text, as: label, of: treaty, into: opened.record, office: "depositary", author: "node", source: source)
                try opened.record.close()
                Terminal.say("\(text.places.count) provisions entered in \(text.language) for \(treaty).")
            } catch let refusal as Refusal {
                try opened.record.close()
                throw Terminal.fail("\(refusal)", code: 1)
            }
        }

        private func read(_ bytes: [UInt8]) throws -> InstrumentText {
            guard let tag = TextLanguage(language) else { throw Terminal.fail("'\(language)' is not the tag of a language.", code: 2) }
            if bytes.first(where: { ![0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D].contains($0) }) == 0x3C {
                let text = try AkomaNtoso.read(bytes)
                guard text.language == tag else {
                    throw Terminal.fail("\(file): the file says it is in '\(text.language)'; say so, or choose another file.", code: 2)
                }
                return text
            }
            guard let day = date.map({ CalendarDate($0) }) ?? Moment.now.date else {
                throw Terminal.fail("'\(date ?? "")' is not a day of the calendar; write YYYY-MM-DD.", code: 2)
            }
            let read = try PlainText.read(
                bytes, language: tag, identity: try InstrumentIdentity(actor: "un", date: day, name: treaty.lowercased()),
                authenticity: translation ? .translation(from: nil) : .authentic, version: try TextVersion(date: day), title: title)
            for note in read.notes { Terminal.complain("\(file): \(note)") }
            return read.text
        }
    }
}
