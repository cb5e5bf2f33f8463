/// A superbox of JUMBF (ISO 19566-5): what it is, what it is called, and the boxes in it.
struct JUMBFBox: Hashable, Sendable {
    /// The first four letters of the type; the rest is the same for all of C2PA (ISO 19566-5, annex B).
    enum Kind: String, Hashable, Sendable {
        case store = "c2pa"
        case manifest = "c2ma"
        /// A manifest that says only what changed; kept, and never the one that counts here.
        case update = "c2um"
        case assertions = "c2as"
        case claim = "c2cl"
        case signature = "c2cs"
        case cbor
        case json
        /// Anything else: passed over.
        case other
    }

    enum Content: Hashable, Sendable {
        case box(JUMBFBox)
        /// A content box: its type, four letters, and its bytes.
        case bytes(String, [UInt8])
    }

    var kind: Kind
    var label: String
    var contents: [Content]
    /// The bytes of the box as they were read, without the head of eight bytes: what hashes of assertions are over (C2PA 2.2, 8.4.2.3).
    private(set) var body: [UInt8] = []

    private static let rest: [UInt8] = [0x00, 0x11, 0x00, 0x10, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71]
    private static let greatestDepth = 8
    private static let mostBoxes = 2_000

    init(_ kind: Kind, _ label: String, _ contents: [Content]) {
        self.kind = kind
        self.label = label
        self.contents = contents
        // Type, toggles (it may be asked for; it has a label), label and its end.
        var description = Array(kind.rawValue.utf8) + Self.rest + [0x03] + Array(label.utf8)
        description.append(0)
        body = Self.framed("jumd", description)
        for content in contents {
            switch content {
            case .box(let box): body += box.encoded
            case .bytes(let type, let bytes): body += Self.framed(type, bytes)
            }
        }
    }

    /// A superbox with one value.
    init(_ kind: Kind, _ label: String, cbor value: CBORValue) {
        self.init(kind, label, [.bytes("cbor", value.encoded)])
    }

    /// The box with its head. No box of a manifest nears the 4 GiB that a head can tell.
    var encoded: [UInt8] { Self.framed("jumb", body) }

    private static func framed(_ type: String, _ bytes: [UInt8]) -> [UInt8] {
        BigEndian.bytes(8 + bytes.count, 4) + Array(type.utf8) + bytes
    }

    var boxes: [JUMBFBox] { contents.compactMap { if case .box(let box) = $0 { box } else { nil } } }

    /// The first content box of that type.
    func bytes(_ type: String) -> [UInt8]? {
        for case .bytes(let own, let bytes) in contents where own == type { return bytes }
        return nil
    }

    // MARK: Reading

    /// The one superbox that the bytes are; `nil` where they are not one from end to end.
    static func whole(_ bytes: [UInt8]) -> JUMBFBox? {
        guard let (type, range) = frame(in: bytes, at: 0, end: bytes.count), type == "jumb", range.upperBound == bytes.count else {
            return nil
        }
        var count = 0
        return superbox(bytes, range, depth: 0, &count)
    }

    /// The type of the box at a place and where its content stands (ISO 19566-5, B.1). A length of 0 (to the end) or 1 (a longer head) is
    /// not read: C2PA writes neither.
    private static func frame(in bytes: [UInt8], at place: Int, end: Int) -> (type: String, range: Range<Int>)? {
        guard end - place >= 8, let length = BigEndian.value(in: bytes, at: place, width: 4), length >= 8, length <= end - place else {
            return nil
        }
        return (String(decoding: bytes[(place + 4)..<(place + 8)], as: UTF8.self), (place + 8)..<(place + length))
    }

    private static func superbox(_ bytes: [UInt8], _ range: Range<Int>, depth: Int, _ count: inout Int) -> JUMBFBox? {
        guard depth < greatestDepth, let (type, described) = frame(in: bytes, at: range.lowerBound, end: range.upperBound), type == "jumd",
            described.count >= 17
        else { return nil }
        let letters = String(decoding: bytes[described.prefix(4)], as: UTF8.self)
        let isOurs = bytes[described.dropFirst(4).prefix(12)].elementsEqual(rest)
        var label = ""
        // Bit 1: there is a label (ISO 19566-5, A.3). What may follow it, a hash or a private box, is not needed.
        if bytes[described.lowerBound + 16] & 0x02 != 0 {
            guard let end = bytes[(described.lowerBound + 17)..<described.upperBound].firstIndex(of: 0), end - described.lowerBound < 1_024,
                let text = String(validating: bytes[(described.lowerBound + 17)..<end], as: UTF8.self)
            else { return nil }
            label = text
        }
        var contents: [Content] = []
        var place = described.upperBound
        while place < range.upperBound {
            count += 1
            guard count <= mostBoxes, let (type, inner) = frame(in: bytes, at: place, end: range.upperBound) else { return nil }
            if type == "jumb" {
                guard let box = superbox(bytes, inner, depth: depth + 1, &count) else { return nil }
                contents.append(.box(box))
            } else {
                contents.append(.bytes(type, Array(bytes[inner])))
            }
            place = inner.upperBound
        }
        var box = JUMBFBox(isOurs ? Kind(rawValue: letters) ?? .other : .other, label, [])
        box.contents = contents
        box.body = Array(bytes[range])
        return box
    }
}
