import Acts
import ArgumentParser
import Disclosure

/// `chancery bench copies`: how often a leaked copy is known again, and how often a wrong one is named.
struct CopiesBenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copies", abstract: "Leak individual copies of made-up cables, and count verdicts and false ones.",
        discussion: "Every run draws a text, an assignment and leakers anew, and reads the leak with the engine the press desk uses. "
            + "A verdict needs p < 0.001 times the number of copies.")

    @Option(help: "How many copies are given out.")
    var recipients = 200

    @Option(help: "How many leaks for each cell of the table.")
    var runs = 400

    @Option(parsing: .upToNextOption, help: "How many places of variation the texts have.")
    var sites = [16, 24, 40, 64]

    @Flag(help: "Print one JSON object a line.")
    var json = false

    func validate() throws {
        guard (2...CopyAssignment.maximumCopies).contains(recipients) else { throw ValidationError("Give out 2 to 10000 copies.") }
        guard (1...100_000).contains(runs) else { throw ValidationError("Run 1 to 100000 leaks for each cell.") }
        guard sites.allSatisfy({ (8...1_000).contains($0) }) else { throw ValidationError("A text has 8 to 1000 places of variation.") }
    }

    func run() throws {
        var random = SystemRandomNumberGenerator()
        for count in sites {
            for treatment in LeakTrial.Treatment.allCases {
                let result = try LeakTrial(sites: count, recipients: recipients).run(treatment, runs: runs, random: &random)
                Terminal.say(json ? line(result).canonicalText : sentence(result))
            }
        }
    }

    private func sentence(_ result: LeakTrial.Result) -> String {
        "\(result.sites) sites, \(result.treatment.rawValue): a leaked copy named in \(result.named) of \(result.runs), "
            + "another in \(result.falselyNamed) of \(result.runs)"
    }

    private func line(_ result: LeakTrial.Result) -> JSON {
        [
            "sites": .integer(Int64(result.sites)), "treatment": .string(result.treatment.rawValue),
            "recipients": .integer(Int64(result.recipients)), "runs": .integer(Int64(result.runs)),
            "named": .integer(Int64(result.named)), "falselyNamed": .integer(Int64(result.falselyNamed)),
        ]
    }
}
