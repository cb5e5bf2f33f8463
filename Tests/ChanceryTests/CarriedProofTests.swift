import Acts
import Chancery
import Ledger
import Testing

/// Proofs of acts that carry another record's act with its own proof (docs/protocol.md, 11).
@Suite("Carried proofs")
struct CarriedProofTests {
    /// A record of one entry, and its key.
    struct OneEntryLog {
        let origin: String
        let signer: Ed25519NoteSigner

        init(_ origin: String, seed: UInt8, signingAs name: String? = nil) throws {
            self.origin = origin
            signer = try Ed25519NoteSigner(name: KeyName(name ?? origin), seed: Array(repeating: seed, count: 32))
        }

        /// The leaf of an act, and its proof file.
        func enter(_ draft: ActDraft) throws -> (leaf: [UInt8], proof: ProofFile) {
            let received = try #require(Moment("2026-11-26T12:00:00.000Z"))
            let leaf = EntryHeader(statement: draft.statement, received: received).canonicalBytes
            let checkpoint = try SignedCheckpoint(
                Checkpoint(origin: origin, size: 1, root: .leaf(leaf)), signers: [signer])
            return (leaf, try ProofFile(InclusionProof(index: 0, size: 1, hashes: []), checkpoint: checkpoint))
        }

        func file(_ draft: ActDraft) throws -> [UInt8] {
            let (leaf, bare) = try enter(draft)
            let extra: JSON = [
                "leaf": .string(Acts.Base64.encode(leaf)), "payload": .string(Acts.Base64.encode(draft.payload.bytes)),
                "salt": .string(Acts.Base64.encode(draft.payload.salt)),
            ]
            return try ProofFile(bare.inclusion, checkpoint: bare.checkpoint, extra: extra.canonicalBytes).bytes
        }
    }

    private func sent() -> ActDraft {
        ActDraft(PeerEnded(node: "nobody.example", reason: "an act like any other"), office: "cabinet", author: "p")
    }

    private func received(_ draft: ActDraft, from log: OneEntryLog, change: (inout ExchangeReceived) -> Void = { _ in }) throws -> ActDraft
    {
        let (leaf, proof) = try log.enter(draft)
        var act = ExchangeReceived(
            node: "mfa.example", origin: log.origin, index: 0, leaf: leaf, payload: draft.payload,
            proof: String(decoding: proof.bytes, as: UTF8.self))
        change(&act)
        return ActDraft(act, office: "depositary", author: "node")
    }

    @Test("With both records' keys both are verified; without the sender's, its part is said not to be checked")
    func both() throws {
        let (mine, theirs) = (try OneEntryLog("mfa.example/record", seed: 1), try OneEntryLog("mission.example/record", seed: 2))
        let file = try theirs.file(try received(sent(), from: mine))
        let keys = [mine.signer.verifierKey, theirs.signer.verifierKey]
        let finding = try ProofVerification.verify(file, keys: keys, policy: nil)
        guard case .verified(let inner) = finding.carried else { return #expect(Bool(false), "the carried act was not verified") }
        #expect(finding.origin == "mission.example/record" && inner.origin == "mfa.example/record")
        #expect(inner.payload?["node"]?.string == "nobody.example")
        let alone = try ProofVerification.verify(file, keys: [theirs.signer.verifierKey], policy: nil)
        guard case .unchecked(let origin) = alone.carried else { return #expect(Bool(false), "nothing could be checked") }
        #expect(origin == "mfa.example/record")
        #expect(throws: ProofVerification.Failure.self) {
            try ProofVerification.verify(file, keys: [mine.signer.verifierKey], policy: nil)
        }
    }

    @Test("A carried act that its record does not prove makes the whole file fail")
    func disproved() throws {
        let (mine, theirs) = (try OneEntryLog("mfa.example/record", seed: 1), try OneEntryLog("mission.example/record", seed: 2))
        let other = ActDraft(PeerEnded(node: "other.example", reason: "another"), office: "cabinet", author: "p")
        let changes: [(inout ExchangeReceived) -> Void] = [
            { $0.payload = other.payload }, { $0.leaf = (try? mine.enter(other).leaf) ?? [] }, { $0.proof = "" },
            { $0.proof = $0.proof.replacing("index 0", with: "index 1") },
        ]
        for change in changes {
            let file = try theirs.file(try received(sent(), from: mine, change: change))
            #expect(throws: ProofVerification.Failure.self) {
                try ProofVerification.verify(file, keys: [mine.signer.verifierKey, theirs.signer.verifierKey], policy: nil)
            }
        }
    }

    @Test("A key vouches for the record that bears its name and for no other, however many keys are given")
    func names() throws {
        let theirs = try OneEntryLog("mission.example/record", seed: 2)
        // The mission's operator signs a checkpoint in the ministry's name with the mission's own key.
        let forged = try OneEntryLog("mfa.example/record", seed: 2, signingAs: "mission.example/record")
        let honest = try OneEntryLog("mfa.example/record", seed: 1)
        let keys = [honest.signer.verifierKey, theirs.signer.verifierKey]
        #expect(throws: ProofVerification.Failure.self) {
            try ProofVerification.verify(try forged.file(sent()), keys: keys, policy: nil)
        }
        #expect(throws: ProofVerification.Failure.self) {
            try ProofVerification.verify(try theirs.file(try received(sent(), from: forged)), keys: keys, policy: nil)
        }
    }
}
