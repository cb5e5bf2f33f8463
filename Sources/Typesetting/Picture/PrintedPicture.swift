/// A picture of text for screens, such as a card that is passed on: plain values, from which `Typesetter` makes a PNG.
public struct PrintedPicture: Sendable, Equatable {
    /// A colour of the screen; each part from 0 to 1.
    public struct Colour: Sendable, Equatable {
        public var red: Double
        public var green: Double
        public var blue: Double

        /// - Parameter hex: `0x0B5D66`.
        public init(_ hex: UInt32) {
            red = Double(hex >> 16 & 255) / 255
            green = Double(hex >> 8 & 255) / 255
            blue = Double(hex & 255) / 255
        }
    }

    /// A filled rectangle, in pixels.
    public struct Bar: Sendable, Equatable {
        public var x: Double
        public var y: Double
        public var width: Double
        public var height: Double
        public var colour: Colour

        public init(x: Double, y: Double, width: Double, height: Double, colour: Colour) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
            self.colour = colour
        }
    }

    /// Text in a column; what does not fit its lines ends with an ellipsis.
    public struct Line: Sendable, Equatable {
        public var text: String
        /// A BCP 47 tag: it chooses the letters and the direction, and so the edge that lines begin at.
        public var language: String
        public var x: Double
        /// The upper edge of the first line.
        public var y: Double
        public var width: Double
        /// Pixels.
        public var size: Double
        public var colour: Colour
        public var isBold: Bool
        /// Every character equally wide.
        public var isCode: Bool
        /// Whether lines end at the column's other edge.
        public var isAtEnd: Bool
        public var mostLines: Int

        public init(
            _ text: String, language: String, x: Double, y: Double, width: Double, size: Double, colour: Colour, isBold: Bool = false,
            isCode: Bool = false, isAtEnd: Bool = false, mostLines: Int = 1
        ) {
            self.text = text
            self.language = language
            self.x = x
            self.y = y
            self.width = width
            self.size = size
            self.colour = colour
            self.isBold = isBold
            self.isCode = isCode
            self.isAtEnd = isAtEnd
            self.mostLines = mostLines
        }
    }

    /// Pixels, at most ``largest`` each.
    public var width: Int
    public var height: Int
    public var background: Colour
    public var bars: [Bar]
    public var lines: [Line]

    /// Pixels of an edge that are drawn at most.
    public static let largest = 4_096
    /// Bytes of a line's text that are drawn at most.
    static let longest = 4_000

    public init(width: Int, height: Int, background: Colour, bars: [Bar] = [], lines: [Line]) {
        self.width = min(max(width, 1), Self.largest)
        self.height = min(max(height, 1), Self.largest)
        self.background = background
        self.bars = bars
        self.lines = lines
    }
}
