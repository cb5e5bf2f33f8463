public import Foundation
public import Seals

/// Puts signed manifests into files (C2PA 2.2).
///
///     let writer = ProvenanceWriter(identity: try seals.provenanceIdentity())
///     let bearing = try writer.attach(manifest, to: png, at: Date())
public struct ProvenanceWriter: Sendable {
    private let identity: SealIdentity

    /// - Parameter identity: on P-256.
    public init(identity: SealIdentity) {
        self.identity = identity
    }

    /// The file with its manifest; what else is in it stays as it is.
    ///
    /// - Parameters:
    ///   - manifest: what is to be said; the hash of the file before is set here.
    ///   - moment: when the file was embedded, which a PDF says of it.
    /// - Throws: ``SealError`` where the file is of no form that can carry a manifest, cannot be read, or bears one already.
    public func attach(_ manifest: ProvenanceManifest, to bytes: [UInt8], at moment: Date) throws -> [UInt8] {
        guard let form = ProvenanceForm(of: bytes) else {
            throw SealError(
                .unsupported, "Only PNG, JPEG, WebP, GIF and PDF files take a manifest here.", mend: "Publish the file without one.")
        }
        var manifest = manifest
        manifest.statement.file = Digest.sha256(bytes)
        let draft = Draft(manifest, form, identity)
        // The manifest says how long it is itself: its length is tried until it stays as it was. It only grows, by the digits of numbers.
        var length = try draft.store(start: 0, length: 0, hash: [UInt8](repeating: 0, count: 32), isSigned: false).count
        for _ in 0..<8 {
            let room = try room(for: length, in: bytes, form, moment)
            let framed = room.frame([UInt8](repeating: 0, count: length)).count
            let hash = Digest.sha256([room.before, room.after])
            let tried = try draft.store(start: room.before.count, length: framed, hash: hash, isSigned: false).count
            if tried == length {
                let store = try draft.store(start: room.before.count, length: framed, hash: hash, isSigned: true)
                return room.before + room.frame(store) + room.after
            }
            length = tried
        }
        throw SealError(.failed, "The manifest's length does not settle.", mend: "Publish the file without one, and report this.")
    }

    /// What stands before and behind the store, and how its bytes are framed.
    private struct Room {
        let before: [UInt8]
        let after: [UInt8]
        let frame: ([UInt8]) -> [UInt8]
    }

    private func room(for length: Int, in bytes: [UInt8], _ form: ProvenanceForm, _ moment: Date) throws -> Room {
        do {
            switch form {
            case .png:
                let place = try PNGFile.placeForStore(in: bytes)
                guard try PNGFile.find(in: bytes) == nil else { throw Self.already }
                return Room(before: Array(bytes[..<place]), after: Array(bytes[place...]), frame: PNGFile.chunk)
            case .jpeg:
                let place = try JPEGFile.placeForStore(in: bytes)
                guard try JPEGFile.find(in: bytes) == nil else { throw Self.already }
                return Room(before: Array(bytes[..<place]), after: Array(bytes[place...]), frame: JPEGFile.segments)
            case .webP:
                let place = try WebPFile.placeForStore(in: bytes)
                guard try WebPFile.find(in: bytes) == nil else { throw Self.already }
                let grown = try WebPFile.grown(bytes, by: WebPFile.chunk([UInt8](repeating: 0, count: length)).count)
                return Room(before: Array(grown[..<place]), after: Array(grown[place...]), frame: WebPFile.chunk)
            case .gif:
                let place = try GIFFile.placeForStore(in: bytes)
                guard try GIFFile.find(in: bytes) == nil else { throw Self.already }
                let newer = GIFFile.version("9", of: bytes)
                return Room(before: Array(newer[..<place]), after: Array(newer[place...]), frame: GIFFile.block)
            case .pdf:
                let manifest = try PDFManifest(length: length, in: bytes, at: moment)
                return Room(before: manifest.before, after: manifest.after) { $0 }
            }
        } catch let unreadable as UnreadableStore {
            throw SealError(
                .malformed, "The file cannot be read: \(unreadable.reason).", mend: "Save it again with the program that made it.")
        }
    }

    private static let already = SealError(
        .unsupported, "The file bears a manifest already.", mend: "Publish it with the manifest it has.")
}

/// A manifest under way: all that stays the same while its length is found.
private struct Draft {
    let manifest: ProvenanceManifest
    let identity: SealIdentity
    let label = "urn:c2pa:\(UUID().uuidString.lowercased())"
    let instance = "xmp:iid:\(UUID().uuidString.lowercased())"
    let assertions: [JUMBFBox]
    /// RIFF fills odd chunks up, and whether what fills them belongs to the manifest is read in two ways: there the store is made even.
    let isEven: Bool

    init(_ manifest: ProvenanceManifest, _ form: ProvenanceForm, _ identity: SealIdentity) {
        self.manifest = manifest
        self.identity = identity
        assertions = manifest.assertions(in: form)
        isEven = form == .webP
    }

    /// - Parameters:
    ///   - start: where in the file the store's frame begins.
    ///   - length: the frame's, in bytes.
    ///   - hash: of everything else.
    func store(start: Int, length: Int, hash: [UInt8], isSigned: Bool) throws -> [UInt8] {
        let store = try store(start: start, length: length, hash: hash, padding: 0, isSigned: isSigned)
        guard isEven, !store.count.isMultiple(of: 2) else { return store }
        return try self.store(start: start, length: length, hash: hash, padding: 1, isSigned: isSigned)
    }

    /// - Parameter padding: bytes that say nothing, to lengthen the store by.
    private func store(start: Int, length: Int, hash: [UInt8], padding: Int, isSigned: Bool) throws -> [UInt8] {
        let dataHash = JUMBFBox(
            .cbor, ProvenanceManifest.dataHash,
            cbor: .object([
                ("exclusions", .array([.object([("start", .integer(start)), ("length", .integer(length))])])),
                ("name", .text("jumbf manifest")), ("alg", .text("sha256")), ("hash", .bytes(hash)),
                ("pad", .bytes([UInt8](repeating: 0, count: padding))),
            ]))
        let boxes = [dataHash] + assertions
        let claim = CBORValue.object([
            ("instanceID", .text(instance)), ("claim_generator_info", .object([("name", .text(manifest.generator))])),
            ("signature", .text("self#jumbf=/c2pa/\(label)/\(ProvenanceManifest.signature)")),
            ("created_assertions", .array(boxes.map(ProvenanceManifest.reference))), ("dc:title", .text(manifest.title)),
            ("alg", .text("sha256")),
        ]).encoded
        let signature = try ClaimSignature.box(over: claim, chain: identity.chain, identity: isSigned ? identity : nil)
        let whole = JUMBFBox(
            .manifest, label,
            [
                .box(JUMBFBox(.assertions, ProvenanceManifest.assertions, boxes.map { .box($0) })),
                .box(JUMBFBox(.claim, ProvenanceManifest.claim, [.bytes("cbor", claim)])), .box(signature),
            ])
        return JUMBFBox(.store, "c2pa", [.box(whole)]).encoded
    }
}
