import Acts
import ArgumentParser
import Chancery
import Foundation
import Ledger
import Press
import Provenance

/// `chancery verify FILE`: checks a proof, or a file that bears a manifest, without a server, an account or a network.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify a .tlog-proof file, a bundle of them, or a picture or PDF with a manifest, offline.",
        discussion: """
            The log's key comes from where you trust it to be: a letter, a publication, the node's page of the record. The same goes for the \
            root, which a PNG, JPEG or PDF with a manifest (C2PA) is checked with; with --key too, the proof that the manifest carries is \
            checked. Exit code 0 when the proof holds, 1 when it does not, 2 when the file cannot be read.
            """)

    @Argument(help: "The .tlog-proof file, the .proofs.json of a note, or a PNG, JPEG or PDF; - for standard input.")
    var file: String

    @Option(name: .customLong("key"), help: ArgumentHelp("A log's verifier key, NAME+HASH+KEY, or a file that holds it.", valueName: "key"))
    var keys: [String] = []

    @Option(help: ArgumentHelp("A policy file (C2SP tlog-policy) naming logs, witnesses and a quorum.", valueName: "file"))
    var policy: String?

    @Option(
        name: .customLong("person-key"),
        help: ArgumentHelp(
            "A person's public key, to check the act's own signatures with: the .tlog-proof of its enrolment, or its JSON.",
            valueName: "file"))
    var personKeys: [String] = []

    @Option(name: .customLong("root"), help: ArgumentHelp("Certificates to trust for manifests, PEM.", valueName: "file"))
    var roots: [String] = []

    @Option(
        help: ArgumentHelp(
            "A text that is said to be the statement whose proof this is: where words differ they are shown, and the exit code is 1.",
            valueName: "file"))
    var text: String?

    @Option(
        help: ArgumentHelp(
            "A document released in part, chancery-release/1: held against the commitment whose proof this is.", valueName: "file"))
    var release: String?

    @Flag(help: "Print the finding as JSON.")
    var json = false

    func run() async throws {
        let given = try Terminal.bytes(ofFile: file)
        if ProvenanceForm(of: given) != nil { return try await verifyFile(given) }
        guard policy != nil || !keys.isEmpty else {
            throw Terminal.fail(
                "whose signature should be trusted? Give the log's key with --key, from its page of the record or from a publication.",
                code: 64)
        }
        do {
            let logKeys = try keys.map(verifierKey)
            let policy = try policy.map(trustPolicy)
            let persons = try personKeys.map {
                try PersonSignatures.key(fromFile: try Terminal.bytes(ofFile: $0), keys: logKeys, policy: policy)
            }
            let findings = try ProofVerification.proofs(in: given).map { bytes in
                let finding = try ProofVerification.verify(bytes, keys: logKeys, policy: policy)
                return (finding, PersonSignatures(of: finding.header, keys: persons))
            }
            let asked = try text.map { String(decoding: try Terminal.bytes(ofFile: $0), as: UTF8.self) }
            let statements = try findings.map { try statement($0.0, asked) }
            guard asked == nil || statements.contains(where: { $0?.verdict != nil }) else {
                throw Terminal.fail("the proof in \(file) is not that of a statement, so --text has nothing to be held against.", code: 2)
            }
            if json {
                let documents = zip(findings, statements).map { document($0.0, $0.1, $1) }
                Terminal.say((documents.count == 1 ? documents[0] : JSON.array(documents)).canonicalText)
            } else {
                Terminal.say(zip(findings, statements).map { text($0.0, $0.1, $1) }.joined(separator: "\n\n"))
            }
            if let release {
                let held = try checkRelease(release, against: findings.map(\.0))
                if !json { Terminal.say(held) }
            }
            if findings.contains(where: { $0.1.someFail }) { throw ExitCode(1) }
            if statements.contains(where: { $0?.verdict?.isGenuine == false }) { throw ExitCode(1) }
        } catch let failure as ProofVerification.Failure {
            if json { Terminal.say((["verified": false, "reason": .string(failure.description)] as JSON).canonicalText) }
            throw Terminal.fail(
                failure.kind == .malformed
                    ? "\(file) cannot be read as a proof: \(failure)" : "the proof in \(file) does not hold: \(failure)",
                code: failure.kind == .malformed ? 2 : 1)
        }
    }

    func verifierKey(_ text: String) throws -> VerifierKey {
        if let key = try? VerifierKey(text) { return key }
        if let content = try? String(contentsOf: URL(filePath: text), encoding: .utf8),
            let key = try? VerifierKey(content.trimmingCharacters(in: .whitespacesAndNewlines))
        {
            return key
        }
        throw Terminal.fail("'\(text)' is neither a verifier key nor a file with one. It has the form NAME+HASH+KEY.", code: 64)
    }

    func trustPolicy(_ path: String) throws -> TrustPolicy {
        do {
            return try TrustPolicy(parsing: try Terminal.bytes(ofFile: path))
        } catch let code as ExitCode {
            throw code
        } catch {
            throw Terminal.fail("\(path) is not a policy: \(error)", code: 64)
        }
    }

    /// What a proof of a statement's release says, and the text held against it.
    private struct Statement {
        let proof: StatementProof
        let verdict: StatementProof.Verdict?
    }

    private func statement(_ finding: ProofVerification.Finding, _ asked: String?) throws -> Statement? {
        guard let payload = finding.payload else { return nil }
        do {
            guard let proof = try StatementProof(payload, of: finding.header.statement.kind) else { return nil }
            return Statement(proof: proof, verdict: asked.flatMap { proof.verdict(on: $0) })
        } catch {
            throw ProofVerification.Failure(kind: .disproved, description: "the statement contradicts itself: \(error)")
        }
    }

    private func lines(_ statement: Statement) -> [String] {
        var lines = ["Statement: \(statement.proof.code), version \(statement.proof.version); the code is that of its words"]
        guard let verdict = statement.verdict else { return lines }
        if verdict.isGenuine {
            lines.append(
                "Text:     genuine, word for word\(verdict.isExcerpt ? "; a part of the statement only" : "") (\(verdict.language))")
        } else {
            lines.append("Text:     altered (\(verdict.language)); [-in the statement only-] {+in the text only+}")
            lines.append(
                verdict.differences.map { piece in
                    switch piece.change {
                    case "removed": "[-\(piece.words)-]"
                    case "added": "{+\(piece.words)+}"
                    default: piece.words
                    }
                }.joined())
        }
        return lines
    }

    private func document(_ statement: Statement) -> JSON {
        var object: JSONObject = [
            "code": .string(statement.proof.code), "version": .integer(statement.proof.version), "codeHolds": true,
            "titles": JSON(texts: statement.proof.titles),
        ]
        if let verdict = statement.verdict {
            object["verdict"] = .string(verdict.isGenuine ? "genuine" : "altered")
            object["excerpt"] = .bool(verdict.isExcerpt)
            object["language"] = .string(verdict.language)
            object["differences"] = .array(verdict.differences.map { ["change": .string($0.change), "words": .string($0.words)] })
        }
        return .object(object)
    }

    private func text(_ finding: ProofVerification.Finding, _ persons: PersonSignatures, _ statement: Statement? = nil) -> String {
        var lines = [
            "Verified: entry \(finding.index) of \(finding.origin), in a record of \(finding.size).",
            "Kind:     \(finding.header.statement.kind)",
            "Received: \(finding.header.received)",
        ]
        if let effective = finding.header.statement.effective { lines.append("Effective: \(effective)") }
        lines.append("Signed by: \(finding.signers.joined(separator: ", "))")
        for signature in persons.signatures {
            let way = signature.isPasskey ? "passkey" : "key"
            let verdict =
                switch signature.verdict {
                case .holds: "its signature over the act holds"
                case .unknownKey: "not checked; give the key with --person-key"
                case .fails: "its signature does not hold: \(signature.reason ?? "")"
                }
            lines.append("Person:   \(way) \(signature.key) (\(signature.algorithm.rawValue)): \(verdict)")
        }
        if let statement { lines += self.lines(statement) }
        switch finding.carried {
        case nil: lines.append(finding.payload.map { "Content:  \($0.canonicalText)" } ?? "Content:  not in the file")
        case .unchecked(let origin): lines.append("Carries:  an act of \(origin), not checked; give the key of its record with --key")
        case .verified(let inner):
            lines.append("Carries:")
            let persons = PersonSignatures(of: inner.header, keys: [])
            lines += text(inner, persons).split(separator: "\n").map { "    \($0)" }
        }
        return lines.joined(separator: "\n")
    }

    private func document(_ finding: ProofVerification.Finding, _ persons: PersonSignatures, _ statement: Statement? = nil) -> JSON {
        var object: JSONObject = [
            "verified": true, "origin": .string(finding.origin), "index": .integer(Int64(finding.index)),
            "size": .integer(Int64(finding.size)), "kind": .string(finding.header.statement.kind.description),
            "received": .string(finding.header.received.description), "signers": .array(finding.signers.map(JSON.string)),
        ]
        object["effective"] = finding.header.statement.effective.map { .string($0.description) }
        object["payload"] = finding.payload
        object["statement"] = statement.map(document)
        switch finding.carried {
        case nil: break
        case .unchecked(let origin): object["carries"] = ["verified": false, "origin": .string(origin), "reason": "no key was given"]
        case .verified(let inner): object["carries"] = document(inner, PersonSignatures(of: inner.header, keys: []))
        }
        object["personSignatures"] = .array(
            persons.signatures.map { signature in
                var own: JSONObject = [
                    "key": .string(signature.key), "algorithm": .string(signature.algorithm.rawValue),
                    "passkey": .bool(signature.isPasskey), "verdict": .string(signature.verdict.rawValue),
                ]
                own["reason"] = signature.reason.map(JSON.string)
                return .object(own)
            })
        return .object(object)
    }
}
