public import Foundation
import Seals
public import X509

/// Reads the manifest of a file and checks it (C2PA 2.2, 15): the signature, what it covers, and the file's own bytes.
///
/// Read are manifests that are bound by a hash over the whole file, in PNG, JPEG, WebP, GIF and PDF. Ingredients' manifests are not followed.
public struct ProvenanceReader: Sendable {
    /// Bytes of the longest store that is read.
    static let longestStore = 8 << 20

    private let path: CertificatePath

    /// - Parameter roots: those that are trusted.
    public init(roots: [Certificate]) {
        path = CertificatePath(roots: roots)
    }

    /// What the file's manifest says; `nil` where it bears none, or is of another form.
    ///
    /// - Parameter now: when the signer's certificate must be good.
    public func read(_ bytes: [UInt8], now: Date) async -> ProvenanceFinding? {
        guard let form = ProvenanceForm(of: bytes) else { return nil }
        var finding = ProvenanceFinding(form: form)
        let found: FoundStore
        do {
            guard let store = try Self.store(in: bytes, form) else { return nil }
            found = store
        } catch {
            finding.faults.append(.malformed)
            return finding
        }
        finding.bare = Self.bare(bytes, found.place, form, digest: nil)
        guard found.store.count <= Self.longestStore, let box = JUMBFBox.whole(found.store), box.kind == .store,
            // The last one is the one that counts (C2PA 2.2, 11.1.4.2).
            let manifest = box.boxes.last, manifest.kind == .manifest
        else {
            finding.faults.append(.malformed)
            return finding
        }
        check(manifest, against: bytes, found.place, &finding)
        if form == .gif { finding.bare = Self.bare(bytes, found.place, form, digest: finding.statement?.file) }
        if let signer = finding.chain.first {
            do {
                _ = try await path.check(signer, others: Array(finding.chain.dropFirst()), purpose: .provenance, at: now)
            } catch {
                finding.faults.append(.untrusted)
            }
        }
        return finding
    }

    private static func store(in bytes: [UInt8], _ form: ProvenanceForm) throws -> FoundStore? {
        switch form {
        case .png: try PNGFile.find(in: bytes)
        case .jpeg: try JPEGFile.find(in: bytes)
        case .webP: try WebPFile.find(in: bytes)
        case .gif: try GIFFile.find(in: bytes)
        case .pdf: try PDFManifest.find(in: bytes).map { FoundStore(store: Array(bytes[$0]), place: $0) }
        }
    }

    /// The picture as it was before the manifest was put in; `nil` of a PDF, and where it cannot be told.
    ///
    /// - Parameter digest: of the file before, where the manifest says it: it tells versions of GIF apart.
    private static func bare(_ bytes: [UInt8], _ place: Range<Int>, _ form: ProvenanceForm, digest: [UInt8]?) -> [UInt8]? {
        var rest: [UInt8] { Array(bytes[..<place.lowerBound] + bytes[place.upperBound...]) }
        switch form {
        case .pdf: return nil
        case .png, .jpeg: return rest
        case .webP: return try? WebPFile.shrunk(bytes, without: place)
        case .gif:
            let newer = rest
            let older = GIFFile.version("7", of: newer)
            return digest == Digest.sha256(older) ? older : newer
        }
    }

    private func check(_ manifest: JUMBFBox, against file: [UInt8], _ place: Range<Int>, _ finding: inout ProvenanceFinding) {
        let claims = manifest.boxes.filter { $0.kind == .claim }
        guard claims.count == 1, let claimBytes = claims[0].bytes("cbor"), let claim = CBORReader.whole(claimBytes),
            let signature = manifest.boxes.first(where: { $0.kind == .signature })?.bytes("cbor"),
            let assertions = manifest.boxes.first(where: { $0.kind == .assertions })?.boxes,
            // The claim says whose signature it wants: one of another manifest would be no signature over this one.
            let wanted = claim["signature"]?.text,
            [
                "self#jumbf=/c2pa/\(manifest.label)/\(ProvenanceManifest.signature)", "self#jumbf=\(ProvenanceManifest.signature)",
            ].contains(wanted)
        else {
            finding.faults.append(.malformed)
            return
        }
        finding.title = claim["dc:title"]?.text
        finding.generator = claim["claim_generator_info"]?["name"]?.text ?? claim["claim_generator"]?.text
        if let chain = ClaimSignature.chain(of: signature, over: claimBytes) {
            finding.chain = chain
        } else {
            finding.faults.append(.signature)
        }
        let references = ["assertions", "created_assertions", "gathered_assertions"].flatMap { claim[$0]?.array ?? [] }
        let declared = Self.declared(references, among: assertions, ofClaim: claim["alg"]?.text, &finding)
        if declared.count != assertions.count || Set(assertions.map(\.label)).count != assertions.count {
            finding.faults.append(.undeclared)
        }
        finding.statement = declared[StatementMark.label].flatMap { $0.bytes("cbor") }.flatMap(CBORReader.whole).flatMap {
            StatementMark($0)
        }
        guard let binding = declared[ProvenanceManifest.dataHash]?.bytes("cbor").flatMap(CBORReader.whole) else {
            finding.faults.append(.unbound)
            return
        }
        guard let exclusions = binding["exclusions"]?.array, exclusions.count == 1, let hash = binding["hash"]?.bytes,
            binding["alg"]?.text ?? claim["alg"]?.text ?? "sha256" == "sha256",
            // Nothing but the store itself may be left out, or the rest could be anything.
            exclusions[0]["start"]?.integer == place.lowerBound, exclusions[0]["length"]?.integer == place.count,
            Digest.sha256(file, leavingOut: place) == hash
        else {
            finding.faults.append(.file)
            return
        }
    }

    /// The assertions that the claim names and that are as it says, by label.
    private static func declared(
        _ references: [CBORValue], among assertions: [JUMBFBox], ofClaim algorithm: String?, _ finding: inout ProvenanceFinding
    ) -> [String: JUMBFBox] {
        var declared: [String: JUMBFBox] = [:]
        for reference in references.prefix(1_000) {
            guard let label = reference["url"]?.text?.split(separator: "/").last.map(String.init), let hash = reference["hash"]?.bytes,
                reference["alg"]?.text ?? algorithm ?? "sha256" == "sha256",
                let box = assertions.first(where: { $0.label == label }), Digest.sha256(box.body) == hash
            else {
                finding.faults.append(.assertion)
                continue
            }
            declared[label] = box
        }
        return declared
    }
}
