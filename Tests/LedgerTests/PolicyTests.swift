import Ledger
import Testing

@Suite("Trust policies")
struct PolicyTests {
    private static func witness(_ number: UInt8) throws -> Ed25519Cosigner {
        try Ed25519Cosigner(name: KeyName("witness.example/\(number)"), seed: Array(repeating: 100 + number, count: 32))
    }

    /// The specification's example: two of three X, and any of three Y.
    private static func example() throws -> String {
        let log = try SampleLog(size: 0)
        let keys = try (1...6).map { try witness($0).verifierKey.description }
        return """
            # two levels of groups
            log \(log.signer.verifierKey) https://log.example/acts

            witness X1 \(keys[0])
            witness X2 \(keys[1])\thttps://x2.example/
              witness X3 \(keys[2])
            group X-witnesses 2 X1 X2 X3

            witness Y1 \(keys[3])
            witness Y2 \(keys[4])
            witness Y3 \(keys[5])
            group Y-witnesses any Y1 Y2 Y3

            group X-and-Y all X-witnesses Y-witnesses
            quorum X-and-Y

            """
    }

    @Test("The specification's example counts witnesses as it says, for all 64 sets of them")
    func example() throws {
        let policy = try TrustPolicy(parsing: PolicyTests.example())
        #expect(policy.logs.count == 1 && policy.witnesses.count == 6 && policy.groups.count == 3)
        #expect(policy.logs[0].url == OpaqueText("https://log.example/acts"))
        #expect(policy.witnesses[1].url == OpaqueText("https://x2.example/"))
        #expect(try TrustPolicy(parsing: policy.bytes) == policy)
        let log = try SampleLog(size: 5)
        for set in 0..<64 {
            var signed = try log.checkpoint(5)
            for number in 1...6 where set >> (number - 1) & 1 == 1 {
                try signed.add(PolicyTests.witness(UInt8(number)).cosign(signed.note, at: 1))
            }
            let isEnough = (set & 0b111).nonzeroBitCount >= 2 && set & 0b111000 != 0
            if isEnough {
                #expect(try policy.evaluate(signed).witnesses.count == set.nonzeroBitCount)
            } else {
                #expect(throws: PolicyRefusal.self) { try policy.evaluate(signed) }
            }
        }
    }

    @Test("A cosignature without the log's own signature is not enough, and a log's key counts for its own origin only")
    func logs() throws {
        let log = try SampleLog(size: 5)
        let policy = try log.policy()
        let signed = try log.checkpoint(5, cosignedAt: 1)
        try policy.evaluate(signed)
        let cosignedOnly = try SignedCheckpoint(signed.note.keepingSignatures { $0.name == log.witness.verifierKey.name })
        #expect(throws: PolicyRefusal.notSignedByALog(origin: SampleLog.origin)) { try policy.evaluate(cosignedOnly) }
        var other = try SignedCheckpoint(
            Checkpoint(origin: "log.example/other", size: 5, root: log.root(5)), signers: [log.signer])
        try other.add(log.witness.cosign(other.note, at: 1))
        #expect(throws: PolicyRefusal.notSignedByALog(origin: "log.example/other")) { try policy.evaluate(other) }
        let open = try TrustPolicy(parsing: "quorum none\n")
        #expect(throws: PolicyRefusal.notSignedByALog(origin: SampleLog.origin)) { try open.evaluate(signed) }
        #expect(try open.evaluate(signed, knownLogs: [log.signer.verifierKey]).witnesses.isEmpty)
    }

