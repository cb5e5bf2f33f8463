import Acts
import ArgumentParser
import Chancery
import Foundation

/// `chancery simulate`: a conference of many delegations, played against a running node.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Play a conference of many delegations against a running node, and check that everything holds.",
        discussion: """
            Every delegation signs in, follows the conference by server-sent events, and acts by the forms that people use: debate, \
            proposals, motions, rulings, votes, adoption. Lines are cut and taken up again on the way. The same seed gives the same kinds \
            of acts and the same results. The accounts it makes stay: give it a node to try. Exit code 0: everything held; 1: something \
            did not, which is listed.
            """)

    @Option(help: ArgumentHelp("A one-time sign-in link of the node's administrator.", valueName: "address"))
    var link: String

    @Option(help: "How many delegations, beside an observer.")
    var delegations = 20

    @Option(help: "What is drawn by lot follows from it.")
    var seed: UInt64 = 1

    @Option(help: ArgumentHelp("The conference's name in addresses, new at the node; by default simulation-SEED.", valueName: "name"))
    var conference: String?

    @Flag(help: "Print what happened as JSON; progress goes to standard error.")
    var json = false

    func validate() throws {
        guard (3...193).contains(delegations) else { throw ValidationError("A conference is simulated with 3 to 193 delegations.") }
    }

    func run() async throws {
        let json = json
        let report: SimulationReport
        do {
            report = try await Simulation.run(
                .init(link: link, delegations: delegations, seed: seed, conference: conference)
            ) { line in
                if json { Terminal.complain(line) } else { Terminal.say(line) }
            }
        } catch let problem as WorldProblem {
            throw Terminal.fail(problem.description, code: problem.code)
        }
        if json { Terminal.say(report.json.canonicalText) } else { for line in report.lines { Terminal.say(line) } }
        guard report.problems.isEmpty else { throw ExitCode(1) }
    }
}
