import Texts

/// Cuts a text into blocks, line by line, so that the blocks joined are the text again.
struct NegotiatedTextReader {
    private let bytes: [UInt8]
    private var blocks: [Draft] = []
    /// Whether a further line without a mark goes on with the last block.
    private var isParagraphOpen = false
    private var isAfterSpace = true

    private struct Draft {
        var line: BlockLine
        var start: Int
        /// Where the last line's words end.
        var end: Int
        /// Where the next block begins.
        var next: Int
    }

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func read() throws(TextFault) -> [NegotiatedBlock] {
        var index = 0
        if let end = frontMatter() {
            blocks.append(Draft(line: BlockLine(kind: .frontMatter, indent: 0, markEnd: 0), start: 0, end: end, next: end))
            index = end
        }
        while index < bytes.count {
            let lineEnd = bytes[index...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
            var next = min(lineEnd + 1, bytes.count)
            if lineEnd + 1 < bytes.count, bytes[lineEnd] == 0x0D, bytes[lineEnd + 1] == 0x0A { next += 1 }
            take(index..<lineEnd, next: next)
            guard blocks.count <= TextLimits.provisions else {
                throw TextFault(
                    .tooLarge, "The text has more than \(TextLimits.provisions) paragraphs.", mend: "Divide it into its parts.")
            }
            index = next
        }
        return try named()
    }

    /// The end of the lines between `---` and `---` at the very beginning; `nil` where there are none.
    private func frontMatter() -> Int? {
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        for number in 0..<200 {
            guard start < bytes.count else { return nil }
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            var line = bytes[start..<end]
            while let last = line.last, last == 0x20 || last == 0x0D || last == 0x09 { line.removeLast() }
            let isRule = line.elementsEqual([0x2D, 0x2D, 0x2D])
            if number == 0, !isRule { return nil }
            if number > 0, isRule { return min(end + 1, bytes.count) }
            start = end + 1
        }
        return nil
    }

    private mutating func take(_ line: Range<Int>, next: Int) {
        var end = line.upperBound
        while end > line.lowerBound, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        let isMarkOnly = line.lowerBound == 0 && end == 3 && bytes.starts(with: [0xEF, 0xBB, 0xBF])
        if end == line.lowerBound || isMarkOnly {
            if blocks.isEmpty {
                blocks.append(
                    Draft(line: BlockLine(kind: .markup, indent: 0, markEnd: line.lowerBound), start: line.lowerBound, end: end, next: next)
                )
            } else {
                blocks[blocks.count - 1].next = next
            }
            isParagraphOpen = false
            isAfterSpace = true
            return
        }
        let read = BlockLine(bytes, line.lowerBound..<end, isAfterSpace: isAfterSpace)
        isAfterSpace = read.kind == .heading
        if read.kind == .paragraph, isParagraphOpen {
            blocks[blocks.count - 1].end = end
            blocks[blocks.count - 1].next = next
            return
        }
        blocks.append(Draft(line: read, start: line.lowerBound, end: end, next: next))
        isParagraphOpen = read.kind == .paragraph || read.kind == .item || read.kind == .footnote || read.kind == .option
    }

    // MARK: Levels and names

    /// What a block is held against to find where it lies: a heading by its rank, everything else by its indentation.
    private struct Open {
        let isHeading: Bool
        let rank: Int
        let isOption: Bool
        /// Whether blocks that are not indented further lie in it: an option whose header stands alone.
        let takesAll: Bool
    }

    private func named() throws(TextFault) -> [NegotiatedBlock] {
        var result: [NegotiatedBlock] = []
        result.reserveCapacity(blocks.count)
        var open: [Open] = []
        var names = BlockNames()
        for (index, draft) in blocks.enumerated() {
            let line = draft.line
            switch line.kind {
            case .frontMatter, .footnote, .linkDefinition, .markup:
                // They belong to no provision, and end none.
                result.append(try block(draft, level: 0, names: &names))
                continue
            case .heading:
                while let last = open.last, !last.isHeading || last.rank >= line.rank { open.removeLast() }
            case .option:
                while let last = open.last, !last.isHeading, last.rank >= line.indent { open.removeLast() }
            case .item, .paragraph:
                while let last = open.last, !last.isHeading, last.rank > line.indent || (last.rank == line.indent && !last.takesAll) {
                    open.removeLast()
                }
            }
            result.append(try block(draft, level: min(open.count, TextLimits.depth), names: &names))
            guard open.count < TextLimits.depth else { continue }
            let isBare = line.kind == .option && line.isBareOption(bytes, end: draft.end) && index + 1 < blocks.count
            open.append(
                Open(
                    isHeading: line.kind == .heading, rank: line.kind == .heading ? line.rank : line.indent, isOption: line.kind == .option,
                    takesAll: isBare))
        }
        return result
    }

    private func block(_ draft: Draft, level: Int, names: inout BlockNames) throws(TextFault) -> NegotiatedBlock {
        let line = draft.line
        let markEnd = min(max(line.markEnd, draft.start), draft.end)
        let body = Array(bytes[markEnd..<draft.end])
        let wId = try names.name(line, body: body, level: level)
        return NegotiatedBlock(
            wId: wId, kind: line.kind, number: line.number ?? names.lastNumber, option: line.option, level: level,
            lead: Array(bytes[draft.start..<markEnd]), body: body, tail: Array(bytes[draft.end..<draft.next]))
    }
}
