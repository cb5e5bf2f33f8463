import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// `/measures`: what the desk measures of its own work, with the method beside each figure. Nothing about anybody is stored for it.
struct MeasurePages: Sendable {
    let house: House
    let law: DisclosureLaw

    func addRoutes(to router: Router<Visit>) {
        router.get("/measures") { _, visit in try await measures(visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("press.disclosure.measures.\(key)", arguments, visit)
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    /// Days on either side of a release in which others' texts are counted.
    static let window: Int64 = 14

    private func measures(_ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let law = self.law
        let today = house.now().date
        let (own, statements, days, closed) = try await house.record.read {
            database -> (DeskMeasures, [PublicStatement], [VisitorsCounted], [ClosedAlert]) in
            let queries = DisclosureQueries(database: database)
            return (
                DeskMeasures(alerts: try queries.alerts(), requests: try queries.requests(), law: law, on: today),
                try PressQueries(database: database).statements(of: nil, before: nil, limit: 20), try queries.visitors(days: 14),
                try AlertQueries(database: database).publicClosings(limit: 10)
            )
        }
        let uptakes = try await uptakes(of: statements)
        let fediverse = try await FediverseMeasures(house: house)
        if representation == .json {
            return house.json([
                "measures": .array(
                    json(own) + closed.map(json) + [["measure": "visitors", "days": .array(days.map(\.json))]]
                        + uptakes.map { json($0.statement, $0.uptake) } + fediverse.json)
            ])
        }
        var sections: [[String: Any]] =
            [response(own, visit)] + closed.prefix(5).map { closing($0, visit) } + [answers(own, visit), visitors(days, visit)]
        if uptakes.isEmpty {
            sections.append(section("uptake", text("uptake.none", visit), Markup(), visit))
        }
        for (place, found) in uptakes.prefix(5).enumerated() { sections.append(uptake(found.statement, found.uptake, place, visit)) }
        sections += fediverse.sections(visit)
        return try house.page(
            visit,
            Page(
                template: "press/disclosure/measures", title: text("title", visit), context: ["measures": sections],
                section: "/measures", alternates: [.json]))
    }

    private func section(
        _ name: String, _ value: String, _ picture: Markup, _ visit: Visit, id: String? = nil, title: String? = nil, proof: Int64? = nil
    ) -> [String: Any] {
        [
            "id": id ?? name, "name": title ?? text("\(name).name", visit), "value": value, "picture": picture,
            "method": text("\(name).method", visit), "proof": proof.map { "/record/acts/\($0)" } ?? false,
        ]
    }

    // MARK: Response times

    private func response(_ own: DeskMeasures, _ visit: Visit) -> [String: Any] {
        let longest = Double(max(1, own.steps.map(\.median).max() ?? 1))
        let bars = own.steps.map { step in
            BarPicture.Bar(
                name: house.text("press.disclosure.alert.point.\(step.step)", visit),
                label: "\(house.duration(step.median, visit)) (n = \(visit.language.text(Int64(step.count))))",
                share: Double(step.median) / longest, interval: nil)
        }
        let value =
            own.steps.isEmpty
            ? text("response.none", visit) : text("response.value", ["count": .number(Int64(own.steps.map(\.count).max() ?? 0))], visit)
        return section(
            "response", value, BarPicture(identifier: "response", title: text("response.name", visit), bars: bars).markup(), visit)
    }

    /// One alert whose times were made public when it was closed: how long each step took, and the act that says so.
    private func closing(_ closed: ClosedAlert, _ visit: Visit) -> [String: Any] {
        let times = AlertFile.times(closed.act.points)
        let longest = Double(max(1, times.map(\.milliseconds).max() ?? 1))
        let bars = times.map { time in
            BarPicture.Bar(
                name: house.text("press.disclosure.alert.point.\(time.step)", visit),
                label: house.duration(max(0, time.milliseconds), visit),
                share: Double(max(0, time.milliseconds)) / longest, interval: nil)
        }
        let title = closed.act.title ?? text("closed.untitled", ["date": .date(closed.at.date)], visit)
        let value = text("closed.value", ["time": .text(house.duration(max(0, closed.whole ?? 0), visit))], visit)
        return section(
            "closed", value, BarPicture(identifier: "closed-\(closed.entry)", title: title, bars: bars).markup(), visit,
            id: "closed-\(closed.entry)", title: title, proof: closed.entry)
    }

    private func json(_ closed: ClosedAlert) -> JSON {
        var object = closed.act.json.object ?? [:]
        object["measure"] = "closed"
        object["entry"] = .integer(closed.entry)
        return .object(object)
    }

    private func answers(_ own: DeskMeasures, _ visit: Visit) -> [String: Any] {
        let share = own.inTime
        guard share.of > 0 else {
            return section("answers", text("answers.none", ["count": .number(Int64(own.requests))], visit), Markup(), visit)
        }
        let bar = BarPicture.Bar(
            name: text("answers.bar", visit), label: visit.language.text(share: share.share), share: share.share,
            interval: (share.low, share.high))
        let value = text(
            "answers.value",
            [
                "hits": .number(Int64(share.hits)), "count": .number(Int64(share.of)), "overdue": .number(Int64(own.overdue)),
                "low": .text(visit.language.text(share: share.low)), "high": .text(visit.language.text(share: share.high)),
            ], visit)
        return section("answers", value, BarPicture(identifier: "answers", title: text("answers.name", visit), bars: [bar]).markup(), visit)
    }

    // MARK: Visitor-days

    private func visitors(_ days: [VisitorsCounted], _ visit: Visit) -> [String: Any] {
        let most = Double(max(1, days.compactMap(\.total).max() ?? 1))
        let bars = days.map { day in
            BarPicture.Bar(
                name: visit.language.text(day.day), label: day.total.map { visit.language.text($0) } ?? text("visitors.few", visit),
                share: Double(day.total ?? 0) / most, interval: nil)
        }
        let value = days.isEmpty ? text("visitors.none", visit) : text("visitors.value", ["count": .number(Int64(days.count))], visit)
        return section(
            "visitors", value, BarPicture(identifier: "visitors", title: text("visitors.name", visit), bars: bars).markup(), visit)
    }

    // MARK: Message uptake

    private struct FoundUptake {
        let statement: PublicStatement
        let uptake: MessageUptake
    }

    /// Of this node's statements with key phrases, against what followed nodes released in the days after and before.
    private func uptakes(of statements: [PublicStatement]) async throws -> [FoundUptake] {
        guard let followed = house.followed else { return [] }
        let others = try await followed.acts(ofKind: StatementReleased.kind, limit: 2_000).compactMap {
            act -> (at: Moment, text: String)? in
            guard let said = try? act.entry.payload(as: StatementReleased.self) else { return nil }
            let words = said.content.texts.values.flatMap { [$0.title] + $0.paragraphs }.joined(separator: "\n")
            return (act.entry.header.received, words)
        }
        guard !others.isEmpty else { return [] }
        let span = Self.window * 86_400_000
        return statements.compactMap { statement in
            let content = statement.act.content
            let phrases = content.phrases.values.flatMap { $0 }
            guard !phrases.isEmpty else { return nil }
            let placebos = content.phrases.sorted(by: { $0.key < $1.key }).flatMap { tag, own -> [String] in
                let text = content.texts[tag]?.paragraphs.joined(separator: " ") ?? ""
                return own.compactMap { MessageUptake.placebo(for: $0, in: text, avoiding: phrases) }
            }
            let released = statement.released.milliseconds
            let after = others.filter { $0.at.milliseconds >= released && $0.at.milliseconds < released + span }.map(\.text)
            let before = others.filter { $0.at.milliseconds < released && $0.at.milliseconds >= released - span }.map(\.text)
            guard !after.isEmpty else { return nil }
            return FoundUptake(
                statement: statement, uptake: MessageUptake(phrases: phrases, placebos: placebos, after: after, before: before))
        }
    }

    private func uptake(_ statement: PublicStatement, _ uptake: MessageUptake, _ place: Int, _ visit: Visit) -> [String: Any] {
        func bar(_ key: String, _ share: ProportionInterval) -> BarPicture.Bar {
            BarPicture.Bar(
                name: text("uptake.\(key)", visit),
                label: text("of", ["hits": .number(Int64(share.hits)), "count": .number(Int64(share.of))], visit),
                share: share.share, interval: (share.low, share.high))
        }
        let gain = uptake.gain
        let title = statement.act.content.texts[statement.language(wished: visit.language.tag)]?.title ?? statement.act.code
        let value = text(
            "uptake.value",
            [
                "difference": .text(points(gain.difference, visit)), "low": .text(points(gain.low, visit)),
                "high": .text(points(gain.high, visit)),
            ], visit)
        let picture = BarPicture(
            identifier: "uptake-\(place)", title: title,
            bars: [bar("phrase", uptake.phrase), bar("before", uptake.before), bar("placebo", uptake.placebo)]
        ).markup()
        return section("uptake", value, picture, visit, id: "uptake-\(place)", title: "\(text("uptake.name", visit)): \(title)")
    }

    /// Percentage points with their sign.
    private func points(_ value: Double, _ visit: Visit) -> String {
        "\u{2066}\(value < 0 ? "−" : "+")\(visit.language.text(Int64((abs(value) * 100).rounded())))\u{2069}"
    }

    // MARK: For programs

    private func thousandths(_ share: Double) -> JSON { .integer(Int64((share * 1_000).rounded())) }

    private func json(_ own: DeskMeasures) -> [JSON] {
        [
            [
                "measure": "response",
                "steps": .array(
                    own.steps.map {
                        ["step": .string($0.step), "medianMilliseconds": .integer($0.median), "count": .integer(Int64($0.count))]
                    }),
            ],
            [
                "measure": "answers", "inTime": .integer(Int64(own.inTime.hits)), "answered": .integer(Int64(own.inTime.of)),
                "overdue": .integer(Int64(own.overdue)), "requests": .integer(Int64(own.requests)),
                "lowThousandths": thousandths(own.inTime.low), "highThousandths": thousandths(own.inTime.high),
            ],
        ]
    }

    private func json(_ statement: PublicStatement, _ uptake: MessageUptake) -> JSON {
        func counted(_ share: ProportionInterval) -> JSON { ["hits": .integer(Int64(share.hits)), "of": .integer(Int64(share.of))] }
        let gain = uptake.gain
        return [
            "measure": "uptake", "statement": .string(statement.act.statement), "phrase": counted(uptake.phrase),
            "before": counted(uptake.before), "placebo": counted(uptake.placebo), "gainThousandths": thousandths(gain.difference),
            "lowThousandths": thousandths(gain.low), "highThousandths": thousandths(gain.high),
        ]
    }
}
