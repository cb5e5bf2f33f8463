/// Where things stand on a page, in points from its top and from the edge where lines begin.
struct PageGeometry {
    let paper: Paper
    let direction: PrintedDirection
    /// From the edge where lines begin to the text.
    let textStart: Double
    let textWidth: Double
    /// The room for numbers before the text. Nothing where there is no such margin.
    let marginWidth: Double
    let top: Double
    let bottom: Double

    /// Between the numbers in the margin and the text.
    static let marginGap = 12.0
    static let headBaseline = 50.0

    init(paper: Paper, section: PrintedSection) {
        self.paper = paper
        direction = section.direction
        switch section.arrangement {
        case .instrument:
            // About 68 characters to the line.
            textStart = 128
            textWidth = paper.width - 128 - 66
            marginWidth = 70
        case .even:
            textStart = 86
            textWidth = paper.width - 172
            marginWidth = 0
        }
        top = section.headStart.isEmpty && section.headEnd.isEmpty ? 72 : 82
        bottom = paper.height - 76
    }

    /// Text and margin together.
    var wholeWidth: Double { textWidth + (marginWidth > 0 ? marginWidth + Self.marginGap : 0) }
    var height: Double { bottom - top }
    var footBaseline: Double { paper.height - 46 }

    /// From the left edge of the paper to the left edge of an area that begins `start` after the text's.
    func left(start: Double, width: Double) -> Double {
        direction == .leftToRight ? textStart + start : paper.width - textStart - start - width
    }
}
