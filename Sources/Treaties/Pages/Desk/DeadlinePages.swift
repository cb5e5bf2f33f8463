import Acts
import HTTPTypes
import Hummingbird
import NIOCore
import Record
import Web

/// Deadlines for everybody: of one treaty as a page, and as calendars to subscribe to (RFC 5545).
struct DeadlinePages: Sendable {
    let pages: TreatyPages

    private var house: House { pages.house }
    private var desk: TreatyDesk { pages.desk }

    func addRoutes(to router: Router<Visit>) {
        router.get("/treaties/{treaty}/deadlines") { request, visit in try await page(request, visit) }
        router.get("/treaties/{treaty}/deadlines.ics") { request, visit in try await calendar(request, visit, of: try pages.number(visit)) }
        router.get("/deadlines.ics") { request, visit in try await calendar(request, visit, of: nil) }
    }

    /// A deadline and what its treaty is called.
    struct Named: Sendable {
        var deadline: TreatyDeadline
        var opened: TreatyOpened
    }

    /// The deadlines of one treaty, or of all, in the order of their days; those that passed before today are left out.
    func ahead(of number: String?, today: CalendarDate) async throws -> [Named] {
        let rule = pages.rule
        let desk = desk
        return try await house.record.read { database in
            let treaties = TreatyQueries(database: database)
            let queries = DeadlineQueries(database: database, rule: rule)
            let listed: [TreatyQueries.Listed]
            if let number {
                guard let one = try treaties.treaty(number) else { throw TreatyCommands.unknownTreaty(number) }
                listed = [one]
            } else {
                listed = try treaties.treaties()
            }
            var named: [Named] = []
            for treaty in listed {
                for deadline in try desk.deadlines.deadlines(of: treaty, on: today, in: queries)
                where deadline.day >= today {
                    named.append(Named(deadline: deadline, opened: treaty.opened))
                }
            }
            return named.sorted { TreatyDeadline.precedes($0.deadline, $1.deadline) }
        }
    }

    func words(_ visit: Visit) -> DeadlineWords {
        DeadlineWords(actors: desk.actors, catalogue: house.catalogue, language: visit.language)
    }

    func title(of opened: TreatyOpened, _ visit: Visit) -> String { opened.short ?? pages.title(opened.titles, visit).text }

    // MARK: One treaty's page

    private func page(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try pages.number(visit)
        let representation = try visit.representation(of: [.html, .json])
        return try await house.cached(request, visit, dependsOn: .dossiers([TreatyCommands.dossier(of: number)])) {
            let today = house.now().date
            let ahead = try await ahead(of: number, today: today)
            let rule = pages.rule
            let found = try await house.record.read { database in
                (
                    try TreatyQueries(database: database).treaty(number)?.opened,
                    try DeadlineQueries(database: database, rule: rule).passed(of: number)
                )
            }
            guard let opened = found.0 else { throw TreatyCommands.unknownTreaty(number) }
            if representation == .json {
                return house.json([
                    "treaty": .string(number), "asOf": .string(today.description), "ahead": .array(ahead.map(\.deadline.json)),
                    "passed": .array(found.1.map(json)),
                ])
            }
            var context = pages.titleContext(opened.titles, visit)
            context["standing"] = standing(ahead, visit)
            context["days"] = days(ahead, namesTreaty: false, visit)
            context["hasAhead"] = !ahead.isEmpty
            context["passed"] = found.1.map { passed($0, title: title(of: opened, visit), visit) }
            context["hasPassed"] = !found.1.isEmpty
            context["calendar"] = "/treaties/\(number)/deadlines.ics"
            return try house.page(
                visit,
                Page(
                    template: "treaties/desk/deadlines", title: pages.text("deadlines.title", visit), context: context,
                    trail: [
                        Breadcrumb(pages.text("register.title", visit), "/treaties"),
                        Breadcrumb(opened.short ?? number, "/treaties/\(number)"),
                    ],
                    section: "/treaties", dossier: TreatyCommands.dossier(of: number), alternates: [.json]))
        }
    }

    private func json(_ passed: DeadlineQueries.Passed) -> JSON {
        var object = passed.deadline.json.object ?? JSONObject()
        object["passedBy"] = .integer(passed.entry)
        return .object(object)
    }

    /// Where it stands: how many are ahead, and which is next.
    func standing(_ ahead: [Named], _ visit: Visit) -> String {
        guard let first = ahead.first else { return pages.text("deadlines.none", visit) }
        return pages.text(
            "deadlines.standing", ["count": .number(Int64(ahead.count)), "date": .date(first.deadline.day)], visit)
    }

    /// Grouped by day, for the template.
    func days(_ ahead: [Named], namesTreaty: Bool, _ visit: Visit) -> [[String: Any]] {
        let words = words(visit)
        var days: [(day: CalendarDate, items: [[String: Any]])] = []
        for named in ahead {
            let deadline = named.deadline
            let item: [String: Any] = [
                "text": words.summary(deadline, title: title(of: named.opened, visit)), "rule": deadline.rule, "link": deadline.address,
                "kind": deadline.kind.rawValue, "treatyLink": namesTreaty ? "/treaties/\(deadline.treaty)" : false,
                "treaty": deadline.treaty,
            ]
            if days.last?.day == deadline.day {
                days[days.count - 1].items.append(item)
            } else {
                days.append((deadline.day, [item]))
            }
        }
        return days.map { ["day": visit.language.text($0.day), "datetime": $0.day.description, "items": $0.items] }
    }

    func passed(_ passed: DeadlineQueries.Passed, title: String, _ visit: Visit) -> [String: Any] {
        [
            "text": pages.text(
                "deadline.passed",
                ["what": .text(words(visit).summary(passed.deadline, title: title)), "date": .date(passed.deadline.day)], visit),
            "rule": passed.deadline.rule, "link": "/record/acts/\(passed.entry)",
            "seal": pages.text("acts.seal", ["entry": .number(passed.entry)], visit),
        ]
    }

    // MARK: Calendars

    private func calendar(_ request: Request, _ visit: Visit, of number: String?) async throws -> Response {
        let dependency = number.map { PageDependency.dossiers([TreatyCommands.dossier(of: $0)]) } ?? .record
        return try await house.cached(request, visit, dependsOn: dependency) {
            let ahead = try await ahead(of: number, today: house.now().date)
            let words = words(visit)
            let origin = house.configuration.origin
            let calendar = ICalendar(
                name: number.map { pages.text("deadlines.calendar-of", ["treaty": .text($0)], visit) }
                    ?? pages.text("deadlines.calendar", visit),
                language: visit.language.tag, producer: "Treaty desk",
                events: ahead.map { named in
                    let deadline = named.deadline
                    return ICalendar.Event(
                        uid: "\(deadline.id)@\(origin.host)", time: .day(deadline.day), stamp: deadline.known,
                        summary: words.summary(deadline, title: title(of: named.opened, visit)),
                        description: "\(pages.title(named.opened.titles, visit).text)\n\(deadline.rule)",
                        address: "\(origin)\(deadline.address)",
                        category: pages.text("deadline.category.\(deadline.kind.rawValue)", visit))
                })
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/calendar; charset=utf-8", .contentLanguage: visit.language.tag,
                    .contentDisposition: "inline; filename=\"\(number.map { "\($0)-" } ?? "")deadlines.ics\"",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: calendar.bytes)))
        }
    }
}
