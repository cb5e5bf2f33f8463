/// Finds the brackets of a text, which belong together, and how deep they lie: one pass over the bytes, and no recursion, so that ten
/// thousand brackets one in another are no more than ten thousand.
///
/// **The counting rule.** The press counts brackets by hand; this is the rule that gives the published figures of the Paris drafts of
/// 2015. The mark of a note is `[`, perhaps `^`, digits and nothing else, `]`; all of them are taken out first. What remains is counted:
/// every opening bracket is one bracket, every run of signs between white space one word, every "Option" with a number after it one
/// option. Nesting is the most that are open at one place of the whole text, paragraphs notwithstanding.
public struct BracketScan: Hashable, Sendable {
    /// In reading order, note marks included.
    public private(set) var marks: [BracketMark] = []
    /// The most brackets open at one place.
    public private(set) var deepestNesting = 0
    /// Closing brackets that close nothing.
    public private(set) var strayClosing = 0
    /// Opening brackets that nothing closes.
    public private(set) var neverClosed = 0

    /// - Parameters:
    ///   - bytes: the whole text, in UTF-8; what is not UTF-8 is passed over.
    ///   - labels: what the links defined in the text are called, in lower case.
    public init(_ bytes: [UInt8], linkLabels labels: Set<String> = []) {
        marks.reserveCapacity(bytes.count / 40)
        var open: [Int] = []
        var index = 0
        bytes.withUnsafeBufferPointer { bytes in
            while index < bytes.count {
                let byte = bytes[index]
                guard byte == 0x5B || byte == 0x5D || byte == 0xEF || byte == 0xE3 else {
                    index += 1
                    continue
                }
                if byte == 0x5B, let note = Self.noteMark(in: bytes, at: index) {
                    let role: BracketMark.Role = note.isNumeral ? .numeral : .note
                    marks.append(
                        BracketMark(
                            offset: index, length: 1, isOpening: true, shape: .square, role: role, partner: marks.count + 1, depth: 0))
                    marks.append(
                        BracketMark(
                            offset: note.end - 1, length: 1, isOpening: false, shape: .square, role: role, partner: marks.count - 1,
                            depth: 0))
                    index = note.end
                    continue
                }
                guard let found = Self.mark(in: bytes, at: index) else {
                    index += 1
                    continue
                }
                var mark = BracketMark(
                    offset: index, length: found.length, isOpening: found.isOpening, shape: found.shape, role: .text, partner: nil,
                    depth: 0)
                if mark.isOpening {
                    open.append(marks.count)
                    mark.depth = open.count
                    deepestNesting = max(deepestNesting, open.count)
                } else if let opening = open.popLast() {
                    mark.partner = opening
                    mark.depth = open.count + 1
                    marks[opening].partner = marks.count
                } else {
                    strayClosing += 1
                }
                marks.append(mark)
                index += found.length
            }
        }
        neverClosed = open.count
        markLinks(bytes, labels)
    }

    /// Opening brackets, those of notes and bare numbers taken out.
    public var brackets: Int { marks.reduce(0) { $0 + ($1.isOpening && $1.depth > 0 ? 1 : 0) } }

    /// How many marks must be added, taken out or moved to set the brackets right: a closing bracket that closes nothing and an opening
    /// one that nothing closes are mended together by moving one of them, so it is the larger of the two numbers.
    public var unbalanced: Int { max(strayClosing, neverClosed) }

    private static func mark(
        in bytes: UnsafeBufferPointer<UInt8>, at index: Int
    ) -> (isOpening: Bool, shape: BracketMark.Shape, length: Int)? {
        switch bytes[index] {
        case 0x5B: return (true, .square, 1)
        case 0x5D: return (false, .square, 1)
        default:
            guard index + 2 < bytes.count else { return nil }
            switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
            case (0xEF, 0xBC, 0xBB): return (true, .fullWidth, 3)
            case (0xEF, 0xBC, 0xBD): return (false, .fullWidth, 3)
            case (0xE3, 0x80, 0x90): return (true, .lenticular, 3)
            case (0xE3, 0x80, 0x91): return (false, .lenticular, 3)
            case (0xE3, 0x80, 0x94): return (true, .tortoiseShell, 3)
            case (0xE3, 0x80, 0x95): return (false, .tortoiseShell, 3)
            default: return nil
            }
        }
    }

    /// `[`, perhaps `^`, digits of any script treaties are numbered in, `]`: where it ends, and whether the `^` is missing.
    private static func noteMark(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> (end: Int, isNumeral: Bool)? {
        var index = start + 1
        let isNote = index < bytes.count && bytes[index] == 0x5E
        if isNote { index += 1 }
        let first = index
        while index < bytes.count, let length = digit(in: bytes, at: index) { index += length }
        guard index > first, index < bytes.count, bytes[index] == 0x5D else { return nil }
        return (index + 1, !isNote)
    }

    /// The bytes of a digit: ASCII, Arabic, Persian or full-width.
    private static func digit(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
        let byte = bytes[index]
        if (0x30...0x39).contains(byte) { return 1 }
        guard byte == 0xD9 || byte == 0xDB || byte == 0xEF, index + 1 < bytes.count else { return nil }
        let next = bytes[index + 1]
        if byte == 0xD9 { return (0xA0...0xA9).contains(next) ? 2 : nil }
        if byte == 0xDB { return (0xB0...0xB9).contains(next) ? 2 : nil }
        guard next == 0xBC, index + 2 < bytes.count, (0x90...0x99).contains(bytes[index + 2]) else { return nil }
        return 3
    }

    /// Brackets that are a link's are markup: nobody negotiates them.
    private mutating func markLinks(_ bytes: [UInt8], _ labels: Set<String>) {
        for index in marks.indices where marks[index].isOpening && marks[index].shape == .square {
            guard let close = marks[index].partner, marks[close].shape == .square, marks[index].role != .note else { continue }
            let after = marks[close].offset + 1
            if after < bytes.count, bytes[after] == 0x28, Self.isTarget(bytes, from: after + 1) {
                setRole(.link, index, close)
                continue
            }
            guard !labels.isEmpty, close == index + 1 else { continue }
            let inside = bytes[(marks[index].offset + 1)..<marks[close].offset]
            guard inside.count <= 200, labels.contains(String(decoding: inside, as: UTF8.self).lowercased()) else { continue }
            setRole(.link, index, close)
            // `[words][label]`: the words' brackets are the link's as well.
            if index > 0, !marks[index - 1].isOpening, marks[index - 1].offset + 1 == marks[index].offset,
                let opening = marks[index - 1].partner, marks[opening].role == .text
            {
                setRole(.link, opening, index - 1)
            }
        }
    }

    private mutating func setRole(_ role: BracketMark.Role, _ open: Int, _ close: Int) {
        marks[open].role = role
        marks[close].role = role
    }

    /// Whether an address follows, ended by `)` on the same line.
    private static func isTarget(_ bytes: [UInt8], from start: Int) -> Bool {
        let room = bytes[start..<min(start + 2_000, bytes.count)]
        guard let end = room.firstIndex(where: { $0 == 0x29 || $0 == 0x0A || $0 == 0x0D }), bytes[end] == 0x29 else { return false }
        let target = String(decoding: room[..<end], as: UTF8.self)
        return target.hasPrefix("/") || target.hasPrefix("#") || target.hasPrefix("mailto:") || target.contains("://")
    }
}
