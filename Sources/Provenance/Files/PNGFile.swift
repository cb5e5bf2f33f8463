/// The chunk of a PNG that carries a manifest store: `caBX`, before the picture's own data (C2PA 2.2, A.3.2; ISO 15948, 5.3).
enum PNGFile {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let mostChunks = 200_000

    static func chunk(_ store: [UInt8]) -> [UInt8] {
        let content = Array("caBX".utf8) + store
        return BigEndian.bytes(store.count, 4) + content + BigEndian.bytes(Int(CRC32.of(content)), 4)
    }

    /// Where the chunk is put: behind the header, which is the first.
    static func placeForStore(in bytes: [UInt8]) throws(UnreadableStore) -> Int {
        guard let header = try chunks(of: bytes).first, header.type == "IHDR" else {
            throw UnreadableStore(reason: "the PNG does not begin with its header")
        }
        return header.place.upperBound
    }

    static func find(in bytes: [UInt8]) throws(UnreadableStore) -> FoundStore? {
        let found = try chunks(of: bytes).filter { $0.type == "caBX" }
        guard found.count <= 1 else { throw UnreadableStore(reason: "the PNG carries two manifest stores") }
        guard let place = found.first?.place else { return nil }
        let content = Array(bytes[(place.lowerBound + 4)..<(place.upperBound - 4)])
        guard BigEndian.value(in: bytes, at: place.upperBound - 4, width: 4) == Int(CRC32.of(content)) else {
            throw UnreadableStore(reason: "the checksum of the manifest's chunk does not hold")
        }
        return FoundStore(store: Array(content.dropFirst(4)), place: place)
    }

    /// The chunks up to the end of the picture, each with its length, type and checksum.
    private static func chunks(of bytes: [UInt8]) throws(UnreadableStore) -> [(type: String, place: Range<Int>)] {
        var chunks: [(String, Range<Int>)] = []
        var place = signature.count
        while place < bytes.count {
            guard chunks.count < mostChunks, let length = BigEndian.value(in: bytes, at: place, width: 4), length <= Int(Int32.max),
                length <= bytes.count - place - 12
            else { throw UnreadableStore(reason: "the PNG breaks off") }
            let type = String(decoding: bytes[(place + 4)..<(place + 8)], as: UTF8.self)
            chunks.append((type, place..<(place + 12 + length)))
            if type == "IEND" { break }
            place += 12 + length
        }
        return chunks
    }
}

/// The checksum of PNG's chunks (ISO 15948, 5.5 and annex D).
enum CRC32 {
    private static let table: [UInt32] = (0..<256).map { value in
        (0..<8).reduce(UInt32(value)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
    }

    static func of(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }
}
