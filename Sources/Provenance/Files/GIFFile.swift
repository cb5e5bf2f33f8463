/// The block of a GIF that carries a manifest store: an application extension, before the first picture (C2PA 2.2, A.3; GIF89a, 26).
enum GIFFile {
    private static let mostBlocks = 200_000
    /// Signature, version and the screen's descriptor.
    private static let headLength = 13
    private static let placeOfVersion = 4
    private static let application = Array("C2PA_GIF".utf8) + [1, 0, 0]

    static func isOne(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "GIF87a".utf8) || bytes.starts(with: "GIF89a".utf8) }

    static func block(_ store: [UInt8]) -> [UInt8] {
        var block: [UInt8] = [0x21, 0xFF, UInt8(application.count)] + application
        block.reserveCapacity(store.count + store.count / 255 + 16)
        for start in stride(from: 0, to: store.count, by: 255) {
            let piece = store[start..<min(store.count, start + 255)]
            block.append(UInt8(piece.count))
            block += piece
        }
        return block + [0]
    }

    /// Where the block is put: behind the colours of the whole screen.
    static func placeForStore(in bytes: [UInt8]) throws(UnreadableStore) -> Int {
        guard isOne(bytes), bytes.count > headLength else { throw UnreadableStore(reason: "the GIF breaks off") }
        let packed = bytes[10]
        let place = headLength + (packed & 0x80 == 0 ? 0 : 3 << (Int(packed & 7) + 1))
        guard place < bytes.count else { throw UnreadableStore(reason: "the GIF breaks off") }
        return place
    }

    /// The same bytes as version 89a, which has extensions, or 87a, which has none.
    static func version(_ version: Character, of bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        if let digit = version.asciiValue, bytes.count > placeOfVersion { bytes[placeOfVersion] = digit }
        return bytes
    }

    static func find(in bytes: [UInt8]) throws(UnreadableStore) -> FoundStore? {
        var place = try placeForStore(in: bytes)
        var found: FoundStore?
        for _ in 0..<mostBlocks {
            // The first picture, or the end.
            guard place < bytes.count, bytes[place] == 0x21 else { return found }
            guard place + 2 < bytes.count else { throw UnreadableStore(reason: "the GIF breaks off") }
            let label = bytes[place + 1]
            let (content, end) = try subBlocks(of: bytes, from: place + 2)
            if label == 0xFF, bytes[place + 2] == application.count, content.starts(with: application) {
                guard found == nil else { throw UnreadableStore(reason: "the GIF carries two manifest stores") }
                found = FoundStore(store: Array(content.dropFirst(application.count)), place: place..<end)
            }
            place = end
        }
        throw UnreadableStore(reason: "the GIF has more blocks than are read")
    }

    /// What the pieces from a place on hold together, and where their row ends.
    private static func subBlocks(of bytes: [UInt8], from start: Int) throws(UnreadableStore) -> (content: [UInt8], end: Int) {
        var content: [UInt8] = []
        var place = start
        while place < bytes.count {
            let count = Int(bytes[place])
            if count == 0 { return (content, place + 1) }
            guard count < bytes.count - place else { break }
            content += bytes[(place + 1)...(place + count)]
            place += 1 + count
        }
        throw UnreadableStore(reason: "the GIF breaks off")
    }
}
