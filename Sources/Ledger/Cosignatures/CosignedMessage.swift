/// What an ML-DSA-44 cosigner signs: who says it, when, and which leaves of which log have which root
/// (C2SP tlog-cosignature, `cosigned_message`).
struct CosignedMessage {
    private static let label = Array("subtree/v1\n\0".utf8)

    let cosigner: KeyName
    let time: UInt64
    let origin: [UInt8]
    let leaves: Range<UInt64>
    let root: Hash

    /// The message about a checkpoint: all of its leaves. Extension lines are not part of it.
    ///
    /// - Throws: ``NoteError/originTooLong(_:)``, ``NoteError/timeOutOfRange(_:)``.
    init(_ checkpoint: Checkpoint, by cosigner: KeyName, at time: UInt64) throws(NoteError) {
        try self.init(origin: checkpoint.origin, leaves: 0..<checkpoint.size, root: checkpoint.root, by: cosigner, at: time)
    }

    /// The message about some leaves.
    ///
    /// - Throws: ``NoteError/originTooLong(_:)``, ``NoteError/timeOutOfRange(_:)``; the latter for any time but 0 where the
    ///   leaves do not begin with the first, as the specification asks.
    init(origin: String, leaves: Range<UInt64>, root: Hash, by cosigner: KeyName, at time: UInt64) throws(NoteError) {
        let name = Array(origin.utf8)
        guard 1...255 ~= name.count else { throw .originTooLong(name.count) }
        guard time <= Cosignature.latestTime, time == 0 || leaves.lowerBound == 0 else { throw .timeOutOfRange(time) }
        self.cosigner = cosigner
        self.time = time
        self.origin = name
        self.leaves = leaves
        self.root = root
    }

    /// The bytes that are signed.
    var bytes: [UInt8] {
        let name = Array(cosigner.text.utf8)
        var bytes = CosignedMessage.label
        bytes.reserveCapacity(70 + name.count + origin.count)
        // A key name has at most 255 bytes, and the initialiser looked at the origin.
        bytes.append(UInt8(name.count))
        bytes += name
        bytes += Cosignature.bigEndian(time)
        bytes.append(UInt8(origin.count))
        bytes += origin
        bytes += Cosignature.bigEndian(leaves.lowerBound)
        bytes += Cosignature.bigEndian(leaves.upperBound)
        root.withUnsafeBytes { bytes += $0 }
        return bytes
    }
}
