import Acts
import Foundation
import Testing

@testable import Federation

/// Files of private keys, and files of several proofs.
@Suite("Key files and bundles of proofs")
struct KeyFileTests {
    @Test("A file of keys is its owner's alone, replaces the old one whole, and what a broken attempt left behind is no hindrance")
    func keyFiles() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-keys-\(UUID().uuidString)").path(
            percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try KeyFile.makeFolder(folder)
        let path = folder + "/office.key"
        try Data("left behind".utf8).write(to: URL(filePath: path + ".new"))
        try KeyFile.write("first\n", to: path)
        try KeyFile.write("second\n", to: path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "second\n")
        #expect(!FileManager.default.fileExists(atPath: path + ".new"))
        for (name, mode) in [(path, 0o600), (folder, 0o700)] {
            #expect(try FileManager.default.attributesOfItem(atPath: name)[.posixPermissions] as? Int == mode, "\(name)")
        }
        #expect(throws: KeyFile.Failure.self) { try KeyFile.write("x", to: folder + "/nowhere/office.key") }
    }

    @Test("A bundle is read as it was written, and whatever else comes is refused with its place")
    func bundles() throws {
        let proofs = [Array("c2sp.org/tlog-proof@v1\nindex 0\n\n".utf8), Array("second".utf8)]
        let bytes = ProofBundle(proofs).json.canonicalBytes
        #expect(try ProofBundle(parsing: bytes).proofs == proofs)
        for wrong in [
            "", "{}", "[]", #"{"format":"chancery-proofs/2","proofs":["a"]}"#, #"{"format":"chancery-proofs/1","proofs":[]}"#,
            #"{"format":"chancery-proofs/1","proofs":[1]}"#, #"{"format":"chancery-proofs/1","proofs":["a"],"more":1}"#,
            #"{"format":"chancery-proofs/1","proofs":\#([String](repeating: "a", count: 1_001))}"#,
        ] {
            #expect(throws: (any Error).self, "\(wrong.prefix(60))") { try ProofBundle(parsing: Array(wrong.utf8)) }
        }
        // Bytes changed at random are read as a bundle or refused, never anything else.
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            var changed = bytes
            for _ in 0...Int.random(in: 0..<3, using: &generator) {
                changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            if let bundle = try? ProofBundle(parsing: changed) { #expect((1...ProofBundle.most).contains(bundle.proofs.count)) }
        }
    }
}
