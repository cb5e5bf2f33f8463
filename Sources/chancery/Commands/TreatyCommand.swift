import Acts
import ArgumentParser
import Chancery
import Foundation
import Record
import Treaties

/// `chancery treaty`: the register from the command line.
struct TreatyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "treaty", abstract: "Work with treaties.",
        subcommands: [
            ReplayCommand.self, DeclarationsCommand.self, ImportCommand.self, LoadCommand.self, ImportDeclarationsCommand.self,
            TreatyTextCommand.self,
        ])

    /// `chancery treaty replay`: computes the cases of a file and compares them with what they expect.
    struct ReplayCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "replay",
            abstract: "Compute every case of a file, and compare: entry into force, and the whole life of an instrument.",
            discussion:
                "The form of the file is described in docs/clauses.md and docs/lifecycle.md. Exit code 1 when a date or an answer differs, 2 when a case is malformed."
        )

        @Argument(help: "The file with the cases; - for standard input.")
        var file: String

        @Flag(help: "Print the report as JSON.")
        var json = false

        func run() throws {
            let answer = TreatyReplay.run(data: try Terminal.bytes(ofFile: file))
            if json {
                Terminal.say(answer.json.canonicalText)
            } else {
                for line in answer.lines { Terminal.say(line) }
                Terminal.complain(answer.summary)
            }
            guard answer.exitCode == 0 else { throw ExitCode(answer.exitCode) }
        }
    }

    /// `chancery treaty declarations`: takes a text of reservations and declarations apart.
    struct DeclarationsCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "declarations",
            abstract: "Take a text of reservations, declarations and objections apart into statements.",
            discussion: "The form is that of the United Nations Treaty Collection; see docs/lifecycle.md.")

        @Argument(help: "The text; - for standard input.")
        var file: String

        @Flag(help: "Print the statements as JSON.")
        var json = false

        func run() throws {
            let read: DeclarationsText
            do {
                read = try DeclarationsText(bytes: try Terminal.bytes(ofFile: file), actors: try ActorTable.standard)
            } catch let malformed as MalformedAct {
                throw Terminal.fail("\(file): \(malformed)", code: 2)
            }
            if json {
                Terminal.say(read.json.canonicalText)
            } else {
                for line in read.lines { Terminal.say(line) }
                Terminal.complain(read.summary)
            }
        }
    }

    /// `chancery treaty load`: enters a register file into a stopped node.
    struct LoadCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "load", abstract: "Enter a register file into the record of a stopped node.",
            discussion: "The form of the file is that of the sample register.")

        @Argument(help: "The register file.")
        var file: String

        @OptionGroup var node: NodeOptions

        func run() async throws {
            let register: SampleRegister
            do {
                register = try SampleRegister(bytes: try Terminal.bytes(ofFile: file))
            } catch let malformed as MalformedAct {
                throw Terminal.fail("\(file): \(malformed)", code: 2)
            }
            let node = try await NodeOpening.openToEnter(try await node.configuration(), logger: Terminal.logger("warning"))
            _ = try await node.establishFirstOffice()
            let bar = ProgressBar("Entering treaties")
            do {
                let entered = try await node.treaties.enter(register, into: node.record, office: "depositary", author: "node") {
                    bar.update(Int64($0), of: Int64(register.treaties.count))
                }
                bar.end()
                try node.record.close()
                Terminal.say("\(entered) acts entered for \(register.treaties.count) treaties.")
            } catch let refusal as Refusal {
                bar.end()
                try node.record.close()
                throw Terminal.fail("\(refusal)", code: 1)
            }
        }
    }
}
