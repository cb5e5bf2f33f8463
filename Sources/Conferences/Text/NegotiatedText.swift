public import Texts

/// A text under negotiation as data: its provisions in reading order, each with a name that stays, and all brackets of it.
///
/// It is kept to the byte. ``bytes`` gives back what was parsed, whatever it was: line ends, tabs, a byte order mark, spaces at the end,
/// bytes that are not UTF-8. Brackets that do not match are reported (``unbalancedPlaces``), never refused: official texts have them.
public struct NegotiatedText: Hashable, Sendable {
    /// In reading order. Together they are the whole text.
    public let blocks: [NegotiatedBlock]
    /// All brackets; offsets count from the beginning of the text.
    public let scan: BracketScan
    /// Where each block begins, in bytes, and one more for the end.
    public let offsets: [Int]
    /// The place in ``blocks`` of what each block lies in; `nil` of the outermost.
    public let parents: [Int?]
    let source: [UInt8]
    private let positions: [ProvisionIdentifier: Int]

    /// Reads a text: Markdown as conferences publish it, or plain text.
    /// - Throws: ``TextFault`` where it is larger than ``TextLimits/bytes``, has more than ``TextLimits/provisions`` blocks, or is in
    ///   UTF-16.
    public init(parsing bytes: [UInt8]) throws(TextFault) {
        guard bytes.count <= TextLimits.bytes else {
            throw TextFault(
                .tooLarge, "The text has \(bytes.count) bytes; at most \(TextLimits.bytes) are read.", mend: "Divide it into its parts.")
        }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw TextFault(.notReadable, "The text is in UTF-16.", mend: "Save it as UTF-8.")
        }
        var reader = NegotiatedTextReader(bytes)
        try self.init(blocks: try reader.read(), source: bytes)
    }

    /// A text of blocks, such as an amendment leaves it.
    /// - Throws: ``TextFault`` where two blocks have one name, or it became too large.
    public init(blocks: [NegotiatedBlock]) throws(TextFault) {
        var source: [UInt8] = []
        source.reserveCapacity(blocks.reduce(0) { $0 + $1.byteCount })
        for block in blocks {
            source += block.lead
            source += block.body
            source += block.tail
        }
        guard source.count <= TextLimits.bytes else {
            throw TextFault(
                .tooLarge, "The text would have \(source.count) bytes; at most \(TextLimits.bytes) are kept.",
                mend: "Divide it into its parts.")
        }
        try self.init(blocks: blocks, source: source)
    }

    private init(blocks: [NegotiatedBlock], source: [UInt8]) throws(TextFault) {
        var offsets: [Int] = []
        offsets.reserveCapacity(blocks.count + 1)
        var parents: [Int?] = []
        parents.reserveCapacity(blocks.count)
        var positions: [ProvisionIdentifier: Int] = [:]
        positions.reserveCapacity(blocks.count)
        var labels: Set<String> = []
        var open: [Int] = []
        var offset = 0
        for (index, block) in blocks.enumerated() {
            guard positions.updateValue(index, forKey: block.wId) == nil else {
                throw TextFault(.identifier, place: block.wId.text, "Two provisions have that name.", mend: "Give one of them another.")
            }
            offsets.append(offset)
            offset += block.byteCount
            if block.kind.isProvision {
                while let last = open.last, blocks[last].level >= block.level { open.removeLast() }
                parents.append(open.last)
                open.append(index)
            } else {
                parents.append(nil)
            }
            if block.kind == .linkDefinition, let label = block.number { labels.insert(label.lowercased()) }
        }
        offsets.append(offset)
        self.blocks = blocks
        self.source = source
        self.positions = positions
        self.offsets = offsets
        self.parents = parents
        scan = BracketScan(source, linkLabels: labels)
    }

    /// The text as it is written, byte for byte.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count)
        for block in blocks {
            bytes += block.lead
            bytes += block.body
            bytes += block.tail
        }
        return bytes
    }

    /// The place in ``blocks`` of the one with that name.
    public func index(of wId: ProvisionIdentifier) -> Int? { positions[wId] }

    public subscript(wId: ProvisionIdentifier) -> NegotiatedBlock? { index(of: wId).map { blocks[$0] } }

    /// A block and all that lies in it. Notes and marks between its provisions are among them, those after the last are not.
    public func subtree(at index: Int) -> Range<Int> { index..<blocks.endOfSubtree(at: index) }

    /// Where the words of a block lie in the text, in bytes.
    public func bodyRange(at index: Int) -> Range<Int> {
        let start = offsets[index] + blocks[index].lead.count
        return start..<(start + blocks[index].body.count)
    }

    /// The block that byte of the text lies in.
    func blockIndex(at offset: Int) -> Int? {
        guard !blocks.isEmpty, offset >= 0, offset < source.count else { return nil }
        var low = 0
        var high = blocks.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if offsets[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}

extension [NegotiatedBlock] {
    /// Behind the last provision that lies in the one at that place.
    func endOfSubtree(at index: Int) -> Int {
        var end = index + 1
        guard self[index].kind.isProvision else { return end }
        var place = end
        while place < count {
            let block = self[place]
            place += 1
            guard block.kind.isProvision else { continue }
            guard block.level > self[index].level else { break }
            end = place
        }
        return end
    }
}
