import Synchronization
import Texts
import Web

/// A version's words as HTML, block by block: the same in every language and for everybody.
struct MarkedText: Sendable {
    /// One for each block.
    let words: [Markup]
    /// How many brackets are open where each block begins.
    let depths: [Int]

    init(_ text: NegotiatedText, stray: String, knowsName: @escaping (String) -> Bool) {
        let markup = NegotiatedMarkup(text: text, knowsName: knowsName, stray: stray)
        words = text.blocks.indices.map { markup.words(at: $0) }
        depths = text.depths
    }
}

extension NegotiatedText {
    /// How many brackets are open where the words of each block begin.
    var depths: [Int] {
        var depths: [Int] = []
        depths.reserveCapacity(blocks.count)
        var depth = 0
        var next = 0
        for index in blocks.indices {
            let start = bodyRange(at: index).lowerBound
            while next < scan.marks.count, scan.marks[next].offset < start {
                let mark = scan.marks[next]
                next += 1
                guard mark.role == .text, mark.partner != nil else { continue }
                depth += mark.isOpening ? 1 : -1
            }
            depths.append(depth)
        }
        return depths
    }
}

/// Marked versions that were shown of late, guarded by a lock.
final class MarkupShelf: Sendable {
    private static let most = 16

    private struct Shelf: Sendable {
        var texts: [String: (text: MarkedText, used: UInt64)] = [:]
        var clock: UInt64 = 0
    }

    private let shelf = Mutex(Shelf())

    /// - Parameter key: what names the version and the language of its labels.
    func text(_ key: String, making make: () -> MarkedText) -> MarkedText {
        let known = shelf.withLock { shelf -> MarkedText? in
            shelf.clock += 1
            shelf.texts[key]?.used = shelf.clock
            return shelf.texts[key]?.text
        }
        if let known { return known }
        let made = make()
        shelf.withLock { shelf in
            shelf.texts[key] = (made, shelf.clock)
            if shelf.texts.count > Self.most, let oldest = shelf.texts.min(by: { $0.value.used < $1.value.used })?.key {
                shelf.texts[oldest] = nil
            }
        }
        return made
    }
}
