import Acts
import Foundation
import Seals
import TestSupport
import Testing

@testable import Provenance

/// Manifests in files (C2PA): what they say is what was said, whatever is changed afterwards is seen, and other people's code agrees.
@Suite("Provenance of files")
struct ProvenanceTests {
    static let cases: [(ProvenanceForm, ProvenanceManifest.Beginning)] = [
        (.png, .created), (.jpeg, .opened), (.webP, .opened), (.gif, .opened), (.pdf, .created),
    ]

    @Test("A manifest says which statement the file is of, and holds under the node's root and no other", arguments: cases)
    func saysWhatWasSaid(form: ProvenanceForm, beginning: ProvenanceManifest.Beginning) async throws {
        let sample = try Sample()
        let file = try Sample.file(form)
        let manifest = Sample.manifest(beginning)
        let bearing = try sample.attach(manifest, to: file)
        let finding = try #require(await sample.reader.read(bearing, now: Date()))
        #expect(finding.holds, "\(finding.faults)")
        #expect(finding.title == "On the ceasefire" && finding.generator == "Chancery" && finding.form == form)
        var expected = manifest.statement
        expected.file = Digest.sha256(file)
        #expect(finding.statement == expected)
        if form != .pdf { #expect(finding.bare == file, "the file without its manifest is the file") }
        #expect(await sample.reader.read(file, now: Date()) == nil)

        let stranger = try Sample()
        #expect(await stranger.reader.read(bearing, now: Date())?.faults == [.untrusted])
        #expect(await ProvenanceReader(roots: []).read(bearing, now: Date())?.faults == [.untrusted])
        #expect(throws: SealError.self) { try sample.attach(manifest, to: bearing) }
    }

    @Test("A GIF of the older version comes back as it was, and pictures whose bytes go on beyond their end keep them")
    func olderAndLonger() async throws {
        let sample = try Sample()
        let older = GIFFile.version("7", of: Sample.gif)
        for file in [older, Sample.gif + [1, 2, 3], Sample.webP + [1, 2, 3]] {
            let bearing = try sample.attach(Sample.manifest(.opened), to: file)
            let finding = try #require(await sample.reader.read(bearing, now: Date()))
            #expect(finding.holds && finding.bare == file, "\(finding.faults)")
        }
        // Neither of them breaks off where it should not.
        for file in [Sample.gif, Sample.webP] {
            for count in 6..<20 { #expect(throws: SealError.self) { try sample.attach(Sample.manifest(), to: Array(file.prefix(count))) } }
        }
    }

    @Test("A manifest longer than a JPEG's segment goes into several")
    func longManifests() async throws {
        let sample = try Sample()
        let proof = String(repeating: "a long proof of many languages\n", count: 6_000)
        for form in ProvenanceForm.allCases {
            let bearing = try sample.attach(Sample.manifest(proof: proof), to: try Sample.file(form))
            let finding = try #require(await sample.reader.read(bearing, now: Date()))
            #expect(finding.holds && finding.statement?.proof == proof, "\(form): \(finding.faults)")
        }
    }

    @Test("Whatever bit is changed: the file is found changed, or what holds says the same", arguments: ProvenanceForm.allCases)
    func changesAreSeen(form: ProvenanceForm) async throws {
        let sample = try Sample()
        let bearing = try sample.attach(Sample.manifest(), to: try Sample.file(form))
        let reader = sample.reader
        let original = try #require(await reader.read(bearing, now: Date())?.statement)
        let place: Range<Int>
        switch form {
        case .png: place = try #require(try PNGFile.find(in: bearing)).place
        case .jpeg: place = try #require(try JPEGFile.find(in: bearing)).place
        case .webP: place = try #require(try WebPFile.find(in: bearing)).place
        case .gif: place = try #require(try GIFFile.find(in: bearing)).place
        case .pdf: place = try #require(try PDFManifest.find(in: bearing))
        }
        var generator = SeededGenerator.fresh()
        for _ in 0..<200 {
            let at = Int.random(in: 0..<bearing.count, using: &generator)
            var changed = bearing
            changed[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            let finding = await reader.read(changed, now: Date())
            if place.contains(at) {
                // Only what nobody reads, such as the toggles of a box that no hash is over, may change and stay unnoticed.
                if let finding, finding.holds { #expect(finding.statement == original, "byte \(at), seed \(generator.seed)") }
            } else {
                #expect(finding?.holds != true, "byte \(at), seed \(generator.seed)")
                // Who said what is known still, where the manifest was found.
                if let finding, finding.isSignedByTrusted { #expect(finding.statement == original && finding.faults == [.file]) }
            }
        }
    }

    @Test("No bytes make the reader fail: damaged files, and such as only begin like one")
    func survivesAnything() async throws {
        let sample = try Sample()
        let reader = sample.reader
        var generator = SeededGenerator.fresh()
        for form in ProvenanceForm.allCases {
            let bearing = try sample.attach(Sample.manifest(), to: try Sample.file(form))
            let original = try #require(await reader.read(bearing, now: Date()))
            for _ in 0..<100 {
                let damaged = Self.damaged(bearing, &generator)
                if let finding = await reader.read(damaged, now: Date()), finding.holds {
                    // Only in PNG has a store a checksum of its own; elsewhere it may be changed where nobody reads it.
                    let isWithoutSum = form != .png && finding.statement == original.statement && finding.bare == original.bare
                    #expect(damaged == bearing || isWithoutSum, "\(form), seed \(generator.seed)")
                }
            }
            for _ in 0..<100 {
                let noise = (0..<Int.random(in: 0...400, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator) }
                _ = await reader.read(Array(bearing.prefix(12)) + noise, now: Date())
                _ = JUMBFBox.whole(noise)
                if let value = CBORReader.whole(noise) { #expect(CBORReader.whole(value.encoded) == value, "seed \(generator.seed)") }
            }
        }
        // Depth and counts are bounded.
        #expect(CBORReader.whole([UInt8](repeating: 0x81, count: 100_000)) == nil)
        #expect(CBORReader.whole([0x9B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]) == nil)
        #expect(CBORReader.whole([0xA2, 0x01, 0x02, 0x01, 0x03]) == nil, "a key that comes twice")
    }

    private static func damaged(_ original: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...40, using: &generator)))
            case 2: bytes += bytes[at...]
            case 3: bytes.insert([0x0A, 0x28, 0x3C, 0x00, 0xFF, 0x9F].randomElement(using: &generator) ?? 0, at: at)
            default: bytes.removeSubrange(at...)
            }
        }
        return bytes
    }

    @Test("More than the store left out of the file's hash is no binding")
    func exclusionsAreTheStoreAlone() async throws {
        // A store that is signed, moved in front of a longer gap: its exclusion no longer is the store's own place.
        let sample = try Sample()
        let bearing = try sample.attach(Sample.manifest(), to: try Sample.png())
        let found = try #require(try PNGFile.find(in: bearing))
        var moved = Array(bearing[..<found.place.upperBound])
        moved +=
            BigEndian.bytes(4, 4) + Array("teXt".utf8) + [1, 2, 3, 4]
            + BigEndian.bytes(Int(CRC32.of(Array("teXt".utf8) + [1, 2, 3, 4])), 4)
        moved += bearing[found.place.upperBound...]
        #expect(await sample.reader.read(moved, now: Date())?.faults == [.file])
    }

    @Test("A PDF/A-2b is a PDF/A-3b with its manifest, and a sealed PDF takes none")
    func paperKeeps() throws {
        let sample = try Sample()
        let paper = try Sample.pdf()
        let bearing = try sample.write("bearing.pdf", try sample.attach(Sample.manifest(), to: paper))
        if let found = try Peer.archive(bearing) { #expect(found.contains("PDF/A-3b: nothing found"), "\(found)") }
        let sealed = try sample.seals.seal(pdf: paper, as: PDFSeal(name: "Ministry", reason: "Published"), by: "press")
        #expect(throws: SealError.self) { try sample.attach(Sample.manifest(), to: sealed) }
    }

    @Test("c2pa-python finds them valid, trusted under the root, and changed files invalid")
    func othersAgree() async throws {
        let sample = try Sample()
        let root = try sample.write("root.pem", Array(try sample.seals.root.pemText.utf8))
        var files: [String] = []
        for (form, beginning) in Self.cases {
            let endings: [ProvenanceForm: String] = [.png: "png", .jpeg: "jpg", .webP: "webp", .gif: "gif", .pdf: "pdf"]
            let ending = try #require(endings[form])
            let bearing = try sample.attach(Sample.manifest(beginning), to: try Sample.file(form))
            files.append(try sample.write("whole.\(ending)", bearing))
            var changed = bearing
            switch form {
            case .png: changed[changed.count - 20] ^= 1
            case .jpeg, .gif: changed[changed.count - 4] ^= 1
            case .webP: changed[24] ^= 1
            case .pdf: changed[try #require(bearing.firstRange(of: Array("/Subject (Statement 7".utf8))).upperBound] ^= 1
            }
            files.append(try sample.write("changed.\(ending)", changed))
        }
        guard let lines = try Peer.check(root: root, files: files) else { return }
        #expect(lines.count == 2 * Self.cases.count)
        for (place, line) in lines.enumerated() {
            let (form, beginning) = Self.cases[place / 2]
            #expect(
                line["error"] == nil && line["code"] as? String == "7K3M-92QD" && line["title"] as? String == "On the ceasefire", "\(line)")
            let first = beginning == .created ? "c2pa.created" : "c2pa.opened"
            #expect(line["actions"] as? [String] == [first, "c2pa.published"], "\(form): \(line)")
            if place % 2 == 0 {
                #expect(line["state"] as? String == "Valid" && line["failures"] as? [String] == ["signingCredential.untrusted"], "\(line)")
                #expect(line["trusted"] as? String == "Trusted" && (line["trustedFailures"] as? [String])?.isEmpty == true, "\(line)")
            } else {
                #expect(line["state"] as? String == "Invalid" && line["trusted"] as? String == "Invalid", "\(line)")
                #expect(line["trustedFailures"] as? [String] == ["assertion.dataHash.mismatch"], "\(line)")
            }
        }
    }
}
