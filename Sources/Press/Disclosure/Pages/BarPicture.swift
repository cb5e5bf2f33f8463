import Web

/// Shares with their intervals as bars: SVG without styles of its own, and the same in words.
struct BarPicture {
    struct Bar {
        let name: String
        /// What is written at its end.
        let label: String
        /// 0 to 1; the interval where there is one.
        let share: Double
        let interval: (low: Double, high: Double)?
    }

    let identifier: String
    let title: String
    let bars: [Bar]

    func markup() -> Markup {
        guard !bars.isEmpty else { return Markup() }
        let height = 30 * bars.count + 6
        var svg = Markup.element(
            "svg",
            [
                "class": "picture", "viewBox": "0 0 720 \(height)", "role": "img", "aria-labelledby": "\(identifier)-t \(identifier)-d",
                "direction": "ltr",
            ])
        svg.append(Markup.element("title", ["id": "\(identifier)-t"], text: title))
        svg.append(Markup.element("desc", ["id": "\(identifier)-d"], text: bars.map { "\($0.name): \($0.label)" }.joined(separator: "; ")))
        for (place, bar) in bars.enumerated() {
            let y = 30 * place + 4
            func x(_ share: Double) -> Int { 240 + Int((min(max(share, 0), 1) * 340).rounded()) }
            svg.append(Markup.element("text", ["class": "axis end", "x": "232", "y": "\(y + 15)"], text: "\u{2068}\(bar.name)\u{2069}"))
            svg.append(Markup.element("path", ["class": "area", "d": "M240 \(y)H\(max(241, x(bar.share)))V\(y + 20)H240Z"], Markup()))
            if let interval = bar.interval {
                svg.append(
                    Markup.element(
                        "path",
                        [
                            "class": "line",
                            "d":
                                "M\(x(interval.low)) \(y + 10)H\(x(interval.high))M\(x(interval.low)) \(y + 5)V\(y + 15)M\(x(interval.high)) \(y + 5)V\(y + 15)",
                        ], Markup()))
            }
            svg.append(Markup.element("text", ["class": "axis", "x": "590", "y": "\(y + 15)"], text: "\u{2068}\(bar.label)\u{2069}"))
        }
        svg.append("</svg>")
        return svg
    }
}
