import ArgumentParser
import Chancery
import Foundation

extension BenchCommand {
    /// `chancery bench witness`: checkpoints cosigned for one client.
    struct WitnessBenchCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "witness", abstract: "Checkpoints that a node cosigns a second for one client over HTTP, against bare syncs.")

        @Option(help: "A folder on the disk to measure.")
        var folder = "."

        @Option(help: "How many checkpoints of each kind.")
        var questions = 2_000

        @Option(help: "A free port of this machine, for the node.")
        var port = 18_082

        func validate() throws {
            guard questions >= 200 else { throw ValidationError("Fewer than 200 questions measure nothing.") }
        }

        func run() async throws {
            do {
                let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
                for result in try await WitnessBenchmark.run(program: program, in: folder, questions: questions, port: port) {
                    for line in result.lines { Terminal.say(line) }
                }
            } catch let failure as WitnessBenchmark.Failure {
                throw Terminal.fail(failure.description, code: 75)
            }
        }
    }
}
