import Crypto
import Ledger
import Testing

@Suite("Signed notes")
struct NoteTests {
    let signer: Ed25519NoteSigner
    let verifier: any NoteVerifier

    init() throws {
        signer = try Ed25519NoteSigner(name: KeyName("log.example/acts"), seed: Array(repeating: 7, count: 32))
        verifier = try signer.verifierKey.verifier()
    }

    @Test("The specification's verifier key reads and writes back")
    func verifierKey() throws {
        let text = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
        let key = try VerifierKey(text)
        #expect(key.description == text)
        #expect(key.name.text == "example.com/foo")
        #expect(key.keyID == 0x530d_903a)
        #expect(key.type == .ed25519)
        #expect(key.publicKey.count == 32)
    }

    @Test(
        "Other spellings of a verifier key are refused",
        arguments: [
            "", "example.com/foo", "example.com/foo+530d903a", "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/fop+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+0530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k ", "a+b+c+d", "exam ple+530d903a+AQ==",
        ])
    func badVerifierKeys(text: String) {
        #expect(throws: NoteError.badVerifierKey(text)) { try VerifierKey(text) }
    }

    @Test("ECDSA keys have the identifier of their SPKI form, and keys without an algorithm here say so")
    func otherTypes() throws {
        let name = try KeyName("k")
        let digest = Array(SHA256.hash(data: [1, 2, 3] as [UInt8]).prefix(4))
        let key = VerifierKey(name: name, type: .ecdsa, publicKey: [1, 2, 3])
        #expect(key.keyID == digest.reduce(0) { $0 << 8 | UInt32($1) })
        #expect(try VerifierKey(key.description) == key)
        #expect(throws: NoteError.unsupportedSignatureType(2)) { try key.verifier() }
        let short = VerifierKey(name: name, type: .ed25519, publicKey: [1, 2, 3])
        #expect(throws: NoteError.badVerifierKey(short.description)) { try short.verifier() }
    }

    @Test("A signed text reads back and is believed for its key only")
    func roundTrip() throws {
        let text = "Ognuno sta solo sul cuor della terra\n\ned è subito sera.\n"
        let note = try SignedNote(text: text, signers: [signer])
        let read = try SignedNote(parsing: note.bytes)
        #expect(read == note && read.text == text)
        #expect(try read.verified(by: [verifier]) == note.signatures)
        let stranger = try Ed25519NoteSigner(name: KeyName("log.example/acts"), seed: Array(repeating: 8, count: 32))
        #expect(throws: NoteError.noKnownSignature) { try read.verified(by: [stranger.verifierKey.verifier()]) }
        #expect(throws: NoteError.noKnownSignature) { try read.verified(by: []) }
    }

