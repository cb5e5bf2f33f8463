import Acts
import Record
import Web

/// A campaign's figures, measured now, as its pages show them: each with its method, and a picture.
struct CampaignReport: Sendable {
    let house: House

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("press.disclosure.campaign.\(key)", arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    func measures(of campaign: CampaignFile) async throws -> CampaignMeasures {
        let today = house.now().date
        let windows = campaign.windows(on: today)
        let (days, statements, confirmed) = try await house.record.read { database in
            let queries = CampaignQueries(database: database)
            let press = PressQueries(database: database)
            return (
                try windows.map { try queries.visitors(from: $0.before.lowerBound, until: $0.after.upperBound) } ?? [],
                try campaign.act.statements.compactMap { try press.statement($0) },
                try campaign.act.statements.map(queries.confirmed)
            )
        }
        var texts: [String: String] = [:]
        for statement in statements {
            for (tag, own) in statement.act.content.texts { texts[tag, default: ""] += own.paragraphs.joined(separator: " ") + " " }
        }
        var others: [(at: Moment, text: String)] = []
        if let followed = house.followed, windows != nil {
            for act in try await followed.acts(ofKind: StatementReleased.kind, limit: 2_000) {
                guard let said = try? act.entry.payload(as: StatementReleased.self) else { continue }
                let words = said.content.texts.values.flatMap { [$0.title] + $0.paragraphs }.joined(separator: "\n")
                others.append((act.entry.header.received, words))
            }
        }
        return CampaignMeasures(of: campaign, on: today, others: others, texts: texts, days: days, confirmed: confirmed)
    }

    /// As the template of measures takes them.
    func sections(_ measures: CampaignMeasures, _ visit: Visit) -> [[String: Any]] {
        [uptake(measures.uptake, visit), deliveries(measures.deliveries, visit)] + visitors(measures.visitors, visit)
    }

    private func section(_ name: String, _ value: String, _ picture: Markup, _ visit: Visit) -> [String: Any] {
        [
            "id": name, "name": text("\(name).name", visit), "value": value, "picture": picture, "method": text("\(name).method", visit),
            "proof": false,
        ]
    }

    private func uptake(_ uptake: MessageUptake?, _ visit: Visit) -> [String: Any] {
        guard let uptake else { return section("uptake", text("uptake.none", visit), Markup(), visit) }
        func bar(_ key: String, _ share: ProportionInterval) -> BarPicture.Bar {
            BarPicture.Bar(
                name: house.text("press.disclosure.measures.uptake.\(key)", visit),
                label: house.text(
                    "press.disclosure.measures.of", ["hits": .number(Int64(share.hits)), "count": .number(Int64(share.of))], visit),
                share: share.share, interval: (share.low, share.high))
        }
        let gain = uptake.gain
        let value = house.text(
            "press.disclosure.measures.uptake.value",
            [
                "difference": .text(signed(gain.difference * 100, visit)), "low": .text(signed(gain.low * 100, visit)),
                "high": .text(signed(gain.high * 100, visit)),
            ], visit)
        let picture = BarPicture(
            identifier: "uptake", title: text("uptake.name", visit),
            bars: [bar("phrase", uptake.phrase), bar("before", uptake.before), bar("placebo", uptake.placebo)])
        return section("uptake", value, picture.markup(), visit)
    }

    private func deliveries(_ deliveries: Int64?, _ visit: Visit) -> [String: Any] {
        section(
            "deliveries", deliveries.map { text("deliveries.value", ["count": .number($0)], visit) } ?? text("deliveries.few", visit),
            Markup(), visit)
    }

    private func visitors(_ visitors: [(language: String, change: MeanChange)], _ visit: Visit) -> [[String: Any]] {
        guard !visitors.isEmpty else { return [section("visitors", text("visitors.none", visit), Markup(), visit)] }
        let most = max(1, visitors.flatMap { [$0.change.before, $0.change.after] }.max() ?? 1)
        var bars: [BarPicture.Bar] = []
        var values: [String] = []
        for (tag, change) in visitors {
            let language = Language(rawValue: tag)?.ownName ?? tag
            for (key, mean, days) in [("before", change.before, change.daysBefore), ("after", change.after, change.daysAfter)] {
                bars.append(
                    BarPicture.Bar(
                        name: "\(language), \(text("visitors.\(key)", visit))",
                        label: "\(visit.language.text(Int64(mean.rounded()))) (n = \(visit.language.text(Int64(days))))",
                        share: mean / most, interval: nil))
            }
            let interval = change.interval.map {
                text("visitors.interval", ["low": .text(signed($0.low, visit)), "high": .text(signed($0.high, visit))], visit)
            }
            values.append(
                text(
                    "visitors.value",
                    [
                        "language": .text(language), "difference": .text(signed(change.difference, visit)),
                        "interval": .text(interval ?? text("visitors.no-interval", visit)),
                    ], visit))
        }
        let picture = BarPicture(identifier: "visitors", title: text("visitors.name", visit), bars: bars)
        return [section("visitors", values.joined(separator: " "), picture.markup(), visit)]
    }

    /// A whole number with its sign.
    private func signed(_ value: Double, _ visit: Visit) -> String {
        "\u{2066}\(value < 0 ? "−" : "+")\(visit.language.text(Int64(abs(value).rounded())))\u{2069}"
    }
}
