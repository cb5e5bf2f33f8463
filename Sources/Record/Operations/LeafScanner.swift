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

    private let bytes: UnsafeRawBufferPointer
    private var offset = 1

    /// The results point into the bytes.
    init?(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        guard bytes.first == UInt8(ascii: "{") else { return nil }
        while true {
            guard let name = string(), take(UInt8(ascii: ":")) else { return nil }
            if name.elementsEqual("kind".utf8) {
                guard let value = string() else { return nil }
                kind = value
            } else if name.elementsEqual("payload".utf8) {
                guard let value = string(), value.count == 44 else { return nil }
                commitment = value
                // Members stand in order, and the kind comes before the payload.
                if kind == nil { return nil }
                return
            } else if name.elementsEqual("marking".utf8) {
                let start = offset
                guard skipValue() else { return nil }
                isMarkedPublic = bytes[start..<offset].elementsEqual("\"public\"".utf8)
            } else {
                guard skipValue() else { return nil }
            }
            guard take(UInt8(ascii: ",")) else { return nil }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    /// The bytes between the quotes, escapes as they stand.
    private mutating func string() -> UnsafeRawBufferPointer? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = offset
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") {
                offset += 1
                return UnsafeRawBufferPointer(rebasing: bytes[start..<(offset - 1)])
            }
            offset += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    private mutating func skipValue() -> Bool {
        var depth = 0
        while offset < bytes.count {
            switch bytes[offset] {
            case UInt8(ascii: "\""):
                guard string() != nil else { return false }
                if depth == 0 { return true }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                // A bare value's end at depth 0 closes the object around it.
                if depth == 0 { return true }
                depth -= 1
                if depth == 0 {
                    offset += 1
                    return true
                }
            case UInt8(ascii: ","):
                if depth == 0 { return true }
            default: break
            }
            offset += 1
        }
        return false
    }
}
