import Ledger

/// Finds a leaf's kind and payload commitment without reading all of it.
///
/// Verification looks at every leaf of the record, whose bytes the tree vouches for; it needs two members of each. Anything that is
/// not a canonical header as this program writes it gives `nil`, and is then read in full.
struct LeafScanner {
    /// The kind, as text.
    private(set) var kind: UnsafeRawBufferPointer?
    /// The payload commitment, 44 characters of base64.
    private(set) var commitment: UnsafeRawBufferPointer?
    /// Whether it is marked public, as opposed to restricted, released or not.
    private(set) var isMarkedPublic = false

    /// The results point into the bytes.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard var leaf = LeafCursor(bytes) else { return nil }
        while true {
            guard let name = leaf.string(), leaf.take(UInt8(ascii: ":")) else { return nil }
            if name.elementsEqual("kind".utf8) {
                guard let value = leaf.string() else { return nil }
                kind = value
            } else if name.elementsEqual("payload".utf8) {
                guard let value = leaf.string(), value.count == 44 else { return nil }
                commitment = value
                // Members stand in order, and the kind comes before the payload.
                if kind == nil { return nil }
                return
            } else if name.elementsEqual("marking".utf8) {
                let start = leaf.offset
                guard leaf.skipValue() else { return nil }
                isMarkedPublic = bytes[start..<leaf.offset].elementsEqual("\"public\"".utf8)
            } else {
                guard leaf.skipValue() else { return nil }
            }
            guard leaf.take(UInt8(ascii: ",")) else { return nil }
        }
    }
}
