import Acts
import ArgumentParser
import Chancery
import Foundation
import Record
import Treaties

extension TreatyCommand {
    /// `chancery treaty import`: a table of past participation becomes acts, row by row.
    struct ImportCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Import a table of past participation in a treaty into a stopped node.",
            discussion: """
                The forms of the table are described in docs/import.md. Exit code 1 when a row is refused (the others are entered), \
                2 when the table cannot be read.
                """)

        @Argument(help: "The treaty's number in the register: XXVII-7-d.")
        var treaty: String

        @Argument(help: "The table, CSV in UTF-8; - for standard input.")
        var file: String

        @Option(help: "Where rows come from that do not say so themselves.")
        var source: String?

        @Option(help: "How sure the rows are that do not say so themselves.")
        var confidence: String?

        @Option(
            help: ArgumentHelp(
                "What each column holds, separated by commas, such as code,actor,day.signature,consent; by default what the header suggests.",
                valueName: "columns"))
        var columns: String?

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
            let report: ImportReport
            do {
                report = try await opened.treaties.importPast(
                    bytes, into: treaty,
                    columns: columns.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) },
                    source: source, confidence: confidence, isRehearsal: dryRun, record: opened.record, office: "depositary",
                    author: "node")
            } catch let refusal as Refusal {
                throw Terminal.fail("\(refusal)", code: 2)
            }
            if json {
                Terminal.say(report.json.canonicalText)
            } else {
                for line in report.lines { Terminal.say(line) }
                Terminal.complain(dryRun ? "\(report.summary) (rehearsal)" : report.summary)
            }
            guard !report.isPartial else { throw ExitCode(1) }
        }
    }
}
