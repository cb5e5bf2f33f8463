import Acts

/// A ZIP file (APPNOTE 6.3.10) of stored members: the same members always give the same bytes, so the file can be named by its hash.
///
/// Nothing is compressed: the heavy members are PDF, which is compressed already, and a stored file can be read with the simplest of tools.
/// At most 65,535 members and 4 GiB, which is what the form without its 64-bit extension holds.
struct ZIPWriter: Sendable {
    enum Problem: Error, Hashable {
        case name(String)
        case repeated(String)
        case tooLarge
    }

    private struct Member {
        var name: [UInt8]
        var checksum: UInt32
        var size: UInt32
        var offset: UInt32
    }

    private(set) var bytes: [UInt8] = []
    private var members: [Member] = []
    private var names: Set<String> = []
    /// MS-DOS date and time of every member, to two seconds.
    private let stamp: (date: UInt16, time: UInt16)

    /// - Parameter date: of all members; from 1980 on, which is where the format's time begins.
    init(date: CalendarDate) {
        let (year, month, day) = date.components
        let years = min(max(year - 1980, 0), 127)
        stamp = (UInt16(years << 9 | month << 5 | day), 0)
    }

    /// - Parameter name: a path of plain names joined by `/`.
    mutating func add(_ name: String, _ content: [UInt8]) throws(Problem) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard name.utf8.count <= 200, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }), !name.contains("\\"),
            !name.unicodeScalars.contains(where: { $0.value < 0x20 || $0 == ":" })
        else { throw .name(name) }
        guard names.insert(name).inserted else { throw .repeated(name) }
        guard members.count < 65_535, bytes.count + content.count + 1024 < Int(UInt32.max) else { throw .tooLarge }
        let member = Member(
            name: Array(name.utf8), checksum: Self.checksum(of: content), size: UInt32(content.count), offset: UInt32(bytes.count))
        put32(0x0403_4B50)
        putCommon(member)
        put16(0)
        bytes += member.name
        bytes += content
        members.append(member)
    }

    /// The whole file, with its directory at the end.
    func finished() throws(Problem) -> [UInt8] {
        var file = self
        let start = UInt32(bytes.count)
        for member in members {
            file.put32(0x0201_4B50)
            // Made on Unix, by version 2.0.
            file.put16(3 << 8 | 20)
            file.putCommon(member)
            file.put16(0)
            file.put16(0)
            file.put16(0)
            file.put16(0)
            // A regular file that everybody may read.
            file.put32(0o100644 << 16)
            file.put32(member.offset)
            file.bytes += member.name
        }
        guard file.bytes.count + 22 < Int(UInt32.max) else { throw .tooLarge }
        let length = UInt32(file.bytes.count) - start
        file.put32(0x0605_4B50)
        file.put16(0)
        file.put16(0)
        file.put16(UInt16(members.count))
        file.put16(UInt16(members.count))
        file.put32(length)
        file.put32(start)
        file.put16(0)
        return file.bytes
    }

    /// What the local and the central header have in common, up to the length of the name.
    private mutating func putCommon(_ member: Member) {
        put16(20)
        // Bit 11: names are UTF-8.
        put16(1 << 11)
        put16(0)
        put16(stamp.time)
        put16(stamp.date)
        put32(member.checksum)
        put32(member.size)
        put32(member.size)
        put16(UInt16(member.name.count))
    }

    private mutating func put16(_ value: UInt16) {
        bytes.append(UInt8(truncatingIfNeeded: value))
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
    }

    private mutating func put32(_ value: UInt32) {
        put16(UInt16(truncatingIfNeeded: value))
        put16(UInt16(truncatingIfNeeded: value >> 16))
    }

    /// CRC-32 (ISO 3309).
    static func checksum(of bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(0xFFFF_FFFF) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1 }
    }
}
