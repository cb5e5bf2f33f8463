import Ledger
import Testing

@Suite("The witness's decision")
struct WitnessTests {
    let log: SampleLog
    let watched: WitnessedLog

    init() throws {
        log = try SampleLog(size: 20)
        watched = WitnessedLog(origin: SampleLog.origin, verifiers: [try log.signer.verifierKey.verifier()])
    }

    private func request(_ old: Int, _ new: Int, proof: [Hash]? = nil, checkpoint: SignedCheckpoint? = nil) throws -> AddCheckpointRequest {
        let honest = old <= new ? try ConsistencyProof(from: UInt64(old), to: UInt64(new), tiles: log.tiles).hashes : []
        return try AddCheckpointRequest(oldSize: UInt64(old), proof: proof ?? honest, checkpoint: checkpoint ?? log.checkpoint(new))
    }

    private func state(_ size: Int) throws -> WitnessedState {
        WitnessedState(size: UInt64(size), root: try log.root(size))
    }

    private func decide(_ request: AddCheckpointRequest, _ state: WitnessedState = .never) -> AddCheckpointOutcome {
        .decide(request, log: watched, state: state)
    }

    private func signed(_ size: UInt64, _ root: Hash) throws -> SignedCheckpoint {
        try SignedCheckpoint(Checkpoint(origin: SampleLog.origin, size: size, root: root), signers: [log.signer])
    }

    @Test("200: a checkpoint that extends the last one, from any size to any other, and the reply is the cosignature lines")
    func cosigned() throws {
        for old in 0...20 {
            for new in old...20 {
                let request = try request(old, new)
                let outcome = decide(request, try state(old))
                #expect(outcome == .cosign(request.checkpoint, try state(new)), "\(old) to \(new)")
            }
        }
        let outcome = decide(try request(3, 7), try state(3))
        let line = try log.witness.cosign(log.checkpoint(7).note, at: 1_700_000_000)
        let reply = outcome.reply(cosignatures: [line])
        #expect(reply == WitnessReply(status: 200, contentType: WitnessReply.text, body: line.line))
        let whole = try SignedNote(parsing: log.checkpoint(7).note.bytes + Array(reply.body.utf8))
        #expect(try whole.verified(by: [log.witness.verifierKey.verifier()]).count == 1)
    }

    @Test("404: a log that is not watched")
    func unknownOrigin() throws {
        let outcome = AddCheckpointOutcome.decide(try request(0, 7), log: nil, state: .never)
        #expect(outcome == .unknownOrigin(SampleLog.origin) && outcome.status == 404)
        let other = WitnessedLog(origin: "log.example/other", verifiers: watched.verifiers)
        #expect(AddCheckpointOutcome.decide(try request(0, 7), log: other, state: .never).status == 404)
    }

    @Test("403: no trusted signature, or a wrong one by a trusted key")
    func notTrusted() throws {
        let stranger = try Ed25519NoteSigner(name: KeyName("stranger"), seed: Array(repeating: 1, count: 32))
        let checkpoint = try log.checkpoint(7).checkpoint
        let unsigned = try SignedCheckpoint(checkpoint, signers: [stranger])
        #expect(decide(try request(0, 7, checkpoint: unsigned)) == .notTrusted(.noKnownSignature))
        let key = log.signer.verifierKey
        let wrong = NoteSignature(name: key.name, keyID: key.keyID, signature: Array(repeating: 1, count: 64))
        let note = try SignedNote(text: checkpoint.text, signatures: [wrong] + log.checkpoint(7).note.signatures)
        let outcome = decide(try request(0, 7, checkpoint: SignedCheckpoint(note)))
        #expect(outcome == .notTrusted(.badSignature(name: key.name, keyID: key.keyID)) && outcome.status == 403)
    }

    @Test("400: an old size larger than the checkpoint's, or a body that is no request")
    func badRequest() throws {
        let outcome = decide(try request(8, 7), try state(8))
        #expect(outcome == .oldSizeTooLarge(oldSize: 8, size: 7) && outcome.status == 400)
        let malformed = AddCheckpointOutcome.decide(body: Array("old 1\n".utf8)) { _ in nil }
        #expect(malformed == .malformed(.endsEarly) && malformed.status == 400)
    }

