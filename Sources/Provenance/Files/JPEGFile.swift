/// The segments of a JPEG that carry a manifest store: APP11, as JPEG XT writes boxes (C2PA 2.2, A.3.1; ISO 18477-3, B.2).
enum JPEGFile {
    /// Bytes of a box in one segment: a segment is 65,535 bytes at most, and its own fields are ten of them.
    private static let longestPiece = 65_000
    private static let mostSegments = 20_000
    /// Tells this box's segments from those of others.
    private static let instance: [UInt8] = [0x02, 0x11]

    static func segments(_ store: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var place = 0
        var number = 1
        while place < store.count {
            let end = min(store.count, place + longestPiece)
            // From the second on the box's head is repeated before its next bytes.
            let piece = (place == 0 ? [] : Array(store.prefix(8))) + store[place..<end]
            result += [0xFF, 0xEB] + BigEndian.bytes(2 + 8 + piece.count, 2) + Array("JP".utf8) + instance + BigEndian.bytes(number, 4)
            result += piece
            place = end
            number += 1
        }
        return result
    }

    /// Where the segments are put: behind JFIF's own, which must be the first (ISO 10918-5, 10.1).
    static func placeForStore(in bytes: [UInt8]) throws(UnreadableStore) -> Int {
        var place = 2
        for segment in try headSegments(of: bytes) {
            guard segment.marker == 0xE0, segment.place.lowerBound == place else { break }
            place = segment.place.upperBound
        }
        return place
    }

    static func find(in bytes: [UInt8]) throws(UnreadableStore) -> FoundStore? {
        var store: [UInt8] = []
        var place: Range<Int>?
        var own: [UInt8] = []
        var number = 0
        for segment in try headSegments(of: bytes) where segment.marker == 0xEB {
            // FF EB, length, "JP", instance, number, then a box: length and type.
            let start = segment.place.lowerBound
            guard segment.place.count >= 20, bytes[(start + 4)..<(start + 6)].elementsEqual("JP".utf8),
                bytes[(start + 16)..<(start + 20)].elementsEqual("jumb".utf8)
            else { continue }
            let (named, count) = (Array(bytes[(start + 6)..<(start + 8)]), BigEndian.value(in: bytes, at: start + 8, width: 4))
            if count == 1 {
                guard isStore(bytes, start + 12, segment.place.upperBound) else { continue }
                guard place == nil else { throw UnreadableStore(reason: "the JPEG carries two manifest stores") }
                (store, place, own, number) = (Array(bytes[(start + 12)..<segment.place.upperBound]), segment.place, named, 1)
            } else if let begun = place, named == own {
                guard count == number + 1, begun.upperBound == start, bytes[(start + 12)..<(start + 20)].elementsEqual(store.prefix(8))
                else {
                    throw UnreadableStore(reason: "the segments of the JPEG's manifest store are not in their order")
                }
                store += bytes[(start + 20)..<segment.place.upperBound]
                (place, number) = (begun.lowerBound..<segment.place.upperBound, number + 1)
            }
        }
        return place.map { FoundStore(store: store, place: $0) }
    }

    /// Whether a superbox that begins there is a store of C2PA: its description's type says so.
    private static func isStore(_ bytes: [UInt8], _ place: Int, _ end: Int) -> Bool {
        end - place >= 20 && bytes[(place + 12)..<(place + 16)].elementsEqual("jumd".utf8)
            && bytes[(place + 16)..<(place + 20)].elementsEqual("c2pa".utf8)
    }

    /// The segments before the picture's data (ISO 10918-1, B.1.1).
    private static func headSegments(of bytes: [UInt8]) throws(UnreadableStore) -> [(marker: UInt8, place: Range<Int>)] {
        var segments: [(UInt8, Range<Int>)] = []
        var place = 2
        while place < bytes.count {
            guard bytes[place] == 0xFF else { throw UnreadableStore(reason: "the JPEG has no marker where one should be") }
            while place < bytes.count, bytes[place] == 0xFF { place += 1 }
            guard place < bytes.count, segments.count < mostSegments else { throw UnreadableStore(reason: "the JPEG breaks off") }
            let marker = bytes[place]
            place += 1
            switch marker {
            // The picture begins, or ends.
            case 0xDA, 0xD9: return segments
            // These stand alone.
            case 0x01, 0xD0...0xD7: continue
            default: break
            }
            guard let length = BigEndian.value(in: bytes, at: place, width: 2), length >= 2, length <= bytes.count - place else {
                throw UnreadableStore(reason: "the JPEG breaks off")
            }
            // Fill bytes before a marker would shift what is read of the segment: they are no part of it.
            segments.append((marker, (place - 2)..<(place + length)))
            place += length
        }
        throw UnreadableStore(reason: "the JPEG has no picture")
    }
}
