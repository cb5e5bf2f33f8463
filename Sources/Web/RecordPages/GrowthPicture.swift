import Acts

/// How the record grew: its size over time, as SVG without styles of its own, with the same in words.
struct GrowthPicture {
    let points: [(size: Int64, received: Moment)]
    let title: String
    let description: String
    let language: Language

    private static let width = 720.0
    private static let height = 220.0
    private static let left = 64.0
    private static let bottom = 28.0
    private static let top = 12.0

    /// `nil` where there is nothing to draw yet.
    func markup() -> Markup? {
        guard let first = points.first, let last = points.last, points.count > 1 else { return nil }
        let span = Double(max(1, last.received.milliseconds - first.received.milliseconds))
        let highest = Double(max(1, last.size))
        func x(_ moment: Moment) -> Double {
            Self.left + Double(moment.milliseconds - first.received.milliseconds) / span * (Self.width - Self.left - 8)
        }
        func y(_ size: Double) -> Double {
            Self.height - Self.bottom - size / highest * (Self.height - Self.bottom - Self.top)
        }
        var line = "M\(number(x(first.received))) \(number(y(0)))"
        for point in points { line += "L\(number(x(point.received))) \(number(y(Double(point.size))))" }
        let area = line + "V\(number(y(0)))Z"
        var svg = Markup.element(
            "svg",
            [
                "class": "picture", "viewBox": "0 0 720 220", "role": "img", "aria-labelledby": "growth-title growth-words",
                "direction": "ltr",
            ])
        svg.append(Markup.element("title", ["id": "growth-title"], text: title))
        svg.append(Markup.element("desc", ["id": "growth-words"], text: description))
        for share in [0.0, 0.5, 1.0] {
            let level = y(highest * share)
            svg.append(
                Markup.element(
                    "path", ["class": "grid", "d": "M\(number(Self.left)) \(number(level))H\(number(Self.width))"], Markup()))
            svg.append(
                Markup.element(
                    "text", ["class": "axis end", "x": number(Self.left - 8), "y": number(level + 4)],
                    text: language.text(Int64(highest * share))))
        }
        svg.append(Markup.element("path", ["class": "area", "d": area], Markup()))
        svg.append(Markup.element("path", ["class": "line", "d": line], Markup()))
        svg.append(
            Markup.element("text", ["class": "axis", "x": number(Self.left), "y": number(Self.height - 8)], text: label(first.received)))
        svg.append(
            Markup.element(
                "text", ["class": "axis end", "x": number(Self.width - 8), "y": number(Self.height - 8)], text: label(last.received)))
        svg.append("</svg>")
        return svg
    }

    /// Isolated, since the picture runs from left to right in every language (UAX 9, 2.4.2).
    private func label(_ moment: Moment) -> String { "\u{2068}\(language.text(moment.date))\u{2069}" }

    private func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(abs(tenths % 10))"
    }
}
