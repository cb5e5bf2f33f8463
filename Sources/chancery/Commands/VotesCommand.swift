import Acts
import ArgumentParser
import Conferences
import Foundation

/// `chancery votes`: decisions, without a node.
struct VotesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "votes", abstract: "Recompute roll calls from their votes; write papers for secret ballots and recount them.",
        discussion: "The rules of procedure and their arithmetic are described in docs/procedure.md.",
        subcommands: [Replay.self, Paper.self, Box.self])

    /// `chancery votes replay ROLL_CALLS MATRIX`
    struct Replay: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "replay", abstract: "Hold announced counts and outcomes against the votes that were cast.",
            discussion: """
                ROLL_CALLS is a CSV table with the columns rcid, yes, no and abstain, in any order and among others; a column majority says \
                what a vote needed (simple, two-thirds, three-fourths), a column outcome how it was announced. MATRIX has one row for each \
                roll call: rcid, and a column for each delegation with Y, N, A, or nothing. Exit code 0 when all outcomes and counts are \
                the same, 1 when some differ, 2 when a table cannot be read, which names the line.
                """)

        @Argument(help: "The table of roll calls; - for standard input.")
        var rollCalls: String

        @Argument(help: "The table of votes; - for standard input.")
        var matrix: String

        @Option(help: ArgumentHelp("What a vote needed, where the table does not say.", valueName: "simple|two-thirds|three-fourths"))
        var majority = "simple"

        @Flag(help: "Print every roll call as JSON.")
        var json = false

        func run() throws {
            guard let majority = Majority(replayed: majority) else {
                throw Terminal.fail("'\(majority)' is no majority. Write simple, two-thirds or three-fourths.", code: 64)
            }
            guard rollCalls != "-" || matrix != "-" else {
                throw Terminal.fail("Only one table can be read from standard input.", code: 64)
            }
            let replay: VotesReplay
            do {
                replay = try VotesReplay(
                    rollCalls: try Terminal.bytes(ofFile: rollCalls), votes: try Terminal.bytes(ofFile: matrix), majority: majority)
            } catch let fault as VotesReplay.Fault {
                switch fault {
                case .rollCalls(let error): throw Terminal.fail("\(rollCalls), \(error)", code: 2)
                case .votes(let error): throw Terminal.fail("\(matrix), \(error)", code: 2)
                }
            }
            if json {
                Terminal.say(replay.json.canonicalText)
            } else {
                for result in replay.differences {
                    Terminal.say("Roll call \(result.rollCall) (line \(result.line)): \(result.difference)")
                }
                for stranger in replay.strangers {
                    Terminal.say("Roll call \(stranger.rollCall): votes on line \(stranger.line), but no such roll call")
                }
                let outcomes = replay.results.compactMap(\.outcome)
                let count = { (outcome: VoteOutcome) in outcomes.count { $0 == outcome } }
                Terminal.say(
                    "\(replay.results.count) roll calls: \(replay.results.count - replay.differences.count) the same, "
                        + "\(replay.differences.count) different; \(count(.adopted)) adopted, \(count(.rejected)) rejected, "
                        + "\(count(.tied)) equally divided")
            }
            if !replay.isSame { throw ExitCode(1) }
        }
    }
}
