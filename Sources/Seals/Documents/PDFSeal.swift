/// What a seal in a PDF says beside the signature itself.
public struct PDFSeal: Hashable, Sendable {
    /// Whether later changes are foreseen (ISO 32000-1, 12.8.2.2).
    public enum Certification: Int, Hashable, Sendable {
        /// Nothing may be changed.
        case final = 1
        /// Further signatures may be added.
        case signaturesAllowed = 2
    }

    /// Where a seal is seen.
    public struct Placement: Hashable, Sendable {
        /// From 0.
        public var page: Int
        /// In points from the page's lower left corner.
        public var left: Double
        public var bottom: Double
        /// The seal is round: its width and height, in points.
        public var size: Double

        public init(page: Int, left: Double, bottom: Double, size: Double = 64) {
            self.page = page
            self.left = left
            self.bottom = bottom
            self.size = size
        }
    }

    /// Who seals, for people: the office's name.
    public var name: String
    /// Why: "Certified true copy".
    public var reason: String?
    public var location: String?
    /// `nil`: the seal is not seen on any page; readers still list it.
    public var placement: Placement?
    /// `nil`: a seal like any other. Only the first signature of a document may certify it.
    public var certification: Certification?

    public init(
        name: String, reason: String? = nil, location: String? = nil, placement: Placement? = nil, certification: Certification? = nil
    ) {
        self.name = name
        self.reason = reason
        self.location = location
        self.placement = placement
        self.certification = certification
    }
}

extension PDFSeal {
    /// The picture of a seal: two rings and a star, in lines and curves alone, so that no font is needed.
    static func drawing(size: Double) -> [UInt8] {
        let middle = size / 2
        func number(_ value: Double) -> String {
            let scaled = Int((value * 1_000).rounded())
            let (whole, part) = (abs(scaled) / 1_000, abs(scaled) % 1_000)
            return "\(scaled < 0 ? "-" : "")\(whole).\(PDFUpdate.padded(part, 3))"
        }
        func ring(_ radius: Double) -> String {
            // Four curves make a circle to one part in 3,700.
            let reach = radius * 0.552_284_75
            let (low, high) = (middle - radius, middle + radius)
            return """
                \(number(high)) \(number(middle)) m
                \(number(high)) \(number(middle + reach)) \(number(middle + reach)) \(number(high)) \(number(middle)) \(number(high)) c
                \(number(middle - reach)) \(number(high)) \(number(low)) \(number(middle + reach)) \(number(low)) \(number(middle)) c
                \(number(low)) \(number(middle - reach)) \(number(middle - reach)) \(number(low)) \(number(middle)) \(number(low)) c
                \(number(middle + reach)) \(number(low)) \(number(high)) \(number(middle - reach)) \(number(high)) \(number(middle)) c
                s

                """
        }
        // A star of eight points: corners on two circles by turns, sines and cosines of 22.5 degrees written out.
        let directions: [(Double, Double)] = [
            (1, 0), (0.923_88, 0.382_68), (0.707_11, 0.707_11), (0.382_68, 0.923_88), (0, 1), (-0.382_68, 0.923_88),
            (-0.707_11, 0.707_11), (-0.923_88, 0.382_68), (-1, 0), (-0.923_88, -0.382_68), (-0.707_11, -0.707_11),
            (-0.382_68, -0.923_88), (0, -1), (0.382_68, -0.923_88), (0.707_11, -0.707_11), (0.923_88, -0.382_68),
        ]
        var star = ""
        for (index, direction) in directions.enumerated() {
            let radius = size * (index.isMultiple(of: 2) ? 0.27 : 0.11)
            star += "\(number(middle + direction.0 * radius)) \(number(middle + direction.1 * radius)) \(index == 0 ? "m" : "l")\n"
        }
        let text = """
            q
            0.1 0.2 0.42 RG 0.1 0.2 0.42 rg
            \(number(size * 0.03)) w
            \(ring(size * 0.47))\(number(size * 0.012)) w
            \(ring(size * 0.39))\(star)h f
            Q
            """
        return Array(text.utf8)
    }
}
