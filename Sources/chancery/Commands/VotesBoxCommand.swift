import Acts
import ArgumentParser
import Conferences

extension VotesCommand {
    /// `chancery votes box`
    struct Box: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "box", abstract: "Recount the box of a secret ballot, and look for your own paper in it.",
            discussion: """
                Reads what the ballot's page gives as JSON, checks every paper's signature with the ballot's key, that no number stands \
                twice, that papers are no more than delegations that had one signed, and counts them anew. With --number it says whether \
                that paper is in the box and what stands on it. It asks no node. Exit code 0 when everything holds, 1 when something does \
                not or the paper is not there, 2 when the file cannot be read.
                """)

        @Argument(help: "The ballot as JSON; - reads standard input.")
        var file: String

        @Option(help: ArgumentHelp("The number of your own paper.", valueName: "hex"))
        var number: String?

        /// Longest file that is read, in bytes.
        private static let longest = 64 << 20

        func run() throws {
            let box: SecretBox
            do {
                let bytes = try Terminal.bytes(ofFile: file)
                box = try SecretBox(json: try JSONParser.parse(Array(bytes), limits: .init(bytes: Self.longest, depth: 16)))
            } catch {
                throw Terminal.fail("\(file) cannot be read: \(error). Fetch the ballot's page as JSON, whole.", code: 2)
            }
            for round in box.rounds {
                Terminal.say("Round \(round.number): \(round.papers) papers of \(round.signed) that were signed.")
                for (choice, votes) in round.counts.sorted(by: { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }) {
                    Terminal.say("  \(choice.isEmpty ? "(no choice)" : choice): \(votes)")
                }
            }
            if let number {
                guard let paper = box.paper(number) else { throw Terminal.fail("the paper \(number) is not in the box.", code: 1) }
                let choices = paper.choices.isEmpty ? "(no choice)" : paper.choices.joined(separator: ", ")
                Terminal.say("Your paper is in the box of round \(paper.round): \(choices)")
            }
            guard box.faults.isEmpty else {
                throw Terminal.fail(box.faults.map(Self.words).joined(separator: "\n"), code: 1)
            }
            Terminal.say("Every signature holds.")
        }

        private static func words(_ fault: SecretBox.Fault) -> String {
            switch fault {
            case .key(let round): "round \(round): the key is no RSA key of 2048 to 4096 bits."
            case .signature(let round, let number): "round \(round): the signature of the paper \(number) does not hold."
            case .twice(let round, let number): "round \(round): the number \(number) stands twice."
            case .signedTwice(let round, let actor): "round \(round): \(actor) had two papers signed."
            case .tooMany(let round, let papers, let signed): "round \(round): \(papers) papers, and only \(signed) were signed."
            case .counts(let round): "round \(round): the counts announced are not those of the papers."
            }
        }
    }
}
