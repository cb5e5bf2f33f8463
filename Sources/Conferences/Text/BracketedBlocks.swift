extension NegotiatedText {
    /// Whether words of a block wait for agreement: a bracket stands in it, or around it.
    public func isBracketed(at index: Int) -> Bool {
        let range = bodyRange(at: index)
        let next = WordCount.firstMark(from: range.lowerBound, in: scan.marks)
        var place = next
        while place < scan.marks.count, scan.marks[place].offset < range.upperBound {
            if scan.marks[place].isOpenQuestion, scan.marks[place].partner != nil { return true }
            place += 1
        }
        // Around it: the next mark closes what was opened before, or lies deeper than the outermost.
        while place < scan.marks.count {
            let mark = scan.marks[place]
            place += 1
            guard mark.role == .text, let partner = mark.partner else { continue }
            if mark.isOpening { place = partner + 1 } else { return scan.marks[partner].offset < range.lowerBound }
        }
        return false
    }
}
