import Acts
import ArgumentParser
import Chancery
import Foundation
import Ledger
import Press
import Provenance
import Seals

/// A picture or a PDF whose manifest (C2PA) is checked, apart from any node.
extension VerifyCommand {
    /// What the proof in a manifest says of the statement's release.
    private enum Release {
        /// The manifest carries none.
        case missing
        /// No key of a log was given.
        case unchecked
        /// - named: the file is among those that the release names by their hash.
        case proved(ProofVerification.Finding, named: Bool)
        case disproved(String)

        var isDisproved: Bool { if case .disproved = self { true } else { false } }
    }

    /// - Throws: an exit: 1 where the manifest, the file or the release's proof does not hold, 2 where there is no manifest, 64 where
    ///   nobody is to be trusted.
    func verifyFile(_ bytes: [UInt8]) async throws {
        guard !roots.isEmpty else {
            throw Terminal.fail(
                "whose manifest should be trusted? Give the node's root with --root, from a publication or a letter.", code: 64)
        }
        let read = try await Seal.awaiting {
            let trusted = try roots.flatMap {
                try SealFolder.chain(pem: String(decoding: try Terminal.bytes(ofFile: $0), as: UTF8.self), named: $0)
            }
            return await ProvenanceReader(roots: trusted).read(bytes, now: Date())
        }
        guard let finding = read else {
            throw Terminal.fail(
                "\(file) bears no manifest. Programs that make pictures smaller take it out; ask for the statement by its code.", code: 2)
        }
        let release = try self.release(finding)
        let holds = finding.holds && finding.statement != nil && !release.isDisproved
        if json {
            Terminal.say(document(finding, release, holds: holds).canonicalText)
        } else {
            Terminal.say(lines(finding, release, holds: holds).joined(separator: "\n"))
        }
        guard holds else { throw ExitCode(1) }
    }

    private func release(_ finding: ProvenanceFinding) throws -> Release {
        guard let mark = finding.statement, let proof = mark.proof else { return .missing }
        guard !keys.isEmpty || policy != nil else { return .unchecked }
        do {
            let proved = try ProofVerification.verify(
                Array(proof.utf8), keys: try keys.map(verifierKey), policy: try policy.map(trustPolicy))
            guard proved.origin == mark.node, proved.index == UInt64(exactly: mark.entry) else {
                return .disproved("the proof is of another entry")
            }
            guard let payload = proved.payload, let statement = try StatementProof(payload, of: proved.header.statement.kind),
                statement.code == mark.code, statement.version == mark.version
            else { return .disproved("the proof is of another act") }
            return .proved(proved, named: statement.files.contains(Hexadecimal.encode(mark.file)))
        } catch let failure as ProofVerification.Failure {
            return .disproved(failure.description)
        } catch let fault as MalformedAct {
            return .disproved("the statement contradicts itself: \(fault)")
        }
    }

    private static func reason(_ fault: ProvenanceFinding.Fault) -> String {
        switch fault {
        case .malformed: "the manifest cannot be read"
        case .signature: "the manifest's signature does not hold"
        case .untrusted: "whoever signed it is under none of the roots given"
        case .assertion: "what the manifest says was changed after it was signed"
        case .undeclared: "the manifest says more than was signed"
        case .unbound: "the manifest is bound to no file"
        case .file: "the file was changed after it was signed"
        }
    }

    private func lines(_ finding: ProvenanceFinding, _ release: Release, holds: Bool) -> [String] {
        var lines = [
            holds
                ? "Verified: \(file) is as it was given out; its manifest holds."
                : finding.isSignedByTrusted && finding.faults.contains(.file)
                    ? "Altered:  \(file) was changed after it was signed." : "Not verified: \(file)."
        ]
        if let signer = finding.chain.first {
            lines.append("Signed by: \(signer.subjectName)")
            if let fingerprint = try? signer.fingerprint { lines.append("Certificate: SHA-256 \(Seal.fingerprint(fingerprint))") }
        }
        if let mark = finding.statement {
            lines.append("Statement: \(mark.code), version \(mark.version)\(mark.language.map { " (\($0))" } ?? "")")
            lines.append("Address:  \(mark.address)")
            lines.append("Released: \(mark.released), entry \(mark.entry) of \(mark.node)")
        } else {
            lines.append("Statement: none is named")
        }
        switch release {
        case .missing: break
        case .unchecked: lines.append("Record:   not checked; give the log's key with --key")
        case .proved(let proved, let named):
            lines.append(
                "Record:   the release is in the record of \(proved.size) entries, signed by \(proved.signers.joined(separator: ", "))")
            if named { lines.append("File:     the release names it by its hash") }
        case .disproved(let reason): lines.append("Record:   the release's proof does not hold: \(reason)")
        }
        return lines + finding.faults.map { "Fault:    \($0.rawValue): \(Self.reason($0))" }
    }

    private func document(_ finding: ProvenanceFinding, _ release: Release, holds: Bool) -> JSON {
        var object: JSONObject = [
            "verified": .bool(holds), "form": .string(finding.form.mediaType),
            "faults": .array(finding.faults.map { .string($0.rawValue) }),
        ]
        object["signer"] = (finding.chain.first?.subjectName).map(JSON.string)
        if let mark = finding.statement {
            var statement: JSONObject = [
                "code": .string(mark.code), "version": .integer(mark.version), "address": .string(mark.address),
                "entry": .integer(mark.entry), "node": .string(mark.node), "released": .string(mark.released.description),
            ]
            statement["language"] = mark.language.map(JSON.string)
            object["statement"] = .object(statement)
        }
        switch release {
        case .missing, .unchecked: break
        case .proved(let proved, let named):
            object["record"] = [
                "verified": true, "size": .integer(Int64(proved.size)), "signers": .array(proved.signers.map(JSON.string)),
                "namesFile": .bool(named),
            ]
        case .disproved(let reason): object["record"] = ["verified": false, "reason": .string(reason)]
        }
        return .object(object)
    }
}
