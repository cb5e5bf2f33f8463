/// Which addresses of the network may be sent to: only those that are reached across the public internet.
///
/// A name that resolves to a private address would otherwise make this node ask its own neighbours in a stranger's name.
enum AddressGuard {
    /// Address blocks that are not public (IANA special-purpose address registries, RFC 6890), as bytes and a length in bits.
    private static let closedIPv4: [(bytes: [UInt8], bits: Int)] = [
        ([0, 0, 0, 0], 8), ([10, 0, 0, 0], 8), ([100, 64, 0, 0], 10), ([127, 0, 0, 0], 8), ([169, 254, 0, 0], 16),
        ([172, 16, 0, 0], 12), ([192, 0, 0, 0], 24), ([192, 0, 2, 0], 24), ([192, 88, 99, 0], 24), ([192, 168, 0, 0], 16),
        ([198, 18, 0, 0], 15), ([198, 51, 100, 0], 24), ([203, 0, 113, 0], 24), ([224, 0, 0, 0], 4), ([240, 0, 0, 0], 4),
    ]

    /// - Parameter bytes: 4 or 16, in network order.
    static func isPublic(_ bytes: [UInt8]) -> Bool {
        switch bytes.count {
        case 4: return !closedIPv4.contains { covers($0.bytes, $0.bits, bytes) }
        case 16:
            // Addresses that carry an IPv4 address are as public as that one: mapped (RFC 4291), translated (RFC 6052), 6to4 (RFC 3056).
            if covers([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 96, bytes) { return isPublic(Array(bytes[12...])) }
            if covers([0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], 96, bytes) { return isPublic(Array(bytes[12...])) }
            if covers([0x20, 0x02], 16, bytes) { return isPublic(Array(bytes[2..<6])) }
            // Only global unicast is public (RFC 4291, 2.4), less what is set apart within it.
            guard covers([0x20], 3, bytes) else { return false }
            return !covers([0x20, 0x01, 0x00], 23, bytes) && !covers([0x20, 0x01, 0x0D, 0xB8], 32, bytes)
                && !covers([0x3F, 0xFF, 0x00], 20, bytes)
        default: return false
        }
    }

    private static func covers(_ block: [UInt8], _ bits: Int, _ address: [UInt8]) -> Bool {
        for bit in 0..<bits {
            let mask = UInt8(0x80) >> UInt8(bit % 8)
            if (block[bit / 8] ^ address[bit / 8]) & mask != 0 { return false }
        }
        return true
    }
}
