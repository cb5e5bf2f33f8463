public import Acts
public import Ledger
public import Record

/// An act with everything that proves it, in one file: `.tlog-proof` (C2SP tlog-proof) whose `extra` line carries the leaf and,
/// where the reader may have them, payload and salt (docs/protocol.md, 7).
public struct EntryProof: Sendable {
    public let file: ProofFile

    /// - Parameter includesPayload: whether the reader may have the payload; an erased one is left out in any case.
    /// - Throws: a `Refusal` where the newest checkpoint does not cover the entry.
    public init(of entry: Entry, in record: Record, includesPayload: Bool) throws {
        let bare = try ProofFile(parsing: try record.proof(of: entry.index))
        file = try ProofFile(
            bare.inclusion, checkpoint: bare.checkpoint, extra: EntryProof.extra(of: entry, includesPayload: includesPayload))
    }

    /// What the `extra` line of a proof file carries: the leaf, and where the reader may have them, payload and salt.
    public static func extra(of entry: Entry, includesPayload: Bool) -> [UInt8] {
        var extra: JSONObject = ["leaf": .string(Base64.encode(entry.leaf))]
        if includesPayload, case .present(let sealed) = entry.content {
            extra["payload"] = .string(Base64.encode(sealed.bytes))
            extra["salt"] = .string(Base64.encode(sealed.salt))
        }
        return JSON.object(extra).canonicalBytes
    }
}
