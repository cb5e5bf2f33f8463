import ArgumentParser
import Chancery
import Foundation

/// `chancery bench`: figures on this machine, each beside a peer or limit measured in the same run.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure on this machine, against named peers in the same run.",
        subcommands: [TreeBenchCommand.self])

    /// `chancery bench tree`: leaves appended to a tree in memory, a second of one core.
    struct TreeBenchCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tree", abstract: "Append leaves to a Merkle tree in memory, on one core.",
            discussion: "Benchmarks/tree holds the same for Go's sumdb/tlog, to be run beside it.")

        @Option(help: "How many leaves.")
        var leaves = 500_000

        func run() throws {
            for bytes in [256, 1024] {
                for arrival in TreeBenchmark.Arrival.allCases {
                    let result = TreeBenchmark.run(leaves: leaves, leafBytes: bytes, arrival: arrival)
                    Terminal.say("tree \(bytes) B \(arrival.rawValue): \(Int(result.leavesPerSecond)) leaves/s of one core")
                }
            }
        }
    }
}
