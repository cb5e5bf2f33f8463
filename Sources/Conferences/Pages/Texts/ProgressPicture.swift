import Web

/// Brackets and options left at the end of each reading, as bars. SVG without styles of its own, so that the page's palette and its dark
/// mode apply; a table beside it says the same in figures.
struct ProgressPicture {
    struct Bar {
        var name: String
        var brackets: Int
        var options: Int
    }

    /// Words of the picture, in the page's language.
    struct Labels {
        var title: String
        /// What the picture shows, as a sentence for those who do not see it.
        var description: String
        var brackets: String
        var options: String
    }

    var bars: [Bar]
    var labels: Labels
    /// Numbers as the language writes them.
    var number: (Int) -> String

    private static let width = 720
    private static let height = 260
    private static let top = 28
    private static let bottom = 44
    /// Most readings that are drawn: the last ones.
    private static let most = 24

    var svg: Markup {
        let bars = Array(bars.suffix(Self.most))
        let highest = max(1, bars.map { max($0.brackets, $0.options) }.max() ?? 1)
        let room = Self.height - Self.top - Self.bottom
        let step = Self.width / max(1, bars.count)
        let wide = max(6, min(64, step * 2 / 5))
        func height(_ count: Int) -> Int { count * room / highest }
        var content = Markup.element("title", ["id": "progress-title"], text: labels.title)
        content.append(Markup.element("desc", ["id": "progress-desc"], text: labels.description))
        let floor = Self.height - Self.bottom
        content.append(Markup.element("path", ["class": "grid", "d": "M0 \(floor)H\(Self.width)"], Markup()))
        for (place, bar) in bars.enumerated() {
            let middle = place * step + step / 2
            let columns: [(String, Int, Int)] = [("brackets-bar", bar.brackets, middle - wide), ("options-bar", bar.options, middle)]
            for (name, count, x) in columns {
                let tall = height(count)
                content.append(
                    Markup.element(
                        "rect",
                        ["class": name, "x": String(x), "y": String(floor - tall), "width": String(wide - 2), "height": String(tall)],
                        Markup()))
                content.append(
                    Markup.element(
                        "text", ["class": "axis middle", "x": String(x + wide / 2 - 1), "y": String(floor - tall - 6)], text: number(count))
                )
            }
            content.append(
                Markup.element("text", ["class": "label middle", "x": String(middle), "y": String(floor + 18)], text: bar.name))
        }
        return Markup.element(
            "svg",
            [
                "class": "picture progress", "viewBox": "0 0 \(Self.width) \(Self.height)", "role": "img",
                "aria-labelledby": "progress-title progress-desc",
            ], content)
    }
}
