/// A strip across the page that is not divided: a line, the row of a table, a seal.
struct PageBox {
    /// Something to draw in the strip.
    struct Piece {
        enum Drawing {
            case line(ShapedParagraph, Int)
            case rule
            case seal(PrintedSeal, SealLetters)
        }

        enum Tone {
            case ink
            case quiet
        }

        var drawing: Drawing
        /// Points after the edge of the text where lines begin; less than nothing in the margin.
        var start: Double
        /// Points.
        var width: Double
        /// Points from the top of the strip to the baseline of a line, to a rule, to the top of a seal.
        var drop: Double
        var tone = Tone.ink
    }

    /// An entry in the outline of the file.
    struct Entry {
        let level: Int
        let name: String
    }

    /// Where a piece leads.
    enum Link {
        case address(String)
        case page(Int)
    }

    var height: Double
    /// White before it, unless it begins a page.
    var spaceBefore = 0.0
    var mayBeginPage = true
    /// Whether the next strip stays on its page.
    var holdsNext = false
    var pieces: [Piece] = []
    /// From the outermost inwards.
    var structure: [StructureNode] = []
    var entry: Entry?
    var link: Link?
    /// What is set again where a page begins with this strip: the head of its table.
    var head: [PageBox] = []
    /// Ends the page before it.
    var beginsPage = false
}

/// An element of the file's structure (ISO 32000-1, 14.8.4): neighbours with the same number are one element.
struct StructureNode: Equatable {
    let tag: String
    let number: Int
}
