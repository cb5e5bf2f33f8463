import Ledger
import Testing

@Suite("The witness's decision on subtrees")
struct SignSubtreeTests {
    private let log: SampleLog
    private let watched: WitnessedLog
    private let witness: MLDSA44Cosigner

    init() throws {
        log = try SampleLog(size: 40)
        watched = WitnessedLog(origin: SampleLog.origin, verifiers: [try log.signer.verifierKey.verifier()])
        witness = try MLDSA44Cosigner(name: KeyName("witness.example/w1"), seed: Array(repeating: 9, count: 32))
    }

    private func request(_ leaves: Range<Int>, in size: Int, root: Hash? = nil, isCosigned: Bool = true) throws -> SignSubtreeRequest {
        var checkpoint = try log.checkpoint(size)
        if isCosigned { try checkpoint.add(witness.cosign(checkpoint.note, at: 1_700_000_000)) }
        let range = UInt64(leaves.lowerBound)..<UInt64(leaves.upperBound)
        let subtree = try #require(Subtree(leaves: range, root: root ?? ReferenceTree.root(log.leaves[leaves])))
        let proof = leaves.upperBound > size ? [] : try SubtreeConsistencyProof(of: range, inTreeOf: UInt64(size), tiles: log.tiles).hashes
        return try SignSubtreeRequest(subtree, proof: proof, checkpoint: checkpoint)
    }

    private func decide(_ request: SignSubtreeRequest) throws -> SignSubtreeOutcome {
        .decide(request, log: watched, own: [try witness.verifier])
    }

    @Test("200: a subtree of a checkpoint that the witness cosigned, signed with time 0")
    func signed() throws {
        for (leaves, size) in [(0..<1, 1), (0..<7, 40), (8..<13, 40), (32..<40, 40), (39..<40, 40), (0..<40, 40), (16..<32, 37)] {
            let request = try request(leaves, in: size)
            #expect(try SignSubtreeRequest(parsing: request.bytes) == request)
            let outcome = try decide(request)
            #expect(outcome == .sign(request.subtree, origin: SampleLog.origin))
            let reply = try outcome.reply(cosigners: [witness])
            #expect(reply.status == 200)
            let line = try #require(NoteSignature(line: reply.body.dropLast()))
            #expect(Cosignature(line.signature)?.time == 0)
            #expect(try witness.verifier.isValid(line.signature, of: request.subtree, origin: SampleLog.origin))
        }
    }

    @Test("404, 403, 400 and 422 as the specification asks")
    func refused() throws {
        let good = try request(8..<13, in: 40)
        #expect(SignSubtreeOutcome.decide(good, log: nil, own: [try witness.verifier]) == .unknownOrigin(SampleLog.origin))
        #expect(try decide(request(8..<13, in: 40, isCosigned: false)) == .notCosigned(.noKnownSignature))
        let stranger = try MLDSA44Cosigner(name: KeyName("witness.example/w2"), seed: Array(repeating: 5, count: 32))
        #expect(SignSubtreeOutcome.decide(good, log: watched, own: [try stranger.verifier]).status == 403)
        #expect(try decide(request(32..<40, in: 37)) == .pastTheEnd(size: 37))
        let wrong = try decide(request(8..<13, in: 40, root: .zero))
        #expect(wrong.status == 422)
        #expect(try wrong.reply(cosigners: [witness]).body.contains("root"))
        let short = try SignSubtreeRequest(good.subtree, proof: good.proof.dropLast(), checkpoint: good.checkpoint)
        #expect(try decide(short).status == 422)
    }

    @Test("What is no request is refused, with the reason")
    func malformed() throws {
        let note = try log.checkpoint(5).note.string
        let hash = Hash.emptyTree.base64
        let cases: [(String, SignSubtreeRequestError)] = [
            ("", .badRange), ("subtree 0\n", .badRange), ("subtree 0 1 2\n\(hash)\n\n" + note, .badRange),
            ("subtree 0  1\n\(hash)\n\n" + note, .badRange), ("subtree 1 1\n\(hash)\n\n" + note, .badRange),
            ("subtree 1 3\n\(hash)\n\n" + note, .badRange), ("subtree 00 1\n\(hash)\n\n" + note, .badRange),
            ("subtree 0 9223372036854775808\n\(hash)\n\n" + note, .badRange), ("subtree 0 1\nx\n\n" + note, .badHash(0)),
            ("subtree 0 1\n\(hash)\n\(hash)\nx\n\n" + note, .badHash(2)), ("subtree 0 1\n\(hash)\n", .endsEarly),
            ("subtree 0 1\n\(hash)\n\n", .badNote(.noSignatures)),
            ("subtree 0 1\n\(hash)\n" + String(repeating: hash + "\n", count: 64) + "\n" + note, .tooManyHashes),
        ]
        for (text, error) in cases { #expect(throws: error, "\(text)") { try SignSubtreeRequest(parsing: Array(text.utf8)) } }
    }
}
