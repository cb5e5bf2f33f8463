import Acts
import Hummingbird
import Record
import Web

/// `/desk`: what awaits the person who is signed in, what falls due and when, and what has passed by itself.
struct DeskPages: Sendable {
    let pages: TreatyPages

    var house: House { pages.house }
    private var desk: TreatyDesk { pages.desk }

    func addRoutes(to router: Router<Visit>) {
        router.get("/desk") { request, visit in try await page(request, visit) }
    }

    /// How far ahead the desk looks, and how far back, in days.
    private static let ahead = 400
    private static let back = 60
    private static let longest = 200

    /// Something that waits for a person to act.
    struct Matter {
        var kind: String
        var treaty: String
        var text: String
        var link: String
        var rule: String

        var json: JSON {
            [
                "kind": .string(kind), "treaty": .string(treaty), "text": .string(text), "href": .string(link), "rule": .string(rule),
            ]
        }
    }

    private func page(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let representation = try visit.representation(of: [.html, .json])
        let today = house.now().date
        let deadlines = DeadlinePages(pages: pages)
        let ahead = try await deadlines.ahead(of: nil, today: today).filter { $0.deadline.day <= today.adding(days: Self.ahead) }
        let rule = pages.rule
        let passed = try await house.record.read {
            try DeadlineQueries(database: $0, rule: rule).passed(since: Moment(startOf: today.adding(days: -Self.back)))
        }
        let isOfficer = !person.offices(as: .depositaryOfficer).isEmpty
        let matters =
            try await approvals(of: person, visit) + (isOfficer ? try await matters(today, visit) + depositaryMatters(today, visit) : [])
        if representation == .json {
            return house.json([
                "asOf": .string(today.description), "awaiting": .array(matters.map(\.json)),
                "ahead": .array(ahead.map(\.deadline.json)), "passed": .array(passed.map(\.deadline.json)),
            ])
        }
        let titles = Dictionary(ahead.map { ($0.opened.treaty, deadlines.title(of: $0.opened, visit)) }) { first, _ in first }
        let context: [String: Any] = [
            "standing": isOfficer || !matters.isEmpty
                ? matters.isEmpty
                    ? pages.text("desk.nothing", visit) : pages.text("desk.standing", ["count": .number(Int64(matters.count))], visit)
                : pages.text("desk.no-role", visit),
            "next": deadlines.standing(ahead, visit), "hasMatters": !matters.isEmpty,
            "matters": matters.map { ["text": $0.text, "link": $0.link, "rule": $0.rule, "kind": $0.kind] },
            "hasAhead": !ahead.isEmpty,
            "days": deadlines.days(Array(ahead.prefix(Self.longest)), namesTreaty: true, visit),
            "hasPassed": !passed.isEmpty,
            "passed": passed.map { deadlines.passed($0, title: titles[$0.deadline.treaty] ?? $0.deadline.treaty, visit) },
        ]
        return try house.page(
            visit, Page(template: "treaties/desk/desk", title: pages.text("desk.title", visit), context: context, section: "/desk"))
    }

    /// What waits for an officer of the depositary.
    private func matters(_ today: CalendarDate, _ visit: Visit) async throws -> [Matter] {
        let rule = pages.rule
        let desk = desk
        let found = try await house.record.read { database in
            let queries = TreatyQueries(database: database)
            let proposals = try queries.treaties().compactMap { listed -> (TreatyOpened, CalendarDate)? in
                let standing = try desk.standings.standing(of: listed, on: today, in: queries, rule: rule)
                return standing?.awaitsConfirmation.map { (listed.opened, $0) }
            }
            return (proposals: proposals, unconfirmed: try DeskQueries(database: database).unconfirmed())
        }
        let words = pages.actWords(visit)
        let proposals = found.proposals.map { opened, date in
            Matter(
                kind: "entry-into-force", treaty: opened.treaty,
                text: pages.text(
                    "desk.confirm", ["treaty": .text(opened.short ?? pages.title(opened.titles, visit).text), "date": .date(date)], visit),
                link: "/treaties/\(opened.treaty)", rule: "VCLT art. 77(1)(f)")
        }
        let unconfirmed = found.unconfirmed.map { act in
            Matter(
                kind: "unconfirmed", treaty: act.participation.treaty,
                text: pages.text(
                    "desk.unconfirmed", ["treaty": .text(act.participation.treaty), "sentence": .text(words.sentence(act.participation))],
                    visit),
                link: "/treaties/\(act.participation.treaty)/acts/\(act.entry)/confirm", rule: "VCLT art. 8")
        }
        return proposals + unconfirmed
    }

    /// Acts of the person's offices that another has prepared and that need a second person.
    private func approvals(of person: Person, _ visit: Visit) async throws -> [Matter] {
        try await house.waitingActs(for: person).filter { $0.author != person.id }.map { act in
            Matter(
                kind: "approval", treaty: act.dossier ?? "",
                text: pages.text(
                    "desk.approval",
                    ["dossier": .text(act.dossier?.replacing("treaties/", with: "") ?? act.kind), "date": .date(act.received.date)], visit),
                link: "/approvals/\(act.entry)", rule: pages.text("desk.two-persons", visit))
        }
    }
}