    @Test("A witness whose algorithm is not known here never counts")
    func unknownAlgorithm() throws {
        let log = try SampleLog(size: 5)
        let key = VerifierKey(name: try KeyName("w"), type: .mlDSA44Cosignature, publicKey: Array(repeating: 1, count: 1_312))
        let policy = try TrustPolicy(parsing: "log \(log.signer.verifierKey)\nwitness w \(key)\nquorum w\n")
        var signed = try log.checkpoint(5)
        try signed.add(NoteSignature(name: key.name, keyID: key.keyID, signature: Array(repeating: 1, count: 2_428)))
        let verdict = policy
        #expect(throws: PolicyRefusal.noQuorum(witnesses: [])) {
            try verdict.evaluate(signed) { key throws(NoteError) in
                guard key.type == .ed25519 else { throw .unsupportedSignatureType(key.type.rawValue) }
                return try key.verifier()
            }
        }
    }

    @Test("Names are bytes: Kelvin is not K, and what is not UTF-8 is a name too")
    func opaqueNames() throws {
        let keys = try (1...3).map { try PolicyTests.witness($0).verifierKey.description }
        let text = "witness K \(keys[0])\nwitness \u{212a} \(keys[1])\nwitness "
        let bytes = Array(text.utf8) + [0xff, 0xfe] + Array(" \(keys[2])\ngroup g 2 K \u{212a} ".utf8) + [0xff, 0xfe]
        let policy = try TrustPolicy(parsing: bytes + Array("\nquorum g".utf8))
        #expect(policy.witnesses[2].name.bytes == [0xff, 0xfe])
        #expect(policy.isQuorum([OpaqueText("K"), OpaqueText(bytes: [0xff, 0xfe])]))
        #expect(!policy.isQuorum([OpaqueText("K")]))
        #expect(try TrustPolicy(parsing: policy.bytes) == policy)
    }

    @Test("Each rule of the format is held, and the line named")
    func rules() throws {
        let (first, second) = (try PolicyTests.witness(1).verifierKey, try PolicyTests.witness(2).verifierKey)
        let log = try SampleLog(size: 0).signer.verifierKey
        let renamed = VerifierKey(name: try KeyName("other"), type: .ed25519, publicKey: log.publicKey)
        let start = "witness a \(first)\nwitness b \(second)\n"
        let cases: [(String, PolicyError)] = [
            ("", .noQuorum), (start, .noQuorum), ("quorum none\nquorum none\n", .atLine(2, .secondQuorum)),
            ("quorum a\n", .atLine(1, .undefined(OpaqueText("a")))),
            ("quorum a\nwitness a \(first)\n", .atLine(1, .undefined(OpaqueText("a")))),
            (start + "group g 0 a b\nquorum g\n", .atLine(3, .badThreshold(OpaqueText("g")))),
            (start + "group g 3 a b\nquorum g\n", .atLine(3, .badThreshold(OpaqueText("g")))),
            (start + "group g -1 a b\nquorum g\n", .atLine(3, .badThreshold(OpaqueText("g")))),
            (start + "group g 01 a b\nquorum g\n", .atLine(3, .badThreshold(OpaqueText("g")))),
            (start + "group g any\nquorum none\n", .atLine(3, .wrongNumberOfWords)),
            (start + "group g any c\nquorum none\n", .atLine(3, .undefined(OpaqueText("c")))),
            (start + "group g any none\nquorum none\n", .atLine(3, .undefined(OpaqueText("none")))),
            (start + "group g any g\nquorum none\n", .atLine(3, .undefined(OpaqueText("g")))),
            (start + "group g any a a\nquorum none\n", .atLine(3, .alreadyInAGroup(OpaqueText("a")))),
            (start + "group g any a\ngroup h any a b\nquorum h\n", .atLine(4, .alreadyInAGroup(OpaqueText("a")))),
            (start + "group a any b\nquorum none\n", .atLine(3, .definedBefore(OpaqueText("a")))),
            ("witness none \(first)\nquorum none\n", .atLine(1, .definedBefore(OpaqueText("none")))),
            ("witness a \(first)\nwitness a \(second)\nquorum a\n", .atLine(2, .definedBefore(OpaqueText("a")))),
            ("witness a \(first)\nwitness b \(first)\nquorum a\n", .atLine(2, .repeatedKey(first))),
            ("log \(log)\nlog \(renamed)\nquorum none\n", .atLine(2, .repeatedKey(renamed))),
            ("witness a \(log)\nquorum a\n", .atLine(1, .notACosignatureKey(log))),
            ("log key\nquorum none\n", .atLine(1, .badKey(OpaqueText("key")))),
            ("logs \(log)\nquorum none\n", .atLine(1, .unknownKeyword(OpaqueText("logs")))),
            ("log \(log) url more\nquorum none\n", .atLine(1, .wrongNumberOfWords)), ("log\n", .atLine(1, .wrongNumberOfWords)),
            ("# comment\r\nquorum none\n", .atLine(1, .controlCharacter)),
            ("quorum none\n\u{7f}", .atLine(2, .controlCharacter)), ("quorum\n", .atLine(1, .wrongNumberOfWords)),
        ]
        for (text, error) in cases { #expect(throws: error, "\(text)") { try TrustPolicy(parsing: text) } }
    }

    @Test("A chain of groups as long as the limit is read and counted; one more is refused")
    func longChain() throws {
        let key = try PolicyTests.witness(1).verifierKey
        func chain(_ groups: Int) -> String {
            "witness g0 \(key)\n" + (1...groups).map { "group g\($0) any g\($0 - 1)\n" }.joined() + "quorum g\(groups)\n"
        }
        let policy = try TrustPolicy(parsing: chain(TrustPolicy.most))
        #expect(policy.isQuorum([OpaqueText("g0")]) && !policy.isQuorum([]))
        #expect(throws: PolicyError.atLine(TrustPolicy.most + 2, .tooMany("group"))) {
            try TrustPolicy(parsing: chain(TrustPolicy.most + 1))
        }
        #expect(throws: PolicyError.tooLong(TrustPolicy.longest + 1)) {
            try TrustPolicy(parsing: [UInt8](repeating: 0x0a, count: TrustPolicy.longest + 1))
        }
    }
}
