import Acts
import Hummingbird
import Texts
import Web

/// `…/texts/{text}/versions` and `/compare`: every version with its counts, drawn reading by reading, and any two word by word.
extension TextPages {
    /// Most versions of a page.
    private static let mostRows = 500
    /// Most changed provisions of a comparison's page.
    private static let mostChanges = 2_000

    func versions(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let conference = try visit.parameter("conference")
        return try await house.cached(request, visit, dependsOn: .dossiers([Conference.dossier(conference)])) {
            let text = try await open(visit).text
            if representation == .json { return house.json(TextResource(text).versions) }
            let readings = text.negotiation.progressByReading
            let labels = ProgressPicture.Labels(
                title: self.text("progress.title", visit),
                description: self.text("progress.described", ["count": .number(Int64(readings.count))], visit),
                brackets: self.text("count.brackets", visit), options: self.text("count.options", visit))
            let picture = ProgressPicture(
                bars: readings.map { bar($0, visit) }, labels: labels, number: { visit.language.text(Int64($0)) })
            let context: [String: Any] = [
                "standing": standingLine(text, visit), "tabs": tabs(text, "versions", visit), "picture": picture.svg,
                "hasPicture": !readings.isEmpty,
                "readings": readings.map { progress in
                    ["name": readingName(progress.reading, visit)].merging(counts(progress.measures, visit)) { first, _ in first }
                },
                "versions": text.negotiation.facts.suffix(Self.mostRows).reversed().map { version($0, of: text, visit) },
            ]
            return try page("versions", self.text("tab.versions", visit), context, of: text, visit)
        }
    }

    private func readingName(_ reading: Int, _ visit: Visit) -> String {
        reading == 0 ? text("reading.before", visit) : text("reading.name", ["number": .number(Int64(reading))], visit)
    }

    private func bar(_ progress: NegotiationProgress, _ visit: Visit) -> ProgressPicture.Bar {
        .init(name: readingName(progress.reading, visit), brackets: progress.measures.standing, options: progress.measures.options)
    }

    private func counts(_ measures: TextMeasures, _ visit: Visit) -> [String: Any] {
        func number(_ count: Int) -> String { visit.language.text(Int64(count)) }
        return [
            "words": number(measures.words), "brackets": number(measures.brackets), "open": number(measures.standing),
            "options": number(measures.options), "deepest": number(measures.deepestNesting), "placeholders": number(measures.placeholders),
        ]
    }

    private func version(_ facts: Negotiation.VersionFacts, of text: OpenText, _ visit: Visit) -> [String: Any] {
        let base = address(text)
        var row = counts(facts.measures, visit)
        row["number"] = visit.language.text(Int64(facts.number))
        row["form"] = self.text("form.\(facts.form.rawValue)", visit)
        row["when"] = visit.language.text(facts.moment)
        row["amendment"] = facts.amendment ?? false
        row["tabled"] = facts.amendment == nil
        row["address"] = "\(base)?version=\(facts.number)"
        row["file"] = "\(base)?version=\(facts.number)&format=txt"
        row["compare"] = facts.number > 1 ? "\(base)/compare?from=\(facts.number - 1)&to=\(facts.number)" : false
        return row
    }

    // MARK: Comparison

    func compare(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let conference = try visit.parameter("conference")
        return try await house.cached(request, visit, dependsOn: .dossiers([Conference.dossier(conference)])) {
            let text = try await open(visit).text
            guard let newest = text.negotiation.current else { throw TextCommands.unknown(text.head.text) }
            let to = try version("to", of: text, visit) ?? newest
            let from = try version("from", of: text, visit) ?? text.negotiation.version(max(1, Int64(to.number) - 1))
            let comparison = NegotiatedComparison(from.text, to.text)
            if representation == .json {
                guard case .object(var object) = comparison.json else { return house.json(.null) }
                object["from"] = .integer(Int64(from.number))
                object["to"] = .integer(Int64(to.number))
                return house.json(.object(object))
            }
            return try comparisonPage(comparison, from, to, text, visit)
        }
    }

    private func comparisonPage(
        _ comparison: NegotiatedComparison, _ from: NegotiatedVersion, _ to: NegotiatedVersion, _ text: OpenText, _ visit: Visit
    ) throws -> Response {
        let changes = comparison.entries.filter { $0.change != .unchanged }
        func options(_ chosen: Int) -> [[String: Any]] {
            text.negotiation.facts.suffix(Self.mostRows).map { facts in
                let label =
                    "\(visit.language.text(Int64(facts.number))): \(facts.amendment ?? self.text("form.\(facts.form.rawValue)", visit))"
                return ["value": String(facts.number), "name": label, "selected": facts.number == chosen]
            }
        }
        let said: [String: TextArgument] = [
            "count": .number(Int64(changes.count)), "from": .number(Int64(from.number)), "to": .number(Int64(to.number)),
        ]
        let context: [String: Any] = [
            "standing": changes.isEmpty ? self.text("compare.same", visit) : self.text("compare.summary", said, visit),
            "tabs": tabs(text, "compare", visit), "froms": options(from.number), "tos": options(to.number),
            "changes": changes.prefix(Self.mostChanges).map { entry -> [String: Any] in
                [
                    "name": entry.wId.text, "change": entry.change.rawValue, "kind": self.text("compare.\(entry.change.rawValue)", visit),
                    "chip": entry.change == .added ? "agreed" : entry.change == .removed ? "refused" : "awaiting",
                    "address": "\(address(text))/provisions/\(PercentCoding.encode(entry.wId.text))",
                    "words": Self.markup(of: entry.line),
                ]
            },
        ]
        return try page("compare", self.text("tab.compare", visit), context, of: text, visit)
    }

    static func markup(of line: LineComparison) -> Markup {
        var markup = Markup()
        for piece in line.pieces {
            switch piece.change {
            case .kept: markup.append(text: piece.words)
            case .added: markup.append(Markup.element("ins", [:], text: piece.words))
            case .removed: markup.append(Markup.element("del", [:], text: piece.words))
            }
        }
        return markup
    }
}
