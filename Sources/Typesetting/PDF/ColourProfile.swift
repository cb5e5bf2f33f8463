/// The colours of a document, as an ICC profile (ICC.1:2010, version 4.2; ISO 15076-1): the sRGB of IEC 61966-2-1, made of its published
/// numbers alone.
enum ColourProfile {
    /// The profile, some 500 bytes.
    static let sRGB: [UInt8] = {
        // Red, green and blue as the standard gives them, brought to the profile's own white, D50 (ISO 15076-1, annex E).
        let colourants: [(String, [Double])] = [
            ("rXYZ", [0.43607, 0.22249, 0.01392]), ("gXYZ", [0.38515, 0.71687, 0.09708]), ("bXYZ", [0.14307, 0.06061, 0.71410]),
        ]
        var tags: [(names: [String], data: [UInt8])] = [
            (["desc"], text("sRGB IEC61966-2.1")), (["cprt"], text("No copyright: facts only")),
            (["wtpt"], coordinates([0.9642, 1, 0.8249])),
            (
                ["chad"],
                Array("sf32".utf8) + long(0)
                    + [1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168].flatMap(fixed)
            ),
        ]
        tags += colourants.map { ([$0.0], coordinates($0.1)) }
        // (aX + b)^g from d on, cX below it (IEC 61966-2-1, 4.2): g, a, b, c, d.
        let curve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].flatMap(fixed)
        tags.append((["rTRC", "gTRC", "bTRC"], Array("para".utf8) + long(0) + [0, 3, 0, 0] + curve))
        return assembled(tags)
    }()

    /// Header, table of tags, tags (ISO 15076-1, 7.2 to 7.4).
    private static func assembled(_ tags: [(names: [String], data: [UInt8])]) -> [UInt8] {
        let count = tags.reduce(0) { $0 + $1.names.count }
        var table = long(count)
        var data: [UInt8] = []
        for tag in tags {
            let place = 128 + 4 + count * 12 + data.count
            for name in tag.names { table += Array(name.utf8) + long(place) + long(tag.data.count) }
            data += tag.data
            while data.count % 4 != 0 { data.append(0) }
        }
        var header = long(128 + table.count + data.count) + long(0) + [4, 0x20, 0, 0] + Array("mntrRGB XYZ ".utf8)
        // A day and hour that stay the same: 1 January 2026.
        header += [0x07, 0xEA, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]
        header += Array("acsp".utf8) + [UInt8](repeating: 0, count: 28)
        header += [0.9642, 1, 0.8249].flatMap(fixed)
        header += [UInt8](repeating: 0, count: 128 - header.count)
        return header + table + data
    }

    private static func long(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }

    /// s15Fixed16Number.
    private static func fixed(_ value: Double) -> [UInt8] { long(Int((value * 65_536).rounded())) }

    private static func coordinates(_ values: [Double]) -> [UInt8] { Array("XYZ ".utf8) + long(0) + values.flatMap(fixed) }

    /// One record of multiLocalizedUnicodeType, in English.
    private static func text(_ text: String) -> [UInt8] {
        let words = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        var tag = Array("mluc".utf8) + long(0) + long(1) + long(12)
        tag += Array("enUS".utf8) + long(words.count) + long(28)
        return tag + words
    }
}
