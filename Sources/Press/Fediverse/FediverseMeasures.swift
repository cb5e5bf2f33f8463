import Acts
import Record
import Web

/// The measures of what statements meet with on the fediverse: counts by language and by server, deliveries, questions answered.
struct FediverseMeasures: Sendable {
    let house: House
    private let languages: EngagementTable
    private let servers: EngagementTable
    private let questions: ProportionInterval
    private let latest: (statement: PublicStatement, bands: FollowerBands)?

    /// Days that are counted.
    static let days: Int64 = 90

    init(house: House) async throws {
        self.house = house
        let since = house.now().adding(milliseconds: -Self.days * 86_400_000)
        (languages, servers, questions, latest) = try await house.record.read { database in
            let queries = FediverseQueries(database: database)
            let counts = try queries.reactionCounts(to: nil)
            return (
                EngagementTable(try queries.engagement(by: .language, since: since)),
                EngagementTable(try queries.engagement(by: .host, since: since)), ProportionInterval(counts.answered, of: counts.questions),
                try Self.latest(queries, since: since)
            )
        }
    }

    private static func latest(_ queries: FediverseQueries, since: Moment) throws -> (statement: PublicStatement, bands: FollowerBands)? {
        guard let entry = try queries.releases(since: since, limit: 1).first, let found = try queries.statement(at: entry),
            let statement = try PressQueries(database: queries.database).statement(found.statement, version: found.version)
        else { return nil }
        let progress = DeliveryProgress(try queries.receipts(ofRelease: entry))
        guard !progress.servers.isEmpty else { return nil }
        return (statement, FollowerBands(progress, followers: try queries.followersByServer()))
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("press.measures.\(key)", arguments, visit)
    }

    // MARK: For people

    /// Sections as the page of measures has them.
    func sections(_ visit: Visit) -> [[String: Any]] {
        [
            engagement(languages, "languages", visit) { Language.name(ofTag: $0) }, engagement(servers, "servers", visit) { $0 },
            deliveries(visit), asked(visit),
        ]
    }

    private func section(
        _ name: String, _ value: String, _ bars: [BarPicture.Bar], _ visit: Visit, table: Markup = Markup()
    ) -> [String: Any] {
        let title = text("\(name).name", [:], visit)
        var picture = BarPicture(identifier: name, title: title, bars: bars).markup()
        picture.append(table)
        return [
            "id": name, "name": title, "value": value, "picture": picture,
            "method": text("\(name).method", ["days": .number(Self.days)], visit),
        ]
    }

    private func engagement(_ table: EngagementTable, _ name: String, _ visit: Visit, _ call: (String) -> String) -> [String: Any] {
        let most = Double(max(1, table.rows.map(\.all).max() ?? 1))
        let bars = table.rows.map { row in
            BarPicture.Bar(
                name: String(call(row.key).prefix(32)), label: visit.language.text(Int64(row.all)), share: Double(row.all) / most,
                interval: nil)
        }
        let value =
            bars.isEmpty
            ? text("engagement.none", ["count": .number(Self.days)], visit)
            : text("\(name).value", ["count": .number(Int64(bars.count)), "days": .text(visit.language.text(Self.days))], visit)
        return section(name, value, bars, visit, table: cells(table, name, visit, call))
    }

    /// The same in figures, by form.
    private func cells(_ table: EngagementTable, _ name: String, _ visit: Visit, _ call: (String) -> String) -> Markup {
        guard !table.rows.isEmpty else { return Markup() }
        func head(_ words: String, _ scope: String) -> Markup { .element("th", ["scope": scope], text: words) }
        func cell(_ count: Int?) -> Markup {
            .element("td", [:], text: count.map { visit.language.text(Int64($0)) } ?? text("few", [:], visit))
        }
        var top = head(text("\(name).column", [:], visit), "col")
        for form in ["boosts", "quotes", "replies"] { top.append(head(text("column.\(form)", [:], visit), "col")) }
        var body = Markup()
        for row in table.rows {
            var line = head("\u{2068}\(call(row.key))\u{2069}", "row")
            for count in [row.boosts, row.quotes, row.replies] { line.append(cell(count)) }
            body.append(.element("tr", [:], line))
        }
        var whole = Markup.element("caption", ["class": "visually-hidden"], text: text("\(name).name", [:], visit))
        whole.append(.element("thead", [:], .element("tr", [:], top)))
        whole.append(.element("tbody", [:], body))
        return .element("table", ["class": "engagement"], whole)
    }

