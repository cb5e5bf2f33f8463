import Acts
import ArgumentParser
import Chancery
import Foundation
import Seals

/// `chancery document`: sealed documents, apart from any node.
struct DocumentCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "document", abstract: "Check sealed documents.", subcommands: [VerifyDocumentCommand.self])

    /// `chancery document verify FILE.pdf`: the seals of a PDF, offline.
    struct VerifyDocumentCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Verify the seals of a PDF, offline.",
            discussion: """
                The roots come from where you trust them to be: a letter, a publication, the node's page of certificates. Exit code 0 when \
                the document stands, 1 when it does not, 2 when it cannot be read.
                """)

        @Argument(help: "The PDF; - for standard input.")
        var file: String

        @Option(help: ArgumentHelp("Certificates to trust, PEM; may be given more than once.", valueName: "file"))
        var root: [String] = []

        @Flag(help: "Print the findings as JSON.")
        var json = false

        func run() async throws {
            guard !root.isEmpty else {
                throw Terminal.fail(
                    "whose seal should be trusted? Give the node's root with --root, from a publication or a letter.", code: 64)
            }
            let pdf = try Terminal.bytes(ofFile: file)
            let findings = try await Seal.awaiting {
                let roots = try root.flatMap {
                    try SealFolder.chain(pem: String(decoding: try Terminal.bytes(ofFile: $0), as: UTF8.self), named: $0)
                }
                return try await PDFVerification(roots: roots).check(pdf, now: Date())
            }
            let stands = PDFVerification.stands(findings)
            if json {
                Terminal.say(
                    (["stands": .bool(stands), "seals": .array(findings.map { document($0) })] as JSON).canonicalText)
            } else {
                for finding in findings { for line in lines(finding) { Terminal.say(line) } }
            }
            guard stands else {
                let reason =
                    findings.isEmpty
                    ? "it has no seal" : findings.allSatisfy(\.holds) ? "something was added after its last seal" : "a seal does not hold"
                throw Terminal.fail(
                    "\(file) does not stand: \(reason). Get it again from where it was published.", code: 1)
            }
        }

        private func lines(_ finding: PDFVerification.Finding) -> [String] {
            var lines = ["\(finding.field): \(finding.holds ? "holds" : "does not hold"), by \(finding.signer ?? "an unknown signer")"]
            if let fingerprint = finding.fingerprint { lines.append("  Certificate: SHA-256 \(Seal.fingerprint(fingerprint))") }
            if let moment = finding.timeStamped {
                lines.append("  Time:        \(moment), by \(finding.authority ?? "an unknown authority")")
            } else {
                lines.append("  Time:        no trusted time-stamp")
            }
            lines.append("  Covers:      \(finding.coversWholeFile ? "the whole file" : "the first \(finding.end) bytes")")
            lines += finding.faults.map { "  Fault:       \($0)" }
            return lines
        }

        private func document(_ finding: PDFVerification.Finding) -> JSON {
            var object: JSONObject = [
                "field": .string(finding.field), "holds": .bool(finding.holds), "coversWholeFile": .bool(finding.coversWholeFile),
                "end": .integer(Int64(finding.end)), "faults": .array(finding.faults.map(JSON.string)),
            ]
            object["signer"] = finding.signer.map(JSON.string)
            object["certificate"] = finding.fingerprint.map { .string(Seal.fingerprint($0)) }
            object["timeStamped"] = finding.timeStamped.map { .string($0.description) }
            object["authority"] = finding.authority.map(JSON.string)
            return .object(object)
        }
    }
}
