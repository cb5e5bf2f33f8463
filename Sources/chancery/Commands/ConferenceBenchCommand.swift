import ArgumentParser
import Chancery
import Foundation

extension BenchCommand {
    /// `chancery bench conference`: delegations, a gallery, a recorded vote, and a text.
    struct ConferenceBenchCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "conference",
            abstract:
                "How soon an act reaches 193 delegations of four and a gallery of 2,000, and how long a text takes to open and amend.",
            discussion: "The node is a process of its own. Needs some 6,000 open files in all (ulimit -n).")

        @Option(help: "A folder on the disk to measure.")
        var folder = "."

        @Option(help: "How many delegations.")
        var delegations = 193

        @Option(help: "How many people each has at the conference.")
        var people = 4

        @Option(help: "How many readers follow without a session.")
        var gallery = 2_000

        @Option(help: "Acts a second.")
        var rate = 50

        @Option(help: "For how many seconds.")
        var seconds = 20

        @Option(help: "A free port of this machine, for the node.")
        var port = 18_084

        @Option(help: ArgumentHelp("A text to open and amend; a made-up one if not given.", valueName: "file"))
        var text: String?

        func validate() throws {
            guard (1...193).contains(delegations), people >= 1, gallery >= 0 else {
                throw ValidationError("Give 1 to 193 delegations of one person at least.")
            }
            guard (1...1_000).contains(rate), seconds >= 1 else {
                throw ValidationError("Give 1 to 1000 acts a second, for a second at least.")
            }
        }

        func run() async throws {
            var options = ConferenceBenchmark.Options()
            options.delegations = delegations
            options.people = people
            options.gallery = gallery
            options.rate = rate
            options.seconds = seconds
            options.port = port
            options.text = text
            do {
                let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
                let result = try await ConferenceBenchmark.run(options, program: program, in: folder) { Terminal.complain($0) }
                for line in result.lines { Terminal.say(line) }
            } catch let failure as ConferenceBenchmark.Failure {
                throw Terminal.fail(failure.description, code: 75)
            } catch let problem as WorldProblem {
                throw Terminal.fail(problem.description, code: 75)
            }
        }
    }
}