    @Test("409: another old size than the last one cosigned, told in the body as text/x.tlog.size")
    func conflict() throws {
        for old in [0, 4, 6] {
            let outcome = decide(try request(old, 7), try state(5))
            #expect(outcome == .otherOldSize(lastCosigned: 5))
            #expect(outcome.reply() == WitnessReply(status: 409, contentType: "text/x.tlog.size", body: "5\n"))
        }
        #expect(decide(try request(3, 7)) == .otherOldSize(lastCosigned: 0))
    }

    @Test("422: a wrong proof, a proof where none is due, another root at the same size, an empty tree with leaves in it")
    func unprocessable() throws {
        var hashes = try ConsistencyProof(from: 3, to: 7, tiles: log.tiles).hashes
        hashes[0] = .zero
        let forged = decide(try request(3, 7, proof: hashes), try state(3))
        #expect(forged.status == 422)
        let needless = decide(try request(0, 7, proof: [.zero]))
        #expect(needless == .badProof(.wrongLength(expected: 0, found: 1)) && needless.status == 422)
        #expect(decide(try request(7, 7, proof: [.zero]), try state(7)) == .badProof(.wrongLength(expected: 0, found: 1)))
        let fork = decide(try request(7, 7, proof: [], checkpoint: signed(7, .zero)), try state(7))
        #expect(fork == .otherRoot(lastCosigned: try log.root(7), found: .zero) && fork.status == 422)
        let empty = decide(try request(0, 0, proof: [], checkpoint: signed(0, .zero)))
        #expect(empty == .badEmptyTree(found: .zero) && empty.status == 422)
        #expect(decide(try request(3, 7, checkpoint: signed(7, .zero)), try state(3)).status == 422)
    }

    @Test("A request reads back, and finds its log by the origin")
    func requests() throws {
        let sent = try request(3, 19)
        #expect(try AddCheckpointRequest(parsing: sent.bytes) == sent)
        let outcome = AddCheckpointOutcome.decide(body: sent.bytes) { origin in
            #expect(origin == SampleLog.origin)
            return (watched, WitnessedState(size: 3, root: Hash.root(over: log.leaves.prefix(3))))
        }
        #expect(outcome.status == 200)
    }

    @Test("What is no request is refused, with the reason")
    func malformed() throws {
        let note = try log.checkpoint(5).note.string
        let hash = Hash.emptyTree.base64
        let cases: [(String, AddCheckpointRequestError)] = [
            ("", .badOldSize), ("old 3", .badOldSize), ("old 03\n\n" + note, .badOldSize), ("Old 3\n\n" + note, .badOldSize),
            ("old  3\n\n" + note, .badOldSize), ("old 3 \n\n" + note, .badOldSize),
            ("old 9223372036854775808\n\n" + note, .badOldSize), ("old 3\n\(hash)\n", .endsEarly),
            ("old 3\n\(hash)\nx\n\n" + note, .badHash(2)), ("old 3\n\n", .badNote(.noSignatures)),
            ("old 3\n\n\n" + note, .badCheckpoint(.badOrigin)),
            ("old 3\n" + String(repeating: hash + "\n", count: 64) + "\n" + note, .tooManyHashes),
            ("old 3\n\n" + (try SignedNote(text: "text\n", signers: [log.signer]).string), .badCheckpoint(.endsEarly)),
        ]
        for (text, error) in cases { #expect(throws: error, "\(text)") { try AddCheckpointRequest(parsing: Array(text.utf8)) } }
        let most = try AddCheckpointRequest(oldSize: 3, proof: Array(repeating: .zero, count: 63), checkpoint: log.checkpoint(5))
        #expect(try AddCheckpointRequest(parsing: most.bytes) == most)
        #expect(throws: AddCheckpointRequestError.tooManyHashes) {
            try AddCheckpointRequest(oldSize: 3, proof: Array(repeating: .zero, count: 64), checkpoint: log.checkpoint(5))
        }
    }
}
