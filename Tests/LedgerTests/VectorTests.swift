import Foundation
import Ledger
import Testing

/// Holds the published vectors (docs/vectors) to what the code makes. Set CHANCERY_WRITE_VECTORS to write them anew.
@Suite("Published vectors")
struct VectorTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "docs/vectors")

    static let isWriting = ProcessInfo.processInfo.environment["CHANCERY_WRITE_VECTORS"] != nil

    func hold<Vectors: Codable & Equatable>(_ name: String, _ vectors: Vectors) throws {
        let file = VectorTests.folder.appending(path: name)
        if VectorTests.isWriting {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try (encoder.encode(vectors) + Data("\n".utf8)).write(to: file)
        }
        let published = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
        #expect(published == vectors, "\(name) is not what the code makes")
    }

    @Test("Leaves, nodes and roots")
    func tree() throws {
        struct Tree: Codable, Equatable {
            struct Leaf: Codable, Equatable {
                let entryHex: String
                let hashHex: String
            }
            struct Root: Codable, Equatable {
                let size: Int
                let rootBase64: String
                let frontierBase64: [String]
            }
            struct Node: Codable, Equatable {
                let leftHex: String
                let rightHex: String
                let hashHex: String
            }
            let emptyTreeHex: String
            let leaves: [Leaf]
            let node: Node
            let entries: String
            let roots: [Root]
        }
        let log = try SampleLog(size: 65_537)
        let leaves = [[], [0], Array("act 0".utf8), [UInt8](repeating: 0xff, count: 63), [UInt8](repeating: 0x20, count: 1_024)]
        let sizes = Array(0...33) + [63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 1_023, 1_024, 1_025, 1_030, 65_536, 65_537]
        try hold(
            "tree.json",
            Tree(
                emptyTreeHex: Hash.emptyTree.hexadecimal,
                leaves: leaves.map { Tree.Leaf(entryHex: hexadecimal($0), hashHex: Hash.leaf($0).hexadecimal) },
                node: Tree.Node(
                    leftHex: log.leaves[0].hexadecimal, rightHex: log.leaves[1].hexadecimal,
                    hashHex: Hash.node(log.leaves[0], log.leaves[1]).hexadecimal),
                entries: "entry i is the text \"act i\", i in decimal, in UTF-8",
                roots: sizes.map { size in
                    var frontier = TreeFrontier()
                    frontier.append(Array(log.leaves.prefix(size)))
                    return Tree.Root(size: size, rootBase64: frontier.root.base64, frontierBase64: frontier.edge.map(\.base64))
                }))
    }

    @Test("Tile paths and right edges")
    func tiles() throws {
        struct Tiles: Codable, Equatable {
            struct Path: Codable, Equatable {
                let level: Int
                let index: UInt64
                let width: Int
                let tile: String
                let entries: String?
            }
            struct Edge: Codable, Equatable {
                let size: UInt64
                let tiles: [String]
            }
            struct Bundle: Codable, Equatable {
                let entriesHex: [String]
                let bundleHex: String
            }
            let paths: [Path]
            let notPaths: [String]
            let rightEdges: [Edge]
            let bundle: Bundle
        }
        let places: [(Int, UInt64, Int)] = [
            (0, 0, 256), (0, 0, 1), (0, 999, 255), (0, 1_000, 256), (0, 1_234_067, 256), (1, 1_234_067, 17), (63, 5, 256),
        ]
        let bundle = try EntryBundle([Array("act 0".utf8), [], Array("act 2".utf8)])
        let notPaths = [
            "tile/0/0", "tile/00/000", "tile/64/000", "tile/0/x000/001", "tile/0/001/002", "tile/0/000.p/0", "tile/0/000.p/256",
            "tile/0/000.p/01", "/tile/0/000",
        ]
        for path in notPaths { #expect(TileCoordinate(path: path) == nil) }
        try hold(
            "tiles.json",
            Tiles(
                paths: places.map { level, index, width in
                    Tiles.Path(
                        level: level, index: index, width: width,
                        tile: try #require(TileCoordinate(level: level, index: index, width: width)).path,
                        entries: level == 0 ? EntryBundleCoordinate(index: index, width: width)?.path : nil)
                },
                notPaths: notPaths,
                rightEdges: [0, 1, 255, 256, 257, 65_536, 65_537, 70_000, 16_777_216].map {
                    Tiles.Edge(size: $0, tiles: TileCoordinate.rightEdge(size: $0).map(\.path))
                },
                bundle: Tiles.Bundle(entriesHex: bundle.entries.map(hexadecimal), bundleHex: hexadecimal(bundle.bytes))))
    }

    @Test("Inclusion and consistency proofs")
    func proofs() throws {
        struct Proofs: Codable, Equatable {
            struct Inclusion: Codable, Equatable {
                let index: UInt64
                let size: UInt64
                let hashesBase64: [String]
            }
            struct Consistency: Codable, Equatable {
                let older: UInt64
                let newer: UInt64
                let hashesBase64: [String]
            }
            let entries: String
            let inclusion: [Inclusion]
            let consistency: [Consistency]
        }
        let log = try SampleLog(size: 65_537)
        var inclusion: [Proofs.Inclusion] = []
        var consistency: [Proofs.Consistency] = []
        for size in Array(1...8) as [UInt64] + [255, 256, 257, 1_030, 65_536, 65_537] {
            for index in size <= 8 ? Array(0..<size) : [0, size / 2, size - 1] {
                let proof = try InclusionProof(of: index, inTreeOf: size, tiles: log.tiles)
                inclusion.append(Proofs.Inclusion(index: index, size: size, hashesBase64: proof.hashes.map(\.base64)))
            }
            for older in size <= 8 ? Array(0...size) : [1, size / 2, size - 1] {
                let proof = try ConsistencyProof(from: older, to: size, tiles: log.tiles)
                consistency.append(Proofs.Consistency(older: older, newer: size, hashesBase64: proof.hashes.map(\.base64)))
            }
        }
        try hold(
            "proofs.json",
            Proofs(
                entries: "the trees are those of tree.json: entry i is the text \"act i\"", inclusion: inclusion,
                consistency: consistency))
    }

    @Test("Keys, notes and cosignatures")
    func notes() throws {
        struct Notes: Codable, Equatable {
            struct Key: Codable, Equatable {
                let role: String
                let seedHex: String?
                let type: UInt8
                let verifierKey: String
            }
            struct Signed: Codable, Equatable {
                let what: String
                let note: String
                let goodSignatures: Int?
                let refusal: String?
            }
            let keys: [Key]
            let notes: [Signed]
        }
        let log = try SampleLog(size: 1_030)
        let (logKey, witnessKey) = (log.signer.verifierKey, log.witness.verifierKey)
        let known = [try logKey.verifier(), try witnessKey.verifier()]
        let cosigned = try log.checkpoint(3, cosignedAt: 1_700_000_000)
        let stranger = try Ed25519NoteSigner(name: KeyName("stranger.example"), seed: Array(repeating: 8, count: 32))
        let wrong = NoteSignature(name: logKey.name, keyID: logKey.keyID, signature: [UInt8](repeating: 0, count: 64))
        let twoParts = "A text\n\nwith a blank line, and a line like a signature\n\n\(wrong.line)"
        let notes: [(String, SignedNote)] = [
            ("the checkpoint of an empty tree", try log.checkpoint(0).note),
            ("a checkpoint", try log.checkpoint(3).note),
            ("a checkpoint with a cosignature of 1700000000", cosigned.note),
            ("an unknown key beside the known one", try SignedNote(text: cosigned.note.text, signers: [stranger, log.signer])),
            ("a text with blank lines", try SignedNote(text: twoParts, signers: [log.signer])),
            ("only an unknown key", try SignedNote(text: cosigned.note.text, signers: [stranger])),
            (
                "a wrong signature by a known key beside a right one",
                try SignedNote(text: cosigned.note.text, signatures: [wrong] + cosigned.note.signatures)
            ),
        ]
        try hold(
            "notes.json",
            Notes(
                keys: [
                    Notes.Key(
                        role: "C2SP signed-note's example", seedHex: nil, type: 1,
                        verifierKey: VerifierKey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k").description),
                    Notes.Key(
                        role: "log", seedHex: hexadecimal(Array(repeating: 7, count: 32)), type: 1,
                        verifierKey: logKey.description),
                    Notes.Key(
                        role: "witness", seedHex: hexadecimal(Array(repeating: 9, count: 32)), type: 4,
                        verifierKey: witnessKey.description),
                ],
                notes: notes.map { what, note in
                    do throws(NoteError) {
                        return Notes.Signed(
                            what: what, note: note.string, goodSignatures: try note.verified(by: known).count, refusal: nil)
                    } catch {
                        return Notes.Signed(what: what, note: note.string, goodSignatures: nil, refusal: error.description)
                    }
                }))
    }

    @Test("Requests to a witness and its answers")
    func witness() throws {
        struct Witness: Codable, Equatable {
            struct Case: Codable, Equatable {
                let what: String
                let lastCosignedSize: UInt64
                let lastCosignedRootBase64: String
                let request: String
                let status: Int
                let contentType: String
                let body: String?
            }
            let origin: String
            let logKey: String
            let cases: [Case]
        }
        let log = try SampleLog(size: 20)
        let watched = WitnessedLog(origin: SampleLog.origin, verifiers: [try log.signer.verifierKey.verifier()])
        func request(_ old: UInt64, _ new: UInt64, proof: [Hash]? = nil, checkpoint: SignedCheckpoint? = nil) throws -> String {
            let honest = old <= new ? try ConsistencyProof(from: old, to: new, tiles: log.tiles).hashes : []
            let request = try AddCheckpointRequest(
                oldSize: old, proof: proof ?? honest, checkpoint: checkpoint ?? log.checkpoint(Int(new)))
            return String(decoding: request.bytes, as: UTF8.self)
        }
        func signed(_ size: UInt64, _ root: Hash, origin: String = SampleLog.origin) throws -> SignedCheckpoint {
            try SignedCheckpoint(Checkpoint(origin: origin, size: size, root: root), signers: [log.signer])
        }
        let stranger = try Ed25519NoteSigner(name: KeyName("stranger.example"), seed: Array(repeating: 8, count: 32))
        let unsigned = try SignedCheckpoint(log.checkpoint(7).checkpoint, signers: [stranger])
        let cases: [(String, UInt64, String)] = [
            ("the first checkpoint", 0, try request(0, 7)),
            ("a checkpoint that extends the last", 3, try request(3, 7)),
            ("the last checkpoint again", 7, try request(7, 7)),
            ("an empty log", 0, try request(0, 0)),
            ("malformed: a leading zero", 3, try request(3, 7).replacing("old 3", with: "old 03")),
            ("an old size larger than the checkpoint's", 8, try request(8, 7)),
            ("no signature by a trusted key", 0, try request(0, 7, checkpoint: unsigned)),
            (
                "a log that is not watched", 0,
                try request(0, 7, checkpoint: signed(7, log.root(7), origin: "log.example/other"))
            ),
            ("another old size than the last cosigned", 5, try request(3, 7)),
            ("a proof that does not hold", 3, try request(3, 7, proof: Array(log.leaves.prefix(4)))),
            ("a proof although nothing was cosigned before", 0, try request(0, 7, proof: [log.leaves[0]])),
            ("another root at the same size", 7, try request(7, 7, checkpoint: signed(7, log.root(6)))),
            ("no leaves, and a root as if there were", 0, try request(0, 0, checkpoint: signed(0, log.root(1)))),
        ]
        try hold(
            "witness.json",
            Witness(
                origin: SampleLog.origin, logKey: log.signer.verifierKey.description,
                cases: cases.map { what, size, body in
                    let state = WitnessedState(size: size, root: try log.root(Int(size)))
                    let outcome = AddCheckpointOutcome.decide(body: Array(body.utf8)) { origin in
                        origin == SampleLog.origin ? (watched, state) : nil
                    }
                    var lines: [NoteSignature] = []
                    if case .cosign(let checkpoint, _) = outcome {
                        lines = [try log.witness.cosign(checkpoint.note, at: 1_700_000_000)]
                    }
                    let reply = outcome.reply(cosignatures: lines)
                    // Bodies that the specification leaves open are for people, and no part of the vector.
                    let answer = [200, 409].contains(reply.status) ? reply.body : nil
                    return Witness.Case(
                        what: what, lastCosignedSize: size, lastCosignedRootBase64: state.root.base64, request: body,
                        status: reply.status, contentType: reply.contentType, body: answer)
                }))
    }

    @Test("A proof file and the policy it holds under")
    func proofFile() throws {
        let log = try SampleLog(size: 7)
        try hold("act-3.tlog-proof", log.proofFile(index: 3, size: 7, cosignedAt: 1_700_000_000).bytes)
        try hold("policy.txt", log.policy().bytes)
        let file = try ProofFile(parsing: Array(Data(contentsOf: VectorTests.folder.appending(path: "act-3.tlog-proof"))))
        let policy = try TrustPolicy(parsing: Array(Data(contentsOf: VectorTests.folder.appending(path: "policy.txt"))))
        let verdict = try file.verify(leaf: Hash.leaf(Array("act 3".utf8)), policy: policy)
        #expect(verdict.witnesses == [OpaqueText("w1")])
    }

    func hold(_ name: String, _ bytes: [UInt8]) throws {
        let file = VectorTests.folder.appending(path: name)
        if VectorTests.isWriting { try Data(bytes).write(to: file) }
        #expect(try Array(Data(contentsOf: file)) == bytes, "\(name) is not what the code makes")
    }

    func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
