import Acts
import Web

/// The picture of a treaty's way into force: counted instruments over time as a step line, against the number the clause
/// asks for. SVG without styles of its own, so that the page's palette and its dark mode apply.
struct ThresholdTimeline {
    /// A day and how many stood from it on.
    struct Step {
        var date: CalendarDate
        var count: Int
    }

    /// Words of the picture, in the page's language.
    struct Labels {
        var title: String
        /// What the picture shows, as a sentence for those who do not see it.
        var description: String
        var threshold: String?
        var entryIntoForce: String?
    }

    var instruments: [Step]
    var signatures: [Step]
    var threshold: Int?
    var entryIntoForce: CalendarDate?
    var from: CalendarDate
    var until: CalendarDate
    var labels: Labels
    /// Numbers on the axes, as the language writes them.
    var number: (Int) -> String

    private static let width = 720.0
    private static let height = 260.0
    private static let left = 44.0
    private static let right = 16.0
    private static let top = 24.0
    private static let bottom = 30.0

    private var highest: Int {
        max(10, (instruments.map(\.count) + signatures.map(\.count) + [threshold ?? 0]).max() ?? 10)
    }

    private func x(_ date: CalendarDate) -> Double {
        let span = Double(max(1, until.dayNumber - from.dayNumber))
        let part = min(1, max(0, Double(date.dayNumber - from.dayNumber) / span))
        return Self.left + part * (Self.width - Self.left - Self.right)
    }

    private func y(_ count: Int) -> Double {
        Self.height - Self.bottom - Double(count) / Double(highest) * (Self.height - Self.top - Self.bottom)
    }

    private func text(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? String(tenths / 10) : "\(tenths / 10).\(abs(tenths % 10))"
    }

    private func path(_ steps: [Step], closed: Bool) -> String {
        guard let first = steps.first else { return "" }
        var commands = "M\(text(x(first.date))) \(text(y(0)))"
        for step in steps { commands += "H\(text(x(step.date)))V\(text(y(step.count)))" }
        commands += "H\(text(x(until)))"
        if closed { commands += "V\(text(y(0)))Z" }
        return commands
    }

    private var yearStep: Int {
        let years = max(1, until.year - from.year)
        return [1, 2, 5, 10, 20, 25, 50].first { years / $0 <= 8 } ?? 100
    }

    private var countStep: Int {
        [2, 5, 10, 20, 25, 50, 100].first { highest / $0 <= 5 } ?? 500
    }

    /// The picture as an `svg` element.
    func markup() -> String {
        var svg = """
            <svg class="picture timeline" viewBox="0 0 720 260" role="img" aria-labelledby="timeline-title timeline-description" direction="ltr">\
            <title id="timeline-title">\(Markup(text: labels.title).html)</title>\
            <desc id="timeline-description">\(Markup(text: labels.description).html)</desc>
            """
        for count in stride(from: 0, through: highest, by: countStep) {
            let line = text(y(count))
            svg += "<path class=\"grid\" d=\"M\(text(Self.left)) \(line)H\(text(Self.width - Self.right))\"/>"
            svg += "<text class=\"axis end\" x=\"\(text(Self.left - 6))\" y=\"\(text(y(count) + 4))\">\(number(count))</text>"
        }
        var year = (from.year / yearStep + 1) * yearStep
        while year <= until.year, let start = CalendarDate(year: year, month: 1, day: 1) {
            if start > until { break }
            svg += "<path class=\"tick\" d=\"M\(text(x(start))) \(text(y(0)))v5\"/>"
            svg += "<text class=\"axis middle\" x=\"\(text(x(start)))\" y=\"\(text(Self.height - 10))\">\(year)</text>"
            year += yearStep
        }
        svg += "<path class=\"signed\" d=\"\(path(signatures, closed: false))\"/>"
        svg += "<path class=\"area\" d=\"\(path(instruments, closed: true))\"/>"
        svg += "<path class=\"line\" d=\"\(path(instruments, closed: false))\"/>"
        if let threshold {
            let line = y(threshold)
            svg += "<path class=\"threshold\" d=\"M\(text(Self.left)) \(text(line))H\(text(Self.width - Self.right))\"/>"
            if let label = labels.threshold {
                // Where it entered into force early, curves and lines cross at the left.
                let isEarly = entryIntoForce.map { x($0) < Self.width * 0.4 } ?? false
                svg += """
                    <text class="label\(isEarly ? " end" : "")" x="\(text(isEarly ? Self.width - Self.right - 4 : Self.left + 4))" \
                    y="\(text(line - 5))">\(Markup(text: label).html)</text>
                    """
            }
        }
        if let entryIntoForce, entryIntoForce >= from, entryIntoForce <= until {
            let line = x(entryIntoForce)
            svg += "<path class=\"force\" d=\"M\(text(line)) \(text(Self.top - 8))V\(text(y(0)))\"/>"
            if let label = labels.entryIntoForce {
                let atEnd = line > Self.width * 0.6
                svg += """
                    <text class="label force-label\(atEnd ? " end" : "")" x="\(text(atEnd ? line - 5 : line + 5))" \
                    y="\(text(Self.top - 8))">\(Markup(text: label).html)</text>
                    """
            }
        }
        return svg + "</svg>"
    }
}
