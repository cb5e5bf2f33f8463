import Crypto
import Ledger
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The last checkpoint this node signed, in a tiny file of its own: what the record is held against when the node starts.
///
/// A record restored from an older backup would sign a second history. This store tells; so it is kept apart from the record,
/// and never restored with it.
///
/// Two slots are written in turn, each with a number and a checksum, so a write cut short costs only the slot it went to.
/// A write is not waited for to reach the disk, and need not be. The entries that a checkpoint covers were made durable before
/// it was signed, and Ed25519 signs the same text to the same bytes (RFC 8032, 5.1.6). So where a power cut leaves this file a
/// few checkpoints behind, the node finds the record ahead, checks that it extends what it had signed, and signs the very same
/// checkpoint again: there can be no second history. The file is synced in the background and on closing, which bounds how far
/// behind it can be.
final class CheckpointStore: @unchecked Sendable {
    // Written by the writer's thread only, one call at a time; the file descriptor may be synced from another.
    private static let slotLength = 4096
    private static let magic = Array("chancery checkpoint 1\n".utf8)

    private let file: PosixFile
    private var sequence: UInt64
    private let isDirty = Atomic<Bool>(false)
    /// The newest checkpoint stored; `nil` where none was ever, or none is whole.
    private(set) var newest: SignedCheckpoint?

    init(_ path: String) throws {
        do {
            let isNew = !FolderLayout.exists(path)
            file = try PosixFile(path, flags: O_RDWR | O_CREAT)
            if isNew {
                try file.write([UInt8](repeating: 0, count: 2 * CheckpointStore.slotLength), at: 0)
                try file.synchronize()
            }
        } catch {
            throw RecordError.unavailable(reason: "\(error)")
        }
        let slots = try CheckpointStore.slots(in: file)
        let last = slots.max { $0.sequence < $1.sequence }
        sequence = last?.sequence ?? 0
        newest = last?.checkpoint
    }

    /// The newest whole checkpoint in a file, without opening it for writing.
    static func newest(in path: String) throws -> SignedCheckpoint? {
        guard FolderLayout.exists(path) else { return nil }
        return try slots(in: PosixFile(path, flags: O_RDONLY)).max { $0.sequence < $1.sequence }?.checkpoint
    }

    func store(_ checkpoint: SignedCheckpoint) throws {
        let next = sequence + 1
        let slot = CheckpointStore.slot(sequence: next, note: checkpoint.note.bytes)
        do {
            try file.write(slot, at: Int(next % 2) * CheckpointStore.slotLength)
        } catch {
            throw RecordError.unavailable(reason: "\(error)")
        }
        sequence = next
        newest = checkpoint
        isDirty.store(true, ordering: .releasing)
    }

    /// Sees to it that what was stored is on the disk, where it may not be.
    func synchronize() throws {
        guard isDirty.exchange(false, ordering: .acquiring) else { return }
        do {
            try file.synchronize()
        } catch {
            isDirty.store(true, ordering: .relaxed)
            throw RecordError.unavailable(reason: "\(error)")
        }
    }

    private static func slot(sequence: UInt64, note: [UInt8]) -> [UInt8] {
        var slot = magic
        for shift in stride(from: 56, through: 0, by: -8) { slot.append(UInt8(truncatingIfNeeded: sequence >> UInt64(shift))) }
        slot.append(UInt8(truncatingIfNeeded: note.count >> 8))
        slot.append(UInt8(truncatingIfNeeded: note.count))
        slot += note
        slot += Array(SHA256.hash(data: slot))
        return slot
    }

    private static func slots(in file: PosixFile) throws -> [(sequence: UInt64, checkpoint: SignedCheckpoint)] {
        try (0..<2).compactMap { place in
            let bytes = try file.read(slotLength, at: place * slotLength)
            let header = magic.count + 10
            guard bytes.count >= header, bytes.starts(with: magic) else { return nil }
            let sequence = bytes[magic.count..<(magic.count + 8)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            let length = Int(bytes[header - 2]) << 8 | Int(bytes[header - 1])
            guard header + length + 32 <= bytes.count else { return nil }
            let sum = SHA256.hash(data: bytes[..<(header + length)])
            guard sum.elementsEqual(bytes[(header + length)..<(header + length + 32)]) else { return nil }
            guard let checkpoint = try? SignedCheckpoint(parsing: Array(bytes[header..<(header + length)])) else { return nil }
            return (sequence, checkpoint)
        }
    }
}
