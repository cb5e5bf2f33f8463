/// The chunk of a WebP that carries a manifest store: `C2PA`, the last within RIFF's own (C2PA 2.2, A.3; RFC 9649, 2.3).
enum WebPFile {
    private static let mostChunks = 200_000
    /// RIFF's name and length, and the form's name.
    private static let headLength = 12

    static func isOne(_ bytes: [UInt8]) -> Bool {
        bytes.count >= headLength && bytes.starts(with: "RIFF".utf8) && bytes[8..<12].elementsEqual("WEBP".utf8)
    }

    static func chunk(_ store: [UInt8]) -> [UInt8] {
        Array("C2PA".utf8) + LittleEndian.bytes(store.count) + store + (store.count.isMultiple(of: 2) ? [] : [0])
    }

    /// Where the chunk is put: at the end of what RIFF says it holds.
    static func placeForStore(in bytes: [UInt8]) throws(UnreadableStore) -> Int {
        guard let first = try chunks(of: bytes).first, ["VP8 ", "VP8L", "VP8X"].contains(first.type) else {
            throw UnreadableStore(reason: "the WebP does not begin with its picture")
        }
        return try end(of: bytes)
    }

    static func find(in bytes: [UInt8]) throws(UnreadableStore) -> FoundStore? {
        let found = try chunks(of: bytes).filter { $0.type == "C2PA" }
        guard found.count <= 1 else { throw UnreadableStore(reason: "the WebP carries two manifest stores") }
        return found.first.map { FoundStore(store: Array(bytes[$0.content]), place: $0.place) }
    }

    /// The same bytes, with a head that says that RIFF holds so many more.
    static func grown(_ bytes: [UInt8], by count: Int) throws(UnreadableStore) -> [UInt8] {
        let length = try end(of: bytes) - 8 + count
        guard length <= Int(UInt32.max) - 10 else { throw UnreadableStore(reason: "the WebP is too long") }
        return Array(bytes[..<4]) + LittleEndian.bytes(length) + bytes[8...]
    }

    /// The file without some of its bytes, with a head that knows nothing of them.
    static func shrunk(_ bytes: [UInt8], without place: Range<Int>) throws(UnreadableStore) -> [UInt8] {
        let length = try end(of: bytes) - 8 - place.count
        return Array(bytes[..<4]) + LittleEndian.bytes(length) + bytes[8..<place.lowerBound] + bytes[place.upperBound...]
    }

    private static func end(of bytes: [UInt8]) throws(UnreadableStore) -> Int {
        guard isOne(bytes), let length = LittleEndian.value(in: bytes, at: 4), length >= 4, length.isMultiple(of: 2),
            length <= bytes.count - 8
        else { throw UnreadableStore(reason: "the WebP breaks off") }
        return 8 + length
    }

    /// The chunks, each with its content and its whole place: name, length and padding included.
    private static func chunks(
        of bytes: [UInt8]
    ) throws(UnreadableStore) -> [(type: String, content: Range<Int>, place: Range<Int>)] {
        let end = try end(of: bytes)
        var chunks: [(String, Range<Int>, Range<Int>)] = []
        var place = headLength
        while place < end {
            guard chunks.count < mostChunks, let length = LittleEndian.value(in: bytes, at: place + 4), length <= end - place - 8 else {
                throw UnreadableStore(reason: "the WebP breaks off")
            }
            let content = (place + 8)..<(place + 8 + length)
            let next = content.upperBound + length % 2
            guard next <= end else { throw UnreadableStore(reason: "the WebP breaks off") }
            chunks.append((String(decoding: bytes[place..<(place + 4)], as: UTF8.self), content, place..<next))
            place = next
        }
        return chunks
    }
}
