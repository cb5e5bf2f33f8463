public import Acts
import Foundation
import Texts

extension NegotiatedVersion {
    /// The next version, with an amendment in it. Applying the same amendments in the same order gives the same text anywhere.
    /// - Parameters:
    ///   - amendment: an amendment to the text, not a sub-amendment.
    ///   - manner: as proposed, or in brackets attributed to its sponsors.
    ///   - number: the number of the version it makes.
    ///   - base: the version the amendment was written for.
    /// - Throws: a ``Refusal`` where the provision is gone or was changed since, the words are not there, or the text would no longer be
    ///   read as it is kept. Nothing is merged by guessing.
    public func applying(
        _ amendment: TextAmendment, _ manner: ConferenceAmendmentApplied.Manner, as number: Int, base: NegotiatedVersion
    ) throws(Refusal) -> NegotiatedVersion {
        guard amendment.amends == nil else { throw TextRefusal.subAmendment }
        try TextAmendment.check(amendment.change)
        var application = AmendmentApplication(
            version: self, base: base, amendment: amendment, manner: manner, number: number)
        return try application.apply()
    }
}

/// One amendment on its way into a text.
struct AmendmentApplication {
    let version: NegotiatedVersion
    let base: NegotiatedVersion
    let amendment: TextAmendment
    let manner: ConferenceAmendmentApplied.Manner
    let number: Int
    private var blocks: [NegotiatedBlock]
    private var provenance: [ProvisionIdentifier: Provenance]
    /// Blocks that must be read again as they are kept.
    private var touched: Set<ProvisionIdentifier> = []

    init(
        version: NegotiatedVersion, base: NegotiatedVersion, amendment: TextAmendment, manner: ConferenceAmendmentApplied.Manner,
        number: Int
    ) {
        self.version = version
        self.base = base
        self.amendment = amendment
        self.manner = manner
        self.number = number
        blocks = version.text.blocks
        provenance = version.provenance
    }

    private var change: ConferenceTextChange { amendment.change }
    private var attribution: [String]? { manner == .inBrackets ? amendment.sponsors : nil }

    mutating func apply() throws(Refusal) -> NegotiatedVersion {
        let index = try target(change.target)
        switch change.operation {
        case .insert where change.anchor == nil: try insertProvisions(at: index)
        case .insert, .replace: try changeWords(at: index)
        case .delete where change.anchor == nil: try deleteProvision(at: index)
        case .delete: try changeWords(at: index)
        case .move: try move(from: index)
        case .split: try split(at: index)
        case .renumber: try renumber(at: index)
        }
        try readAgain()
        let text: NegotiatedText
        do {
            text = try NegotiatedText(blocks: blocks)
        } catch {
            throw error.kind == .identifier ? TextRefusal.known(amendment.id) : TextRefusal.tooLarge
        }
        guard text.blocks != version.text.blocks else { throw TextRefusal.noEffect }
        let before = version.text.scan
        guard text.scan.strayClosing <= before.strayClosing, text.scan.neverClosed <= before.neverClosed else {
            throw TextRefusal.unbalanced
        }
        return NegotiatedVersion(number: number, text: text, provenance: provenance)
    }

    /// The provision of that name, in the text as it stands.
    private func target(_ name: String) throws(Refusal) -> Int {
        guard let wId = ProvisionIdentifier(name), let index = version.text.index(of: wId), blocks[index].kind != .frontMatter,
            blocks[index].kind != .markup
        else { throw TextRefusal.vanished(name, version: version.number) }
        return index
    }

    /// Refuses where what is to be done to the whole of a provision was thought of for other words.
    private func wantUnchanged(_ range: Range<Int>) throws(Refusal) {
        guard amendment.base != version.number else { return }
        for index in range {
            guard base.text[blocks[index].wId]?.body == blocks[index].body else {
                throw TextRefusal.changed(blocks[index].wId.text, base: amendment.base, version: version.number)
            }
        }
    }

    // MARK: Words

