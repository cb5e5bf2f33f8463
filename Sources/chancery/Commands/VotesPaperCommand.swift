import Acts
import ArgumentParser
import Conferences
import Foundation

extension VotesCommand {
    /// `chancery votes paper`
    struct Paper: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "paper", abstract: "Write a paper for a secret ballot, have it signed unseen, and take it for the box.",
            discussion: """
                Prints the hidden paper as JSON, which the delegation hands to the node in its own name; reads the node's blind signature in \
                base64 from standard input; and prints the ballot, which is cast without a name. The random number by which the ballot is \
                found in the box is in it: keep it, and show it to nobody. How it works is told in docs/procedure.md. Exit code 0 when the \
                ballot was made, 1 when the signature does not hold, 2 when the key cannot be read.
                """)

        @Option(help: ArgumentHelp("The ballot's public key, as the decision says it.", valueName: "base64"))
        var key: String

        @Option(help: "The conference's name.")
        var conference: String

        @Option(help: "The body's name.")
        var body: String

        @Option(help: "The number of the meeting.")
        var meeting: Int64

        @Option(help: "The decision's name.")
        var decision: String

        @Option(help: "The round of an election.")
        var round: Int64 = 1

        @Option(name: .customLong("choose"), help: "A candidate, or yes, no, abstain. None: an abstention.")
        var choices: [String] = []

        func run() throws {
            let paper: SecretPaper
            do {
                paper = try SecretPaper(
                    choices: choices, conference: conference, body: body, decision: decision, round: round, publishedKey: key)
            } catch {
                throw Terminal.fail("the key is no RSA key of 2048 to 4096 bits. Copy it whole from the decision.", code: 2)
            }
            Terminal.say((["blinded": .string(paper.blinded)] as JSON).canonicalText)
            let signature = readLine()?.trimmingCharacters(in: .whitespaces) ?? ""
            do {
                let session = ConferenceSession(conference: conference, body: body, meeting: meeting)
                Terminal.say(try paper.ballot(signature: signature, session: session).json.canonicalText)
            } catch {
                throw Terminal.fail("the signature does not hold for this paper. Have the paper signed that was printed last.", code: 1)
            }
        }
    }
}