    private func deliveries(_ visit: Visit) -> [String: Any] {
        guard let latest else { return section("deliveries", text("deliveries.none", [:], visit), [], visit) }
        let bands = latest.bands.bands.filter { $0.servers > 0 }
        let bars = bands.map { band in
            let bounds =
                band.most.map { "\(visit.language.text(Int64(band.least)))–\(visit.language.text(Int64($0)))" }
                ?? "≥ \(visit.language.text(Int64(band.least)))"
            return BarPicture.Bar(
                name: text("deliveries.band", ["bounds": .text("\u{2066}\(bounds)\u{2069}")], visit),
                label: "\u{2066}\(visit.language.text(Int64(band.confirmed))) / \(visit.language.text(Int64(band.servers)))\u{2069}",
                share: Double(band.confirmed) / Double(band.servers), interval: nil)
        }
        let title = latest.statement.act.content.texts[latest.statement.language(wished: visit.language.tag)]?.title ?? ""
        let value = text(
            "deliveries.value",
            [
                "hits": .text(visit.language.text(Int64(bands.reduce(0) { $0 + $1.confirmed }))),
                "count": .number(Int64(bands.reduce(0) { $0 + $1.servers })), "title": .text("\u{2068}\(title)\u{2069}"),
            ], visit)
        return section("deliveries", value, bars, visit)
    }

    private func asked(_ visit: Visit) -> [String: Any] {
        guard questions.of > 0 else { return section("questions", text("questions.none", [:], visit), [], visit) }
        let bar = BarPicture.Bar(
            name: text("questions.bar", [:], visit), label: visit.language.text(share: questions.share), share: questions.share,
            interval: (questions.low, questions.high))
        let value = text(
            "questions.value",
            [
                "hits": .text(visit.language.text(Int64(questions.hits))), "count": .number(Int64(questions.of)),
                "low": .text(visit.language.text(share: questions.low)), "high": .text(visit.language.text(share: questions.high)),
            ], visit)
        return section("questions", value, [bar], visit)
    }

    // MARK: For programs

    var json: [JSON] {
        func cell(_ count: Int?) -> JSON { count.map { .integer(Int64($0)) } ?? .null }
        func table(_ table: EngagementTable, by key: String) -> JSON {
            [
                "measure": "engagement", "by": .string(key), "days": .integer(Self.days),
                "threshold": .integer(Int64(EngagementTable.threshold)),
                "rows": .array(
                    table.rows.map { row in
                        [
                            "key": .string(row.key), "boosts": cell(row.boosts), "quotes": cell(row.quotes), "replies": cell(row.replies),
                        ]
                    }),
            ]
        }
        var measures = [table(languages, by: "language"), table(servers, by: "server")]
        if let latest {
            measures.append([
                "measure": "deliveries", "statement": .string(latest.statement.act.statement),
                "bands": .array(
                    latest.bands.bands.map { band in
                        [
                            "fewestFollowers": .integer(Int64(band.least)), "confirmed": .integer(Int64(band.confirmed)),
                            "servers": .integer(Int64(band.servers)),
                        ]
                    }),
            ])
        }
        measures.append([
            "measure": "questions", "asked": .integer(Int64(questions.of)), "answered": .integer(Int64(questions.hits)),
            "lowThousandths": .integer(Int64((questions.low * 1_000).rounded())),
            "highThousandths": .integer(Int64((questions.high * 1_000).rounded())),
        ])
        return measures
    }
}
