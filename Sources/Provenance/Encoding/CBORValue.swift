/// A value of CBOR (RFC 8949), as manifests use it. Members of maps keep their order, so that what is written again is what was read.
indirect enum CBORValue: Hashable, Sendable {
    case unsigned(UInt64)
    /// -1 minus the value (RFC 8949, 3.1).
    case negative(UInt64)
    case bytes([UInt8])
    case text(String)
    case array([CBORValue])
    case map([CBORMember])
    case tagged(UInt64, CBORValue)
    case bool(Bool)
    case null
    /// A number with a fraction: its bits, and how many bytes they take.
    case float(UInt64, width: Int)

    struct CBORMember: Hashable, Sendable {
        var key: CBORValue
        var value: CBORValue
    }

    /// A map whose keys are words.
    static func object(_ members: [(String, CBORValue?)]) -> CBORValue {
        .map(members.compactMap { name, value in value.map { CBORMember(key: .text(name), value: $0) } })
    }

    static func integer(_ value: Int) -> CBORValue { value >= 0 ? .unsigned(UInt64(value)) : .negative(UInt64(-(value + 1))) }

    subscript(name: String) -> CBORValue? { self[.text(name)] }

    subscript(key: CBORValue) -> CBORValue? {
        if case .map(let members) = self { members.first { $0.key == key }?.value } else { nil }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
    var array: [CBORValue]? { if case .array(let values) = self { values } else { nil } }
    var integer: Int? {
        switch self {
        case .unsigned(let value): Int(exactly: value)
        case .negative(let value): Int(exactly: value).map { -1 - $0 }
        default: nil
        }
    }
}

// MARK: Writing

extension CBORValue {
    /// The value's bytes, heads as short as can be (RFC 8949, 4.2.1).
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return bytes
    }

    private func write(to bytes: inout [UInt8]) {
        switch self {
        case .unsigned(let value): Self.head(0, value, to: &bytes)
        case .negative(let value): Self.head(1, value, to: &bytes)
        case .bytes(let content):
            Self.head(2, UInt64(content.count), to: &bytes)
            bytes += content
        case .text(let text):
            Self.head(3, UInt64(text.utf8.count), to: &bytes)
            bytes += text.utf8
        case .array(let values):
            Self.head(4, UInt64(values.count), to: &bytes)
            for value in values { value.write(to: &bytes) }
        case .map(let members):
            Self.head(5, UInt64(members.count), to: &bytes)
            for member in members {
                member.key.write(to: &bytes)
                member.value.write(to: &bytes)
            }
        case .tagged(let tag, let value):
            Self.head(6, tag, to: &bytes)
            value.write(to: &bytes)
        case .bool(let value): bytes.append(value ? 0xF5 : 0xF4)
        case .null: bytes.append(0xF6)
        case .float(let bits, let width):
            bytes.append(width == 2 ? 0xF9 : width == 4 ? 0xFA : 0xFB)
            bytes += BigEndian.bytes(bits, width)
        }
    }

    private static func head(_ major: UInt8, _ value: UInt64, to bytes: inout [UInt8]) {
        let major = major << 5
        switch value {
        case 0..<24: bytes.append(major | UInt8(value))
        case 24...0xFF: bytes += [major | 24, UInt8(value)]
        case 0x100...0xFFFF: bytes += [major | 25] + BigEndian.bytes(value, 2)
        case 0x1_0000...0xFFFF_FFFF: bytes += [major | 26] + BigEndian.bytes(value, 4)
        default: bytes += [major | 27] + BigEndian.bytes(value, 8)
        }
    }
}