    private mutating func changeWords(at index: Int) throws(Refusal) {
        let block = blocks[index]
        let words = block.words
        if change.anchor == nil { try wantUnchanged(index..<(index + 1)) }
        guard Array(words.utf8) == block.body || change.anchor == nil else { throw TextRefusal.notUTF8(block.wId.text) }
        var change = change
        change.words = change.words.map { lines($0) }
        change.anchor = change.anchor.map { lines($0) }
        setBody(
            at: index, Array(try WordEdit.words(words, changed: change, attribution: attribution, place: block.wId.text).utf8))
    }

    /// The line ends the text has.
    private func lines(_ words: String) -> String {
        let end = newline
        guard words.contains(where: \.isNewline) else { return words }
        return words.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }).joined(
            separator: end)
    }

    private var newline: String {
        for block in blocks where !block.tail.isEmpty {
            if let place = block.tail.firstIndex(of: 0x0A) {
                return place > block.tail.startIndex && block.tail[place - 1] == 0x0D ? "\r\n" : "\n"
            }
            if block.tail.contains(0x0D) { return "\r" }
        }
        return "\n"
    }

    private mutating func setBody(at index: Int, _ body: [UInt8]) {
        let block = blocks[index]
        let known = provenance[block.wId] ?? Provenance(bytes: block.body.count, version: version.number)
        provenance[block.wId] = known.following(from: block.body, to: body, version: number, amendment: amendment.id)
        blocks[index].body = body
        touched.insert(block.wId)
    }

    // MARK: Provisions

    private mutating func insertProvisions(at index: Int) throws(Refusal) {
        guard let words = change.words else { throw TextRefusal.missing("words") }
        let neighbour = blocks[index]
        let indentation = neighbour.lead.prefix { $0 == 0x20 || $0 == 0x09 }
        let end = newline
        let text = lines(words).split(separator: end, omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : String(decoding: indentation, as: UTF8.self) + $0 }.joined(separator: end)
        let read: NegotiatedText
        do {
            read = try NegotiatedText(parsing: Array(text.utf8))
        } catch {
            throw TextRefusal.tooLarge
        }
        let found = read.blocks.filter { !$0.body.isEmpty }
        guard !found.isEmpty, found.allSatisfy({ $0.kind.isProvision || $0.kind == .footnote }) else { throw TextRefusal.several }
        let lowest = found.filter(\.kind.isProvision).map(\.level).min() ?? 0
        let level = change.position == .within ? neighbour.level + 1 : neighbour.level
        var new: [NegotiatedBlock] = []
        for (place, block) in found.enumerated() {
            var own = block.named(try name(place == 0 ? "" : "-\(place + 1)"))
            own.level = block.kind.isProvision ? min(level + block.level - lowest, TextLimits.depth) : 0
            own.tail = Array((end + end).utf8)
            new.append(own)
        }
        if let attribution {
            let opening = attribution.isEmpty ? "[" : "[\(Attribution.text(attribution)): "
            new[0].body = Array(opening.utf8) + new[0].body
            new[new.count - 1].body.append(0x5D)
        }
        for block in new {
            provenance[block.wId] = Provenance(bytes: block.body.count, version: number, amendment: amendment.id)
            touched.insert(block.wId)
        }
        place(new, change.position ?? .after, besideIndex: index)
    }

    /// The name of a provision that comes with this amendment.
    private func name(_ suffix: String) throws(Refusal) -> ProvisionIdentifier {
        guard let name = ProvisionIdentifier("am_\(BlockNames.token(amendment.id))\(suffix)"), version.text.index(of: name) == nil else {
            throw TextRefusal.known(amendment.id)
        }
        return name
    }

    /// Puts blocks before or after another one and all in it, an empty line on either side.
    private mutating func place(_ new: [NegotiatedBlock], _ position: ConferenceTextChange.Position, besideIndex index: Int) {
        let at = position == .before ? index : subtreeEnd(index)
        if at > 0 { endWithEmptyLine(at - 1) }
        blocks.insert(contentsOf: new, at: at)
        let last = at + new.count - 1
        if last + 1 < blocks.count { endWithEmptyLine(last) }
    }

    private func subtreeEnd(_ index: Int) -> Int { blocks.endOfSubtree(at: index) }

    private mutating func endWithEmptyLine(_ index: Int) {
        let end = Array(newline.utf8)
        var ends = 0
        var place = 0
        let tail = blocks[index].tail
        while place < tail.count {
            if tail[place] == 0x0A || (tail[place] == 0x0D && !(place + 1 < tail.count && tail[place + 1] == 0x0A)) { ends += 1 }
            place += 1
        }
        while ends < 2 {
            blocks[index].tail += end
            ends += 1
        }
    }

    private mutating func deleteProvision(at index: Int) throws(Refusal) {
        let range = index..<subtreeEnd(index)
        try wantUnchanged(range)
        if attribution != nil {
            let last = range.upperBound - 1
            setBody(at: index, [0x5B] + blocks[index].body)
            setBody(at: last, blocks[last].body + [0x5D])
            return
        }
        for block in blocks[range] { provenance[block.wId] = nil }
        blocks.removeSubrange(range)
        if index > 0, index < blocks.count { endWithEmptyLine(index - 1) }
    }

    private mutating func move(from index: Int) throws(Refusal) {
        let beside = try target(change.beside ?? "")
        let range = index..<subtreeEnd(index)
        guard !range.contains(beside) else { throw TextRefusal.intoItself }
        let neighbour = blocks[beside]
        var moved = shifted(Array(blocks[range]), from: index, to: neighbour)
        if let attribution { return try showMoved(&moved, range, beside, attribution) }
        blocks.removeSubrange(range)
        if index > 0, index < blocks.count { endWithEmptyLine(index - 1) }
        guard let place = blocks.firstIndex(where: { $0.wId == neighbour.wId }) else { throw TextRefusal.intoItself }
        self.place(moved, change.position ?? .after, besideIndex: place)
    }

    /// Provisions as deep, and as far from the margin, as where they go to.
    private func shifted(_ own: [NegotiatedBlock], from index: Int, to neighbour: NegotiatedBlock) -> [NegotiatedBlock] {
        let position = change.position ?? .after
        let shift = (position == .within ? neighbour.level + 1 : neighbour.level) - blocks[index].level
        let indentation = Array(neighbour.lead.prefix { $0 == 0x20 || $0 == 0x09 })
        let lead = Array(blocks[index].lead.prefix { $0 == 0x20 || $0 == 0x09 })
        var moved = own
        for place in moved.indices {
            if moved[place].kind.isProvision { moved[place].level = min(max(0, moved[place].level + shift), TextLimits.depth) }
            if position != .within, moved[place].lead.starts(with: lead) {
                moved[place].lead = indentation + moved[place].lead.dropFirst(lead.count)
            }
        }
        return moved
    }

    /// A move that is not agreed: the provision in brackets where it stands, and in brackets, attributed, where it would go. What stands
    /// there has names of its own, as every provision that comes with an amendment.
    private mutating func showMoved(
        _ moved: inout [NegotiatedBlock], _ range: Range<Int>, _ beside: Int, _ attribution: [String]
    ) throws(Refusal) {
        let inside = BracketScan(Array(moved.map(\.body).joined(separator: [0x0A])))
        guard inside.strayClosing == 0, inside.neverClosed == 0 else { throw TextRefusal.unbalanced }
        moved = moved.filter(\.kind.isProvision)
        for place in moved.indices { moved[place] = moved[place].named(try name(place == 0 ? "" : "-\(place + 1)")) }
        guard !moved.isEmpty else { throw TextRefusal.several }
        let opening = attribution.isEmpty ? "[" : "[\(Attribution.text(attribution)): "
        moved[0].body = Array(opening.utf8) + moved[0].body
        moved[moved.count - 1].body.append(0x5D)
        for block in moved {
            provenance[block.wId] = Provenance(bytes: block.body.count, version: number, amendment: amendment.id)
            touched.insert(block.wId)
        }
        setBody(at: range.lowerBound, [0x5B] + blocks[range.lowerBound].body)
        setBody(at: range.upperBound - 1, blocks[range.upperBound - 1].body + [0x5D])
        place(moved, change.position ?? .after, besideIndex: beside)
    }

    private mutating func split(at index: Int) throws(Refusal) {
        guard manner == .asProposed else { throw TextRefusal.manner(change.operation.rawValue) }
        let block = blocks[index]
        let words = block.words
        guard block.kind.isProvision, block.kind != .heading else { throw TextRefusal.several }
        guard Array(words.utf8) == block.body else { throw TextRefusal.notUTF8(block.wId.text) }
        let range = try WordEdit.find(lines(change.anchor ?? ""), in: words, occurrence: change.occurrence, place: block.wId.text)
        let cut = words.utf8.distance(from: words.startIndex, to: range.lowerBound)
        var end = cut
        while end > 0, block.body[end - 1] == 0x20 || block.body[end - 1] == 0x0A || block.body[end - 1] == 0x0D { end -= 1 }
        guard end > 0 else { throw TextRefusal.noEffect }
        // A bracket that would be open in the one and closed in the other belongs to neither.
        guard BracketScan(Array(block.body[..<end])).unbalanced == BracketScan(block.body).unbalanced else { throw TextRefusal.unbalanced }
        let indentation = Array(block.lead.prefix { $0 == 0x20 || $0 == 0x09 })
        let known = provenance[block.wId] ?? Provenance(bytes: block.body.count, version: version.number)
        var second = NegotiatedBlock(
            wId: try name(""), kind: .paragraph, level: block.level, lead: indentation, body: Array(block.body[cut...]), tail: block.tail)
        if let number = change.number {
            second.kind = .item
            second.number = number
            second.lead += Array((number + (number.hasSuffix(")") ? " " : ". ")).utf8)
        }
        provenance[second.wId] = known.slice(cut..<block.body.count)
        provenance[block.wId] = known.slice(0..<end)
        blocks[index].body = Array(block.body[..<end])
        blocks[index].tail = Array((newline + newline).utf8)
        touched.insert(block.wId)
        touched.insert(second.wId)
        // What lay in the provision lies in its second part.
        blocks.insert(second, at: index + 1)
    }

    private mutating func renumber(at index: Int) throws(Refusal) {
        guard manner == .asProposed else { throw TextRefusal.manner(change.operation.rawValue) }
        let block = blocks[index]
        guard let number = change.number, let old = block.option ?? block.number, block.kind.isProvision else {
            throw TextRefusal.missing("number")
        }
        let isInLead = block.kind == .item
        let text = String(decoding: isInLead ? block.lead : block.body, as: UTF8.self)
        guard Array(text.utf8) == (isInLead ? block.lead : block.body), let range = text.range(of: old) else {
            throw TextRefusal.wordsGone(old, block.wId.text)
        }
        let new = Array(text.replacingCharacters(in: range, with: number).utf8)
        if block.kind == .option { blocks[index].option = number } else { blocks[index].number = number }
        if isInLead {
            blocks[index].lead = new
            touched.insert(block.wId)
        } else {
            setBody(at: index, new)
        }
    }

    // MARK: What is kept is what is read

    /// Reads each block that was changed: it must be one block of its kind, with the same words, when the text is read anew.
    private func readAgain() throws(Refusal) {
        for block in blocks where touched.contains(block.wId) {
            let read: NegotiatedText
            do {
                read = try NegotiatedText(parsing: block.lead + block.body + block.tail)
            } catch {
                throw TextRefusal.tooLarge
            }
            guard read.blocks.count == 1, let first = read.blocks.first, first.body == block.body, first.lead == block.lead,
                first.kind == block.kind
            else { throw TextRefusal.several }
        }
    }
}
