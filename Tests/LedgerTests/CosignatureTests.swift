import Crypto
import Ledger
import Testing

@Suite("Cosignatures")
struct CosignatureTests {
    @Test("The specification's example message is what an Ed25519 cosigner signs")
    func message() throws {
        let key = Curve25519.Signing.PrivateKey()
        let cosigner = Ed25519Cosigner(name: try KeyName("witness.example.com/w1"), privateKey: key)
        let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
        let line = try cosigner.cosign(SignedNote(text: text, signatures: []), at: 1_679_315_147)
        #expect(line.signature.count == 72)
        let cosignature = try #require(Cosignature(line.signature))
        #expect(cosignature.time == 1_679_315_147)
        #expect(cosignature.bytes == line.signature)
        let message = Array(("cosignature/v1\ntime 1679315147\n" + text).utf8)
        #expect(key.publicKey.isValidSignature(cosignature.signature, for: message))
        #expect(
            line.keyID == VerifierKey.keyID(name: line.name, type: .ed25519Cosignature, publicKey: Array(key.publicKey.rawRepresentation)))
    }

    @Test("A cosignature holds for its checkpoint and its time only")
    func bound() throws {
        let log = try SampleLog(size: 5)
        let signed = try log.checkpoint(5, cosignedAt: 1_700_000_000)
        let verifier = try log.witness.verifierKey.verifier()
        let good = try signed.note.verified(by: [verifier])
        #expect(good.count == 1)
        let line = try #require(good.first)
        #expect(!verifier.isValid(line.signature, of: Array(try log.checkpoint(4).checkpoint.text.utf8)))
        for bit in 0..<(72 * 8) {
            var changed = line.signature
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!verifier.isValid(changed, of: signed.note.textBytes), "bit \(bit)")
        }
        #expect(!verifier.isValid(Array(line.signature.dropLast()), of: signed.note.textBytes))
        #expect(!verifier.isValid(line.signature + [0], of: signed.note.textBytes))
    }

    @Test("Nothing but checkpoints is cosigned, and no time past 2^63 - 1")
    func refusals() throws {
        let log = try SampleLog(size: 5)
        let note = try SignedNote(text: "a text\n", signers: [log.signer])
        #expect(throws: NoteError.notACheckpoint) { try log.witness.cosign(note, at: 1) }
        #expect(throws: NoteError.timeOutOfRange(1 << 63)) { try log.witness.cosign(log.checkpoint(5).note, at: 1 << 63) }
        #expect(Cosignature([0x80] + [UInt8](repeating: 0, count: 71)) == nil)
        #expect(Cosignature([UInt8](repeating: 0, count: 8)) == nil)
        #expect(throws: NoteError.timeOutOfRange(.max)) { try Cosignature(time: .max, signature: []) }
    }

    @Test("A witness that cosigned twice counts once, and a wrong line of it refuses the note")
    func twice() throws {
        let log = try SampleLog(size: 5)
        var signed = try log.checkpoint(5, cosignedAt: 1_700_000_000)
        try signed.add(log.witness.cosign(signed.note, at: 1_700_000_100))
        let verdict = try log.policy().evaluate(signed)
        #expect(verdict.witnesses == [OpaqueText("w1")])
        #expect(verdict.cosignatures.count == 2)
        let key = log.witness.verifierKey
        try signed.add(NoteSignature(name: key.name, keyID: key.keyID, signature: [UInt8](repeating: 1, count: 72)))
        #expect(throws: NoteError.badSignature(name: key.name, keyID: key.keyID)) { try log.policy().evaluate(signed) }
    }
}
