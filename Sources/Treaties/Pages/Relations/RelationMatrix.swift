import Acts
import Web

/// Every Party towards every other, a cell a pair: where reservations, objections and amendments leave their marks.
///
/// Cells alike are drawn as one stroke along the row, so that two hundred Parties make a picture and not a megabyte.
struct RelationMatrix {
    /// How a pair stands, the gravest first.
    enum Standing: String, CaseIterable {
        /// One of the two, or neither, is a Party.
        case notBound = "not-bound"
        /// The treaty is not in force between the two, by an objection.
        case precluded
        case suspended
        case provisional
        /// Some provision does not apply between them.
        case excluded
        /// Some provision applies as a reservation modifies it.
        case modified
        /// A text other than the newest governs between them.
        case otherText = "other-text"
        case bound

        init(_ relation: TreatyRelation, amendments: Int) {
            switch relation.state {
            case .notBound: self = .notBound
            case .precluded: self = .precluded
            case .suspended: self = .suspended
            case .provisional: self = .provisional
            case .bound:
                if !relation.excluded.isEmpty {
                    self = .excluded
                } else if !relation.modified.isEmpty {
                    self = .modified
                } else {
                    self = relation.amendments.count < amendments ? .otherText : .bound
                }
            }
        }
    }

    var title: String
    var description: String
    /// What a column is called at its head, and in full.
    var names: [(short: String, full: String)]
    /// `names.count` squared, row by row; the diagonal is `nil`.
    var cells: [Standing?]

    private static let size = 8
    private static let margin = 34

    /// The picture as an `svg` element.
    func markup() -> Markup {
        let count = names.count
        let extent = Self.margin + count * Self.size
        var body = Markup.element("title", ["id": "matrix-title"], text: title)
        body.append(Markup.element("desc", ["id": "matrix-description"], text: description))
        for (index, name) in names.enumerated() {
            let middle = Self.margin + index * Self.size + Self.size / 2
            let tip = Markup.element("title", [:], text: name.full)
            let label = tip + Markup(text: name.short)
            body.append(Markup.element("text", ["class": "row", "x": "\(Self.margin - 3)", "y": "\(middle + 3)"], label))
            body.append(
                Markup.element("text", ["class": "column", "transform": "translate(\(middle + 3) \(Self.margin - 3)) rotate(-90)"], label))
        }
        for standing in Standing.allCases {
            let strokes = strokes(of: standing)
            if !strokes.isEmpty { body.append(Markup.element("path", ["class": "cell \(standing.rawValue)", "d": strokes], Markup())) }
        }
        return Markup.element(
            "svg",
            [
                "class": "picture matrix", "role": "img", "aria-labelledby": "matrix-title matrix-description", "direction": "ltr",
                "width": "\(extent)", "height": "\(extent)", "viewBox": "0 0 \(extent) \(extent)",
            ], body)
    }

    /// Runs of cells alike, as horizontal strokes one cell wide.
    private func strokes(of standing: Standing) -> String {
        var strokes = ""
        let count = names.count
        for row in 0..<count {
            var column = 0
            while column < count {
                guard cells[row * count + column] == standing else {
                    column += 1
                    continue
                }
                let start = column
                while column < count, cells[row * count + column] == standing { column += 1 }
                let x = Self.margin + start * Self.size
                let y = Self.margin + row * Self.size + Self.size / 2
                strokes += "M\(x) \(y)h\((column - start) * Self.size)"
            }
        }
        return strokes
    }
}
