import Acts
import Foundation
import Hummingbird
import Ledger
import Logging
import NIOCore
import Provenance
import Record
import Seals
import Web

/// What a statement is passed on as bears a signed manifest (C2PA): which statement it is of, where it was released, and the proof.
extension StatementPages {
    /// Longest payload that goes into a manifest with its proof, in bytes.
    private static let longestProof = 96 << 10

    /// - Parameter tag: the language of the rendering; `nil`: it is in none.
    func mark(_ statement: PublicStatement, _ tag: String?) throws -> StatementMark {
        guard let entry = try house.record.entry(at: statement.entry) else { throw PressCommands.noStatement }
        let act = statement.act
        // Without a proof the manifest still names the leaf: a checkpoint that covers it comes later.
        let proof = (try? EntryProof(of: entry, in: house.record, includesPayload: true)).map { $0.file.bytes }
        return StatementMark(
            node: house.record.origin,
            address: "\(origin)/statements/\(act.statement)?version=\(act.version)\(tag.map { "&text=\($0)" } ?? "")",
            check: "\(origin)/v/\(act.code)", code: act.code, version: act.version, language: tag, entry: statement.entry,
            leaf: Hash.leaf(entry.leaf).bytes, released: statement.released,
            proof: proof.flatMap { $0.count <= Self.longestProof ? String(decoding: $0, as: UTF8.self) : nil })
    }

    /// A file with its manifest; as it is where this node signs none, or the file takes none.
    func bearing(_ bytes: [UInt8], of statement: PublicStatement, _ tag: String?, _ beginning: ProvenanceManifest.Beginning) async throws
        -> [UInt8]
    {
        guard let provenance = press.provenance, ProvenanceForm(of: bytes) != nil else { return bytes }
        let shown = tag ?? statement.act.content.authoritative
        let manifest = ProvenanceManifest(
            title: statement.act.content.texts[shown]?.title ?? statement.act.code, beginning: beginning,
            statement: try mark(statement, tag))
        do {
            return try await press.attach(manifest, to: bytes, provenance, at: statement.released)
        } catch {
            // People get the file all the same; whoever keeps the node must hear of it.
            house.logger.warning(
                "a file of a statement is published without a manifest", metadata: ["code": "\(statement.act.code)", "reason": "\(error)"])
            return bytes
        }
    }

    /// A statement's paper with the seal of the office that released it, and so without a manifest: either would break the other.
    func sealed(_ pdf: [UInt8], of statement: PublicStatement, _ tag: String) async throws -> [UInt8] {
        guard let seals = press.provenance else {
            throw Refusal(
                .notFound, code: "press.no-seal", "This node has no seals.", mend: "Take the PDF without a seal.",
                citation: "docs/seals.md")
        }
        // The name goes into the office's certificate at its first seal, so it is the same in whatever language the paper is.
        let name = statement.name(statement.act.officeName, "en") ?? statement.act.office
        let language = house.catalogue.language(tag) ?? .english
        let reason = house.catalogue.text("press.seal.reason", ["code": .text(statement.act.code)], language)
        return try await press.seal(pdf, as: PDFSeal(name: name, reason: reason), by: statement.act.office, seals)
    }

    /// A file of a statement, its manifest with it; `?original=1`: byte for byte as it was approved.
    func medium(_ request: Request, _ visit: Visit) async throws -> Response {
        let isOriginal = try visit.query.filled("original", longest: 8) == "1"
        return try await house.cached(request, visit, dependsOn: Self.dependency) {
            let statement = try await found(visit)
            guard let place = Int(try visit.parameter("place")), statement.act.content.media.indices.contains(place) else {
                throw PressCommands.noStatement
            }
            let medium = statement.act.content.media[place]
            let bytes = try Self.bytes(of: medium, house)
            return Self.file(medium, isOriginal ? bytes : try await bearing(bytes, of: statement, nil, .opened))
        }
    }
}
