import Ledger
import Testing

@Suite("Checkpoints")
struct CheckpointTests {
    @Test("A checkpoint is three lines, and reads back")
    func roundTrip() throws {
        let log = try SampleLog(size: 3)
        let signed = try log.checkpoint(3)
        #expect(signed.note.text == "log.example/acts\n3\nnYAffGWl3RUg03+HsPLwIkq2LXBtdbWESnE3tjWWLMo=\n")
        let read = try SignedCheckpoint(parsing: signed.note.bytes)
        #expect(read == signed)
        try read.verified(origin: SampleLog.origin, by: [log.signer.verifierKey.verifier()])
        let extended = try Checkpoint(origin: "a log", size: 0, root: .emptyTree, extensionLines: ["one", "two three"])
        #expect(try Checkpoint(parsing: Array(extended.text.utf8)) == extended)
    }

    @Test("A checkpoint of another log is not taken for the one asked for")
    func otherOrigin() throws {
        let log = try SampleLog(size: 3)
        #expect(throws: CheckpointError.otherOrigin(expected: "log.example/other", found: SampleLog.origin)) {
            try log.checkpoint(3).verified(origin: "log.example/other", by: [log.signer.verifierKey.verifier()])
        }
    }

    @Test(
        "What is no checkpoint is refused, with the reason",
        arguments: [
            ("", .endsEarly), ("o\n3\n", .endsEarly), ("o\n3\nROOT", .endsEarly), ("\n3\nROOT\n", .badOrigin),
            ("o\n03\nROOT\n", .badSize), ("o\n-3\nROOT\n", .badSize), ("o\n+3\nROOT\n", .badSize), ("o\n\nROOT\n", .badSize),
            ("o\n3 \nROOT\n", .badSize), ("o\n9223372036854775808\nROOT\n", .badSize),
            ("o\n99999999999999999999999\nROOT\n", .badSize), ("o\n٣\nROOT\n", .badSize), ("o\n3\n\n", .badRoot),
            ("o\n3\nAAAA\n", .badRoot), ("o\n3\nROOT \n", .badRoot), ("o\n3\nROOT\n\n", .badExtensionLine),
        ] as [(String, CheckpointError)])
    func malformed(text: String, error: CheckpointError) {
        let root = Hash.emptyTree.base64
        #expect(throws: error) { try Checkpoint(parsing: Array(text.replacing("ROOT", with: root).utf8)) }
    }

    @Test("The largest size is 2^63 - 1")
    func largestSize() throws {
        let largest = try Checkpoint(origin: "o", size: UInt64(Int64.max), root: .zero)
        #expect(try Checkpoint(parsing: Array(largest.text.utf8)) == largest)
        #expect(throws: CheckpointError.badSize) { try Checkpoint(origin: "o", size: 1 << 63, root: .zero) }
        #expect(throws: CheckpointError.badOrigin) { try Checkpoint(origin: "o\n", size: 1, root: .zero) }
        #expect(throws: CheckpointError.badExtensionLine) {
            try Checkpoint(origin: "o", size: 1, root: .zero, extensionLines: [""])
        }
    }

    @Test("Every single flipped bit of a signed checkpoint is refused")
    func flippedBits() throws {
        let log = try SampleLog(size: 7)
        let verifiers = [try log.signer.verifierKey.verifier()]
        let bytes = try log.checkpoint(7).note.bytes
        for bit in 0..<(bytes.count * 8) {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: (any Error).self, "bit \(bit)") {
                try SignedCheckpoint(parsing: changed).verified(origin: SampleLog.origin, by: verifiers)
            }
        }
    }
}
