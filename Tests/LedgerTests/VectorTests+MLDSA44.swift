import Foundation
import Ledger
import Testing

extension VectorTests {
    @Test("ML-DSA-44 keys, messages, the log's own line and notes of both algorithms")
    func mldsa44() throws {
        struct Vectors: Codable, Equatable {
            struct Key: Codable, Equatable {
                let role: String
                let seedHex: String
                let publicKeySHA256Hex: String
                let verifierKey: String
            }
            struct Message: Codable, Equatable {
                let what: String
                let cosigner: String
                let time: UInt64
                let origin: String
                let start: UInt64
                let end: UInt64
                let rootBase64: String
                let messageHex: String
                let deterministicSignatureSHA256Hex: String
            }
            struct Signed: Codable, Equatable {
                let what: String
                let note: String
                let goodSignatures: Int?
                let refusal: String?
            }
            let keys: [Key]
            let messages: [Message]
            let notes: [Signed]
        }
        let log = try SampleLog(size: 20)
        let (logSeed, witnessSeed) = ([UInt8](repeating: 7, count: 32), [UInt8](repeating: 9, count: 32))
        let witness = try MLDSA44PrivateKey(seed: witnessSeed)
        func message(_ what: String, _ time: UInt64, _ leaves: Range<UInt64>, _ root: Hash) throws -> Vectors.Message {
            // Laid out by hand, so that the vector does not say what the code says of itself.
            func number(_ value: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * $0)) } }
            let (name, origin) = ("witness.example/w1", SampleLog.origin)
            var bytes = Array("subtree/v1\n\0".utf8) + [UInt8(name.utf8.count)] + Array(name.utf8) + number(time)
            bytes += [UInt8(origin.utf8.count)] + Array(origin.utf8) + number(leaves.lowerBound) + number(leaves.upperBound) + root.bytes
            return Vectors.Message(
                what: what, cosigner: name, time: time, origin: origin, start: leaves.lowerBound, end: leaves.upperBound,
                rootBase64: root.base64, messageHex: hexadecimal(bytes),
                deterministicSignatureSHA256Hex: ReferenceTree.sha256(try witness.deterministicSignature(for: bytes)).hexadecimal)
        }
        func served(_ size: Int) throws -> SignedNote {
            let signed = try log.checkpoint(size)
            var note = signed.note
            try note.add([log.signer44.logSigner])
            return note
        }
        let known = [try log.signer.verifier, try log.signer44.verifier] as [any NoteVerifier]
        let right = try served(3)
        let line = right.signatures[1]
        let wrong = NoteSignature(name: line.name, keyID: line.keyID, signature: try served(4).signatures[1].signature)
        let notes: [(String, SignedNote)] = [
            ("a checkpoint with the log's lines of both algorithms", right),
            ("the checkpoint of an empty tree, the same", try served(0)),
            ("the ML-DSA-44 line alone", right.keepingSignatures { $0.keyID == line.keyID }),
            (
                "the ML-DSA-44 line of another checkpoint beside a right Ed25519 line",
                try SignedNote(text: right.text, signatures: [right.signatures[0], wrong])
            ),
        ]
        try hold(
            "mldsa44.json",
            Vectors(
                keys: [("log", logSeed, log.signer44), ("witness", witnessSeed, log.witness44)].map { role, seed, key in
                    Vectors.Key(
                        role: role, seedHex: hexadecimal(seed),
                        publicKeySHA256Hex: ReferenceTree.sha256(key.verifierKey.publicKey).hexadecimal,
                        verifierKey: key.verifierKey.description)
                },
                messages: [
                    try message("an empty tree, as of 1700000000", 1_700_000_000, 0..<0, .emptyTree),
                    try message("a checkpoint, as of 1700000000", 1_700_000_000, 0..<7, log.root(7)),
                    try message("a checkpoint, without time", 0, 0..<7, log.root(7)),
                    try message("a subtree", 0, 8..<13, Hash.root(over: log.leaves[8..<13])),
                ],
                notes: notes.map { what, note in
                    do throws(NoteError) {
                        return Vectors.Signed(
                            what: what, note: note.string, goodSignatures: try note.verified(by: known).count, refusal: nil)
                    } catch {
                        return Vectors.Signed(what: what, note: note.string, goodSignatures: nil, refusal: error.description)
                    }
                }))
    }

    @Test("Subtrees, their proofs, and a mirror's answers")
    func mirror() throws {
        struct Mirror: Codable, Equatable {
            struct Proof: Codable, Equatable {
                let start: UInt64
                let end: UInt64
                let size: UInt64
                let rootBase64: String
                let hashesBase64: [String]
            }
            struct Upload: Codable, Equatable {
                let what: String
                let pendingSizes: [UInt64]
                let mirroredSize: UInt64
                let nextEntry: UInt64
                let requestBase64: String
                let status: Int
                let body: String?
            }
            let entries: String
            let proofs: [Proof]
            let uploads: [Upload]
        }
        let log = try SampleLog(size: 300)
        var proofs: [Mirror.Proof] = []
        for (leaves, size) in [
            (0..<1, 1), (0..<4, 7), (0..<6, 7), (4..<6, 7), (4..<7, 7), (6..<7, 7), (8..<13, 20), (16..<20, 20), (0..<256, 300),
            (256..<300, 300),
            (256..<280, 300), (0..<299, 300),
        ] as [(Range<UInt64>, UInt64)] {
            let root = ReferenceTree.root(log.leaves[Int(leaves.lowerBound)..<Int(leaves.upperBound)])
            let proof = try SubtreeConsistencyProof(of: leaves, inTreeOf: size, tiles: log.tiles)
            proofs.append(
                Mirror.Proof(
                    start: leaves.lowerBound, end: leaves.upperBound, size: size, rootBase64: root.base64,
                    hashesBase64: proof.hashes.map(\.base64)))
        }
        func request(_ entries: Range<UInt64>, limit: Int = 32, damages: Bool = false) throws -> [UInt8] {
            let header = try AddEntriesHeader(origin: SampleLog.origin, entries: entries)
            let whole = try AddEntriesRequest(header, tiles: log.tiles) { Array(log.entries[Int($0.lowerBound)..<Int($0.upperBound)]) }
            let request = try AddEntriesRequest(header, packages: Array(whole.packages.prefix(limit)))
            var bytes = request.bytes
            if damages { bytes[bytes.count - 1] ^= 1 }
            return bytes
        }
        let cases: [(what: String, pending: [Int], mirrored: Int, next: UInt64, request: [UInt8])] = [
            ("all that is missing", [20], 0, 0, try request(0..<20)),
            ("all that is missing, from the middle of a bundle", [7, 20], 7, 7, try request(7..<20)),
            ("two packages", [300], 0, 0, try request(0..<300)),
            ("the first of two packages", [300], 0, 0, try request(0..<300, limit: 1)),
            ("some entries twice", [20], 0, 9, try request(5..<20)),
            ("no package", [20], 0, 0, try request(0..<20, limit: 0)),
            ("a question where to start", [7, 20], 7, 9, try request(0..<0)),
            ("past the next entry", [20], 0, 9, try request(10..<20)),
            ("a size that is not pending", [7, 20], 0, 0, try request(0..<19)),
            ("a smaller size than is mirrored", [7, 20], 20, 20, try request(5..<7)),
            ("a proof that does not hold", [300], 0, 0, try request(0..<300, limit: 1, damages: true)),
            ("a proof of the second package that does not hold", [300], 0, 0, try request(0..<300, damages: true)),
        ]
        try hold(
            "mirror.json",
            Mirror(
                entries: "the log is that of tree.json: entry i is the text \"act i\"", proofs: proofs,
                uploads: cases.map { what, pending, mirrored, next, body in
                    var state = MirrorState(
                        pending: try pending.map { try log.checkpoint($0) }, mirrored: mirrored > 0 ? try log.checkpoint(mirrored) : nil,
                        nextEntry: next)
                    let outcome = try answer(body, &state, log)
                    // A 200 carries cosignatures, and the bodies of refusals are for people.
                    let text = [202, 409].contains(outcome.status) ? outcome.reply().body : nil
                    return Mirror.Upload(
                        what: what, pendingSizes: pending.map { UInt64($0) }, mirroredSize: UInt64(mirrored), nextEntry: next,
                        requestBase64: Data(body).base64EncodedString(), status: outcome.status, body: text)
                }))
    }

    private func answer(_ body: [UInt8], _ state: inout MirrorState, _ log: SampleLog) throws -> AddEntriesOutcome {
        let request = try AddEntriesRequest.parse(body).request
        switch MirrorUpload.begin(request.header, state: state) {
        case .refused(let outcome): return outcome
        case .ready(var upload):
            for package in request.packages {
                let before = Array(log.leaves[Int(upload.needed.lowerBound)..<Int(upload.needed.upperBound)])
                do {
                    state.keep(try upload.take(package, leavesBefore: before).entries)
                } catch {
                    break
                }
            }
            return upload.finish(&state)
        }
    }
}