    @Test("Unknown signatures are ignored; one wrong signature by a known key refuses the note, a right one beside it or not")
    func knownAndUnknown() throws {
        let stranger = try Ed25519NoteSigner(name: KeyName("stranger"), seed: Array(repeating: 8, count: 32))
        let good = try SignedNote(text: "text\n", signers: [stranger, signer])
        #expect(try good.verified(by: [verifier]).map(\.name.text) == ["log.example/acts"])
        let sameName = NoteSignature(name: signer.name, keyID: signer.keyID ^ 1, signature: [1])
        let sameID = NoteSignature(name: stranger.name, keyID: signer.keyID, signature: [1])
        for unknown in [sameName, sameID] {
            let note = try SignedNote(text: "text\n", signatures: [unknown] + good.signatures)
            #expect(try note.verified(by: [verifier]).count == 1)
        }
        let bad = NoteSignature(name: signer.name, keyID: signer.keyID, signature: [UInt8](repeating: 0, count: 64))
        for signatures in [[bad], [bad] + good.signatures, good.signatures + [bad]] {
            let note = try SignedNote(text: "text\n", signatures: signatures)
            #expect(throws: NoteError.badSignature(name: signer.name, keyID: signer.keyID)) { try note.verified(by: [verifier]) }
        }
        #expect(throws: NoteError.badSignature(name: signer.name, keyID: signer.keyID)) {
            try SignedNote(text: "other\n", signatures: good.signatures).verified(by: [verifier])
        }
    }

    @Test("Text and signatures part at the last blank line")
    func lastBlankLine() throws {
        let line = NoteSignature(name: try KeyName("k"), keyID: 1, signature: [9]).line
        let inner = "text\n\n" + line
        let note = try SignedNote(parsing: inner + "\n" + line)
        #expect(note.text == inner)
        #expect(note.signatures.count == 1)
    }

    @Test(
        "What is no note is refused, with the reason",
        arguments: [
            ("", .noSignatures), ("text\n", .noSignatures), ("text\n\n", .noSignatures), ("\n\u{2014} k AAAAAQk=\n", .noSignatures),
            ("text\n\n\u{2014} k AAAAAQk=", .noSignatures), ("text\n\n\u{2014} k AAAAAQk=\n\n", .noSignatures),
            ("text\u{1}\n\n\u{2014} k AAAAAQk=\n", .badText), ("text\r\n\n\u{2014} k AAAAAQk=\n", .badText),
            ("text\t\n\n\u{2014} k AAAAAQk=\n", .badText), ("text\n\n- k AAAAAQk=\n", .badSignatureLine(1)),
            ("text\n\n\u{2014} k AAAAAQk=\nmore\n", .badSignatureLine(2)), ("text\n\n\u{2014} k AAAAAQk\n", .badSignatureLine(1)),
            ("text\n\n\u{2014} k AAAAAQ==\n", .badSignatureLine(1)), ("text\n\n\u{2014} k+ AAAAAQk=\n", .badSignatureLine(1)),
            ("text\n\n\u{2014}  AAAAAQk=\n", .badSignatureLine(1)), ("text\n\n\u{2014} k\u{a0}l AAAAAQk=\n", .badSignatureLine(1)),
            ("text\n\n\u{2014} k AAAAAQk= \n", .badSignatureLine(1)), ("text\n\n\u{2014} k  AAAAAQk=\n", .badSignatureLine(1)),
            ("text\n\n\u{2014} k AAAAAQl=\n", .badSignatureLine(1)),
        ] as [(String, NoteError)])
    func malformed(text: String, error: NoteError) {
        #expect(throws: error) { try SignedNote(parsing: text) }
    }

    @Test("A note that is not UTF-8 is refused")
    func notUTF8() throws {
        let note = try SignedNote(text: "text\n", signers: [signer])
        #expect(throws: NoteError.badText) { try SignedNote(parsing: [0xc3] + note.bytes) }
        #expect(throws: NoteError.badText) { try SignedNote(parsing: [0xed, 0xa0, 0x80] + note.bytes) }
    }

    @Test("Limits: 100 signatures and 1,000,000 bytes pass, one more of either does not")
    func limits() throws {
        let lines = try (0..<101).map { NoteSignature(name: try KeyName("k\($0)"), keyID: 1, signature: [9]) }
        let full = try SignedNote(text: "text\n", signatures: Array(lines.prefix(100)))
        #expect(try SignedNote(parsing: full.bytes) == full)
        #expect(throws: NoteError.tooManySignatures) { try SignedNote(text: "text\n", signatures: lines) }
        #expect(throws: NoteError.tooManySignatures) { try SignedNote(parsing: full.string + lines[100].line) }
        var note = full
        #expect(throws: NoteError.tooManySignatures) { try note.add(lines[100]) }
        try note.add(lines[3])
        #expect(note == full, "a line that is there already is not added")

        let line = lines[0].line.utf8.count
        let text = String(repeating: "x", count: 1_000_000 - line - 2) + "\n"
        let largest = try SignedNote(text: text, signatures: [lines[0]])
        #expect(largest.bytes.count == 1_000_000)
        #expect(try SignedNote(parsing: largest.bytes) == largest)
        #expect(throws: NoteError.tooLong(1_000_001)) { try SignedNote(text: "x" + text, signatures: [lines[0]]) }
        #expect(throws: NoteError.tooLong(1_000_001)) { try SignedNote(parsing: Array("x".utf8) + largest.bytes) }
    }

    @Test("Names are compared by their bytes, not as Swift compares text")
    func namesAreBytes() throws {
        let (composed, decomposed) = (try KeyName("caf\u{e9}"), try KeyName("cafe\u{301}"))
        #expect(composed.text == decomposed.text && composed != decomposed)
        for bad in ["", "a b", "a+b", "a\u{2003}b", "a\nb", "a\u{0}", String(repeating: "a", count: 256)] {
            #expect(throws: NoteError.badKeyName(bad)) { try KeyName(bad) }
        }
    }

    @Test("A text that cannot stand in a note is not signed")
    func badTexts() {
        for text in ["", "no newline", "tab\t\n", "return\r\n"] {
            #expect(throws: NoteError.badText) { try SignedNote(text: text, signers: [signer]) }
        }
    }
}
