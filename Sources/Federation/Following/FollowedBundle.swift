import Acts
import Ledger

/// Up to 256 consecutive entries of a followed record, checked against the tree that the peer's checkpoint covers.
struct FollowedBundle: Sendable {
    /// An act that everybody may read, as the list of acts shows it.
    struct Act: Sendable {
        let index: Int64
        let kind: String
        let dossier: String?
        let received: Moment
    }

    /// Its place: it holds entries from `256 * index` on.
    let index: Int64
    /// The bundle as it was served (C2SP tlog-tiles).
    let leaves: [UInt8]
    /// The leaves' hashes.
    let hashes: [Hash]
    /// The payloads, in the form that they are served in.
    let payloads: [UInt8]
    let acts: [Act]
    /// Entries whose payloads were erased by acts of this bundle.
    let erased: [Int64]

    /// The longest entry bundle that is read, in bytes: 256 of the longest leaves.
    static let longest = 256 * (2 + EntryBundle.longestEntry)
    /// The longest bundle of payloads that is read, in bytes.
    static let longestPayloads = PayloadBundle.longest + 4 * 256

    /// The path of a bundle's payloads under `/record/`.
    static func payloadPath(_ coordinate: EntryBundleCoordinate) -> String {
        "payloads/" + coordinate.path.dropFirst("tile/entries/".count)
    }

    /// Reads a bundle's entries.
    ///
    /// - Throws: ``FollowingFailure`` unless there are as many as the coordinate says.
    static func leaves(of bytes: [UInt8], at coordinate: EntryBundleCoordinate) throws(FollowingFailure) -> EntryBundle {
        let bundle: EntryBundle
        do throws(EntryBundleError) {
            bundle = try EntryBundle(parsing: bytes)
        } catch {
            throw .badBundle(path: coordinate.path, reason: "\(error)")
        }
        guard bundle.entries.count == coordinate.width else {
            throw .badBundle(path: coordinate.path, reason: "it holds \(bundle.entries.count) entries, not \(coordinate.width)")
        }
        return bundle
    }

    /// Puts entries and payloads together, each payload held against its leaf.
    ///
    /// - Parameters:
    ///   - entries: their hashes have been checked.
    ///   - contents: as many as there are entries; nothing in it is ``PayloadBundle/Content/elsewhere``.
    init(
        _ coordinate: EntryBundleCoordinate, leaves: [UInt8], entries: EntryBundle, hashes: [Hash], contents: [PayloadBundle.Content],
        payloads: [UInt8]
    ) throws(FollowingFailure) {
        index = Int64(coordinate.index)
        self.leaves = leaves
        self.hashes = hashes
        self.payloads = payloads
        var acts: [Act] = []
        var erased: [Int64] = []
        acts.reserveCapacity(entries.entries.count)
        for (offset, leaf) in entries.entries.enumerated() {
            let place = index * 256 + Int64(offset)
            let read = FollowedLeaf(leaf)
            if case .present(let payload) = contents[offset] {
                // A leaf that cannot be read commits to nothing that could be shown.
                guard let read, read.commitment == payload.commitment else { throw .otherPayload(entry: place) }
                if read.kind == PayloadErased.kind.description, let act = try? PayloadErased(json: payload.json()), act.entry < place {
                    erased.append(act.entry)
                }
                acts.append(Act(index: place, kind: read.kind, dossier: read.dossier, received: read.received))
            } else if let read, read.isPublic {
                acts.append(Act(index: place, kind: read.kind, dossier: read.dossier, received: read.received))
            }
        }
        self.acts = acts
        self.erased = erased
    }

    /// The bytes of a bundle of payloads in the form that they are served in, however long it becomes.
    static func bytes(of contents: [PayloadBundle.Content]) -> [UInt8] {
        var bytes: [UInt8] = []
        for content in contents {
            guard case .present(let payload) = content else {
                bytes += [0, 0, 0, 0]
                continue
            }
            let length = payload.salt.count + payload.bytes.count
            bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
            bytes += payload.salt
            bytes += payload.bytes
        }
        return bytes
    }
}
