import Acts
import Testing

@testable import Treaties

/// What a digest tells and when: every case is a row.
@Suite("Digests")
struct DigestRuleTests {
    private static func subscription(
        _ frequency: DigestFrequency = .daily, lastOn day: String? = nil, upTo entry: Int64 = 50, confirmed: Bool = true,
        ended: Bool = false,
        treaties: [String] = [], actors: [String] = []
    ) -> DigestSubscription {
        DigestSubscription(
            entry: 40,
            request: TreatyDigestRequested(
                person: "p1", address: "a@b.example", language: "en", frequency: frequency, treaties: treaties,
                actors: actors.map { ActorCode(rawValue: $0)! }),
            asked: Moment("2026-11-01T08:00:00.000Z")!, isConfirmed: confirmed, isAskedToConfirm: true, isEnded: ended,
            last: day.map { DigestCursor(entry: entry, moment: Moment("\($0)T23:30:00.000Z")!) })
    }

    private static let today = CalendarDate("2026-11-20")!

    @Test(
        "It is due once confirmed, then after a day or seven",
        arguments: [
            (subscription(), true), (subscription(confirmed: false), false), (subscription(ended: true), false),
            (subscription(lastOn: "2026-11-20"), false), (subscription(lastOn: "2026-11-19"), true),
            (subscription(.weekly), true), (subscription(.weekly, lastOn: "2026-11-14"), false),
            (subscription(.weekly, lastOn: "2026-11-13"), true), (subscription(.weekly, lastOn: "2026-11-01", ended: true), false),
        ])
    func due(_ subscription: DigestSubscription, _ isDue: Bool) {
        #expect(DigestRule(subscription: subscription, today: Self.today).isDue() == isDue)
    }

    @Test(
        "A deadline is told once: when it comes within thirty days, or when it becomes known within them",
        arguments: [
            // The first digest: all within thirty days, today and the thirtieth included.
            (nil, "2026-11-20", "2020-01-01", LegalDeadline.Kind.entersIntoForceFor, true),
            (nil, "2026-12-20", "2020-01-01", .entersIntoForceFor, true), (nil, "2026-12-21", "2020-01-01", .entersIntoForceFor, false),
            (nil, "2026-11-19", "2020-01-01", .entersIntoForceFor, false),
            // After one of 19 November, which went up to 19 December.
            ("2026-11-19", "2026-12-19", "2020-01-01", .reservationAccepted, false),
            ("2026-11-19", "2026-12-20", "2020-01-01", .reservationAccepted, true),
            ("2026-11-19", "2026-11-25", "2026-11-20", .reservationAccepted, true),
            // From when on each Party could leave is for who asks.
            (nil, "2026-11-25", "2020-01-01", .withdrawalOpens, false),
        ] as [(String?, String, String, LegalDeadline.Kind, Bool)])
    func deadlines(_ last: String?, _ day: String, _ known: String, _ kind: LegalDeadline.Kind, _ isNews: Bool) {
        let deadline = TreatyDeadline(
            treaty: "IV-11", kind: kind, day: CalendarDate(day)!, known: Moment("\(known)T12:00:00.000Z")!, rule: "VCLT art. 24")
        #expect(DigestRule(subscription: Self.subscription(lastOn: last), today: Self.today).isNews(deadline) == isNews)
    }

    @Test("What waits is told in the first digest, whenever it came, and then only what came since")
    func awaiting() {
        let first = DigestRule(subscription: Self.subscription(), today: Self.today)
        #expect(first.isNews(awaitingSince: 3) && first.firstEntry == 40)
        let later = DigestRule(subscription: Self.subscription(lastOn: "2026-11-19", upTo: 50), today: Self.today)
        #expect(!later.isNews(awaitingSince: 49) && later.isNews(awaitingSince: 50) && later.firstEntry == 50)
    }

    @Test("Acts of followed treaties and of followed actors are told, no others")
    func follows() {
        let rule = DigestRule(subscription: Self.subscription(treaties: ["IV-11"], actors: ["KEN"]), today: Self.today)
        let kenya = ActorCode(rawValue: "KEN")!
        let france = ActorCode(rawValue: "FRA")!
        #expect(rule.follows(treaty: "IV-11", actors: [france]))
        #expect(rule.follows(treaty: "XXI-6", actors: [kenya]))
        #expect(!rule.follows(treaty: "XXI-6", actors: [france]))
        #expect(!rule.follows(treaty: nil, actors: []))
    }

    @Test("Deliveries, addresses and digests themselves are never among the acts it tells of")
    func kinds() {
        for kind in [
            TreatyContactPoint.kind, TreatyNotificationDelivered.kind, TreatyDigestRequested.kind, TreatyDigestSent.kind,
            TreatyDigestConfirmed.kind, TreatyDigestEnded.kind,
        ] { #expect(!DigestRule.kinds.contains(kind)) }
    }
}
