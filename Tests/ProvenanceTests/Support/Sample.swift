import Acts
import Foundation
import Seals
import Testing
import Typesetting

@testable import Provenance

/// A node's seals in a folder of their own, and files of each form, as the press desk makes them.
struct Sample: ~Copyable {
    let folder: String
    let seals: SealingOffice

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "chancery-provenance-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        seals = try SealingOffice(dataFolder: folder, node: "Ministry of Examples")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
        return "\(folder)/\(name)"
    }

    func attach(_ manifest: ProvenanceManifest, to bytes: [UInt8]) throws -> [UInt8] {
        try ProvenanceWriter(identity: try seals.provenanceIdentity()).attach(
            manifest, to: bytes, at: Date(timeIntervalSince1970: 1_780_000_000))
    }

    var reader: ProvenanceReader { ProvenanceReader(roots: [seals.root]) }

    static func manifest(_ beginning: ProvenanceManifest.Beginning = .created, proof: String? = "a proof\n") -> ProvenanceManifest {
        ProvenanceManifest(
            title: "On the ceasefire", beginning: beginning,
            statement: StatementMark(
                node: "mfa.example/record", address: "https://mfa.example/statements/on-the-ceasefire?version=1",
                check: "https://mfa.example/v/7K3M-92QD", code: "7K3M-92QD", version: 1, language: "en", entry: 41,
                leaf: [UInt8](repeating: 7, count: 32), released: Moment(milliseconds: 1_780_000_000_000), proof: proof))
    }

    static func png() throws -> [UInt8] {
        try Typesetter().png(
            PrintedPicture(
                width: 120, height: 60, background: .init(0xFDFCF9),
                bars: [.init(x: 0, y: 0, width: 60, height: 12, colour: .init(0x0B5D66))],
                lines: []))
    }

    static func pdf() throws -> [UInt8] {
        try Typesetter().set(
            PrintedDocument(
                title: "On the ceasefire", author: "Ministry of Examples", subject: "Statement 7K3M-92QD, en", creator: "Chancery",
                language: "en", created: Date(timeIntervalSince1970: 1_780_000_000),
                sections: [
                    PrintedSection(
                        language: "en", arrangement: .even, headStart: "Ministry", headEnd: "7K3M-92QD", foot: "mfa.example",
                        blocks: [.paragraph(PrintedParagraph(PrintedText("The Government welcomes the ceasefire."), alignment: .start))])
                ])
        ).bytes
    }

    /// One grey dot: JFIF, a table of quantization, arithmetic coding.
    static func jpeg() -> [UInt8] {
        var bytes: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF".utf8) + [0, 1, 1, 0, 0, 1, 0, 1, 0, 0]
        bytes += [0xFF, 0xDB, 0, 67, 0] + [UInt8](repeating: 3, count: 64)
        bytes += [0xFF, 0xC9, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xFF, 0xCC, 0, 6, 0, 0x10, 0x10, 5]
        return bytes + [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0x3F, 0, 0xD2, 0xCF, 0x20, 0xFF, 0xD9]
    }

    /// One dot without loss.
    static let webP: [UInt8] =
        Array("RIFF".utf8) + [0x1A, 0, 0, 0] + Array("WEBPVP8L".utf8)
        + [0x0D, 0, 0, 0, 0x2F, 0, 0, 0, 0x10, 0x07, 0x10, 0x11, 0x11, 0x88, 0x88, 0xFE, 0x07, 0]

    /// One white dot, of two colours.
    static let gif: [UInt8] =
        Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0xFF, 0xFF, 0xFF, 0, 0, 0]
        + [0x21, 0xF9, 4, 0, 0, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B]

    static func file(_ form: ProvenanceForm) throws -> [UInt8] {
        switch form {
        case .png: try png()
        case .jpeg: jpeg()
        case .webP: webP
        case .gif: gif
        case .pdf: try pdf()
        }
    }
}
