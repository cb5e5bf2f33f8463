import Ledger
import Testing

@Suite("ML-DSA-44")
struct MLDSA44Tests {
    private let name: KeyName
    private let cosigner: MLDSA44Cosigner

    init() throws {
        name = try KeyName("witness.example/w1")
        cosigner = try MLDSA44Cosigner(name: name, seed: Array(repeating: 9, count: 32))
    }

    @Test("A seed gives the public key that Python's cryptography gives too, and its key identifier")
    func seed() throws {
        let key = try MLDSA44PrivateKey(seed: Array(repeating: 9, count: 32))
        #expect(key.publicKey.bytes.count == 1_312)
        #expect(
            ReferenceTree.sha256(key.publicKey.bytes).hexadecimal
                == "1f474e06e67a1538eea15b137249f2acf9d5471bf142f23f9d569a5ad61b161e")
        #expect(cosigner.verifierKey.keyID == 0xbf53_61c2)
        #expect(try VerifierKey(cosigner.verifierKey.description) == cosigner.verifierKey)
        #expect(try MLDSA44PrivateKey().publicKey != MLDSA44PrivateKey().publicKey)
    }

    @Test("Seeds and public keys of other lengths are refused", arguments: [0, 1, 31, 33, 64, 1_311, 1_313, 2_560])
    func lengths(count: Int) throws {
        let bytes = [UInt8](repeating: 1, count: count)
        #expect(throws: NoteError.badSeed(count)) { try MLDSA44PrivateKey(seed: bytes) }
        #expect(MLDSA44PublicKey(bytes) == nil)
        let key = VerifierKey(name: name, type: .mlDSA44Cosignature, publicKey: bytes)
        #expect(throws: NoteError.badVerifierKey(key.description)) { try key.verifier() }
    }

    @Test("A signature holds for its message and key only; deterministic ones repeat, hedged ones do not")
    func signatures() throws {
        let key = try MLDSA44PrivateKey(seed: Array(repeating: 1, count: 32))
        let other = try MLDSA44PrivateKey(seed: Array(repeating: 2, count: 32))
        for message in [[], [0], Array("act".utf8), Array(repeating: 7, count: 100_000)] as [[UInt8]] {
            let hedged = try key.signature(for: message)
            let fixed = try key.deterministicSignature(for: message)
            #expect(hedged.count == 2_420 && fixed.count == 2_420)
            #expect(try key.deterministicSignature(for: message) == fixed)
            #expect(try key.signature(for: message) != hedged)
            for signature in [hedged, fixed] {
                #expect(key.publicKey.isValidSignature(signature, for: message))
                #expect(!key.publicKey.isValidSignature(signature, for: message + [0]))
                #expect(!other.publicKey.isValidSignature(signature, for: message))
                #expect(!key.publicKey.isValidSignature(signature.dropLast(), for: message))
                #expect(!key.publicKey.isValidSignature(signature + [0], for: message))
                for at in stride(from: 0, to: 2_420, by: 61) {
                    var changed = signature
                    changed[at] ^= 1
                    #expect(!key.publicKey.isValidSignature(changed, for: message), "byte \(at)")
                }
            }
        }
    }

    @Test("The signed message is the one of the published vector: 104 bytes for the empty tree")
    func message() throws {
        // label, name, time, origin, start, end, hash: as C2SP tlog-cosignature lays them out, put together by hand.
        let time: [UInt8] = [0, 0, 0, 0, 0x65, 0x53, 0xf1, 0x00]
        var message = Array("subtree/v1\n\0".utf8) + [18] + Array("witness.example/w1".utf8) + time
        message += [16] + Array("log.example/acts".utf8) + [UInt8](repeating: 0, count: 16) + Hash.emptyTree.bytes
        #expect(message.count == 104)
        #expect(
            ReferenceTree.sha256(message).hexadecimal == "cb353d5174b4ea58f429452f801f6cf40d72414ef53b25e506f8001984ffad0c")
        let note = try SignedNote(
            text: Checkpoint(origin: "log.example/acts", size: 0, root: .emptyTree).text, signatures: [])
        let line = try cosigner.cosign(note, at: 1_700_000_000)
        #expect(line.signature.count == 8 + 2_420)
        let cosignature = try #require(Cosignature(line.signature))
        #expect(cosignature.time == 1_700_000_000)
        let key = try #require(MLDSA44PublicKey(cosigner.verifierKey.publicKey))
        #expect(key.isValidSignature(cosignature.signature, for: message))
    }

    @Test("A cosignature holds for its checkpoint, its time and its cosigner's name only, and does not cover extension lines")
    func bound() throws {
        let log = try SampleLog(size: 5)
        let signed = try log.checkpoint(5)
        let line = try cosigner.cosign(signed.note, at: 1_700_000_000)
        let verifier = try cosigner.verifierKey.verifier()
        #expect(verifier.isValid(line.signature, of: signed.note.textBytes))
        #expect(!verifier.isValid(line.signature, of: Array(try log.checkpoint(4).checkpoint.text.utf8)))
        let extended = try Checkpoint(
            origin: SampleLog.origin, size: 5, root: log.root(5), extensionLines: ["more"])
        #expect(verifier.isValid(line.signature, of: Array(extended.text.utf8)))
        let elsewhere = try Checkpoint(origin: "log.example/other", size: 5, root: log.root(5))
        #expect(!verifier.isValid(line.signature, of: Array(elsewhere.text.utf8)))
        for bit in 0..<64 {
            var changed = line.signature
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!verifier.isValid(changed, of: signed.note.textBytes), "bit \(bit) of the time")
        }
        let renamed = VerifierKey(
            name: try KeyName("witness.example/w2"), type: .mlDSA44Cosignature, publicKey: cosigner.verifierKey.publicKey)
        #expect(try !renamed.verifier().isValid(line.signature, of: signed.note.textBytes))
        #expect(!verifier.isValid(line.signature, of: Array("no checkpoint\n".utf8)))
    }

    @Test("Nothing but checkpoints is cosigned, no time past 2^63 - 1, and no origin past 255 bytes")
    func refusals() throws {
        let log = try SampleLog(size: 5)
        let text = try SignedNote(text: "a text\n", signers: [log.signer])
        #expect(throws: NoteError.notACheckpoint) { try cosigner.cosign(text, at: 1) }
        #expect(throws: NoteError.timeOutOfRange(1 << 63)) { try cosigner.cosign(log.checkpoint(5).note, at: 1 << 63) }
        for (count, error) in [(255, nil), (256, NoteError.originTooLong(256))] as [(Int, NoteError?)] {
            let origin = String(repeating: "o", count: count)
            let note = try SignedNote(text: Checkpoint(origin: origin, size: 0, root: .emptyTree).text, signatures: [])
            if let error {
                #expect(throws: error) { try cosigner.cosign(note, at: 1) }
            } else {
                let line = try cosigner.cosign(note, at: 1)
                #expect(try cosigner.verifier.isValid(line.signature, of: note.textBytes))
            }
        }
    }

    @Test("The log's own line has time 0 and is the same each time; a wrong one refuses the note, with Ed25519 right beside it")
    func logLine() throws {
        let log = try SampleLog(size: 5)
        let own = try MLDSA44Cosigner(name: KeyName(SampleLog.origin), seed: Array(repeating: 8, count: 32))
        var signed = try log.checkpoint(5)
        try signed.add(NoteSignature(signing: signed.note.textBytes, by: own.logSigner))
        var again = try log.checkpoint(5)
        try again.add(NoteSignature(signing: again.note.textBytes, by: own.logSigner))
        #expect(signed.note.bytes == again.note.bytes)
        let line = try #require(signed.note.signatures.last)
        #expect(Cosignature(line.signature)?.time == 0)
        let verifiers: [any NoteVerifier] = [try log.signer.verifier, try own.verifier]
        #expect(try signed.verified(origin: SampleLog.origin, by: verifiers).count == 2)
        // A reader that knows one of the keys ignores the other's line.
        #expect(try signed.verified(origin: SampleLog.origin, by: [log.signer.verifier]).count == 1)
        #expect(try signed.verified(origin: SampleLog.origin, by: [own.verifier]).count == 1)
        var bytes = line.signature
        bytes[100] ^= 1
        let wrong = NoteSignature(name: line.name, keyID: line.keyID, signature: bytes)
        let bad = try SignedNote(text: signed.note.text, signatures: [signed.note.signatures[0], wrong])
        #expect(throws: NoteError.badSignature(name: line.name, keyID: line.keyID)) { try bad.verified(by: verifiers) }
        #expect(try bad.verified(by: [log.signer.verifier]).count == 1)
    }

    @Test("A policy takes ML-DSA-44 logs and witnesses, and a proof file holds under it")
    func policy() throws {
        let log = try SampleLog(size: 9)
        let own = try MLDSA44Cosigner(name: KeyName(SampleLog.origin), seed: Array(repeating: 8, count: 32))
        let text = "log \(own.verifierKey)\nwitness w1 \(cosigner.verifierKey)\nquorum w1\n"
        let policy = try TrustPolicy(parsing: Array(text.utf8))
        #expect(policy.bytes == Array(text.utf8))
        var proof = try log.proofFile(index: 3, size: 9)
        #expect(throws: PolicyRefusal.notSignedByALog(origin: SampleLog.origin)) { try proof.verify(leaf: log.leaves[3], policy: policy) }
        try proof.add(NoteSignature(signing: proof.checkpoint.note.textBytes, by: own.logSigner))
        #expect(throws: PolicyRefusal.noQuorum(witnesses: [])) { try proof.verify(leaf: log.leaves[3], policy: policy) }
        try proof.add(cosigner.cosign(proof.checkpoint.note, at: 1_700_000_000))
        let read = try ProofFile(parsing: proof.bytes)
        #expect(read == proof)
        let verdict = try read.verify(leaf: log.leaves[3], policy: policy)
        #expect(verdict.logs == [own.verifierKey] && verdict.witnesses == [OpaqueText("w1")])
        #expect(throws: ProofError.self) { try read.verify(leaf: log.leaves[4], policy: policy) }
    }

    @Test("A witness that trusts the log's ML-DSA-44 key takes a checkpoint that only this key signed")
    func witnessed() throws {
        let log = try SampleLog(size: 9)
        let own = try MLDSA44Cosigner(name: KeyName(SampleLog.origin), seed: Array(repeating: 8, count: 32))
        let checkpoint = try log.checkpoint(9).checkpoint
        let signed = try SignedCheckpoint(checkpoint, signers: [own.logSigner])
        let request = try AddCheckpointRequest(oldSize: 0, proof: [], checkpoint: signed)
        let watched = WitnessedLog(origin: SampleLog.origin, verifiers: [try own.verifier])
        let state = WitnessedState(size: 9, root: checkpoint.root)
        #expect(
            try AddCheckpointOutcome.decide(AddCheckpointRequest(parsing: request.bytes), log: watched, state: .never)
                == .cosign(signed, state))
        let others = WitnessedLog(origin: SampleLog.origin, verifiers: [try log.signer.verifier])
        #expect(AddCheckpointOutcome.decide(request, log: others, state: .never) == .notTrusted(.noKnownSignature))
    }

    @Test("A subtree's cosignature holds for its leaves and root only, with time 0")
    func subtrees() throws {
        let log = try SampleLog(size: 20)
        let subtree = try #require(Subtree(leaves: 8..<13, root: Hash.root(over: log.leaves[8..<13])))
        let line = try cosigner.cosign(subtree, of: SampleLog.origin)
        let verifier = try cosigner.verifier
        #expect(verifier.isValid(line.signature, of: subtree, origin: SampleLog.origin))
        #expect(!verifier.isValid(line.signature, of: subtree, origin: "log.example/other"))
        let other = try #require(Subtree(leaves: 8..<12, root: Hash.root(over: log.leaves[8..<12])))
        #expect(!verifier.isValid(line.signature, of: other, origin: SampleLog.origin))
        var later = line.signature
        later[7] = 1
        #expect(!verifier.isValid(later, of: subtree, origin: SampleLog.origin))
        // A checkpoint is the subtree from the first leaf on.
        let first = try #require(Subtree(leaves: 0..<7, root: log.root(7)))
        let whole = try cosigner.cosign(first, of: SampleLog.origin)
        #expect(try verifier.isValid(whole.signature, of: log.checkpoint(7).note.textBytes))
    }

    @Test("Only ranges that some tree has as a node are subtrees")
    func ranges() {
        for start in 0..<40 as Range<UInt64> {
            for end in start...40 {
                // The definition word for word: start is a multiple of the smallest power of two not under the length.
                var power: UInt64 = 1
                while power < end - start { power *= 2 }
                let expected = start < end && start % power == 0
                #expect(Subtree.isRange(start..<end) == expected, "\(start)..<\(end)")
            }
        }
        #expect(!Subtree.isRange(0..<(1 << 63)))
        #expect(Subtree.isRange(0..<(1 << 63 - 1)))
    }
}
