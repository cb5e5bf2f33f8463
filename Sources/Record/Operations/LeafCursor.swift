/// Goes through the members of a leaf where they stand, without building anything.
///
/// It takes a canonical header as this program writes it; whoever finds anything else reads the leaf in full. What it gives points into
/// the bytes.
package struct LeafCursor {
    private let bytes: UnsafeRawBufferPointer
    /// Where it stands, in bytes from the leaf's beginning.
    package private(set) var offset = 1

    /// Before the first member; `nil` where the leaf is no object.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.first == UInt8(ascii: "{") else { return nil }
        self.bytes = bytes
    }

    /// What stands next, without going past it; `nil` at the end.
    package var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// Goes past that byte; `false` where another stands.
    package mutating func take(_ byte: UInt8) -> Bool {
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    /// The bytes between the quotes, escapes as they stand.
    package mutating func string() -> UnsafeRawBufferPointer? {
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

    /// Goes past one value, whatever it is; `false` where it has no end.
    package mutating func skipValue() -> Bool {
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
