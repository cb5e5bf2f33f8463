import Acts
import ArgumentParser
import Chancery
import Foundation
import Record
import Treaties

extension TreatyCommand {
    /// `chancery treaty import-declarations`: a text of past reservations and declarations becomes statements.
    struct ImportDeclarationsCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import-declarations",
            abstract: "Import a text of past reservations and declarations, as the depositary publishes it, into a stopped node.",
            discussion: """
                The form of the text is described in docs/import.md. Exit code 1 when a statement is refused (the others are entered), \
                2 when the text cannot be read.
                """)

        @Argument(help: "The treaty's number in the register: III-3.")
        var treaty: String

        @Argument(help: "The text, UTF-8; - for standard input.")
        var file: String

        @Option(help: "Where the text comes from.")
        var source: String

        @Option(help: "The language of the texts, by its tag.")
        var language = "en"

        @Flag(help: "Say what would be entered, and enter nothing.")
        var dryRun = false

        @Flag(help: "Print the report as JSON.")
        var json = false

        @OptionGroup var node: NodeOptions

        func run() async throws {
            let bytes = try Terminal.bytes(ofFile: file)
            let opened = try await NodeOpening.openToEnter(try await node.configuration(), logger: Terminal.logger("warning"))
            defer { try? opened.record.close() }
            if !dryRun { _ = try await opened.establishFirstOffice() }
            let report: TreatyDesk.DeclarationsReport
            do {
                report = try await opened.treaties.importDeclarations(
                    bytes, into: treaty, source: source, language: language, isRehearsal: dryRun, record: opened.record,
                    office: "depositary", author: "node")
            } catch let refusal as Refusal {
                throw Terminal.fail("\(refusal)", code: 2)
            }
            if json {
                Terminal.say(report.json.canonicalText)
            } else {
                for line in report.lines { Terminal.say(line) }
                Terminal.complain(dryRun ? "\(report.summary) (rehearsal)" : report.summary)
            }
            guard report.refused == 0 else { throw ExitCode(1) }
        }
    }
}
