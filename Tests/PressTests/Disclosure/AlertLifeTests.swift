import Acts
import Foundation
import Record
import TestSupport
import Testing

@testable import Press

@Suite("Alerts, campaigns and the public form")
struct AlertLifeTests {
    private let law = DisclosureLaw()

    private func commands(_ person: String = PressNode.drafter) -> DisclosureCommands {
        DisclosureCommands(office: "press", author: person, law: law)
    }

    private func raise(_ node: PressNode, _ alert: String, _ source: AlertRaised.Source = .feed) async throws {
        let act = AlertRaised(alert: alert, title: "A ferry was stopped", source: source, from: "radio", event: nil, ask: [])
        _ = try await node.record.enter(Command(commands().raise(act, form: nil)))
    }

    private func own<Content: Payload>(_ node: PressNode, _ act: Content, by person: String = PressNode.drafter) async throws -> Entry {
        try #require(try await node.record.enter(Command([commands(person).own(act, form: nil)])).first)
    }

    @Test("Told by mail is who was on the list when the alert was raised, once, until it is closed or a day old")
    func mail() async throws {
        let node = try await PressNode()
        func due() async throws -> [String] {
            let now = node.clock.now
            return try await node.record.read { try AlertQueries(database: $0).dueMail(at: now).map { "\($0.alert.alert) \($0.address)" } }
        }
        let first = AlertTellingSet.Reader(address: "duty@mfa.example", language: "fr")
        _ = try await own(node, AlertTellingSet(people: [first], namesTitles: false))
        try await raise(node, "ale-2026-1")
        // Whoever stays keeps what is due; whoever comes is told of what comes after.
        let second = AlertTellingSet.Reader(address: "second@mfa.example", language: "en")
        _ = try await own(node, AlertTellingSet(people: [first, second], namesTitles: true))
        #expect(try await due() == ["ale-2026-1 duty@mfa.example"])
        try await raise(node, "ale-2026-2")
        #expect(Set(try await due()).count == 3)
        _ = try await own(node, AlertTold(alert: "ale-2026-1", means: .mail, to: first.address, isTaken: true, reply: "250 2.0.0 OK"))
        #expect(try await due().sorted() == ["ale-2026-2 duty@mfa.example", "ale-2026-2 second@mfa.example"])
        _ = try await own(node, AlertClosed(alert: "ale-2026-2", title: nil, statement: nil, points: []))
        #expect(try await due().isEmpty)
        try await raise(node, "ale-2026-3")
        node.clock.advance(minutes: 25 * 60)
        #expect(try await due().isEmpty)
    }

    @Test("What a feed or a node said in public is named in mail; what a person raised only where the office has it so")
    func naming() {
        func names(_ source: AlertRaised.Source, _ office: Bool) -> Bool {
            AlertTelling.names(
                AlertRaised(alert: "a", title: "t", source: source, from: "f", event: nil, ask: []), officeNamesTitles: office)
        }
        #expect(names(.feed, false) && names(.peer, false) && names(.person, true))
        #expect(!names(.person, false))
        #expect((1...5).map(AlertTelling.pause) == [5_000, 10_000, 20_000, 40_000, nil])
    }

    @Test("A browser is its person's own: only that person ends it, and the same browser again replaces itself")
    func browsers() async throws {
        let node = try await PressNode()
        let key = Base64.encodeForAddress([4] + [UInt8](repeating: 7, count: 64))
        let act = PushSubscribed(
            endpoint: "https://push.example/1", key: key, secret: Base64.encodeForAddress([UInt8](repeating: 1, count: 16)), language: "en")
        func known(_ person: String) async throws -> [AlertQueries.Subscription] {
            try await node.record.read { try AlertQueries(database: $0).subscriptions(of: person) }
        }
        _ = try await node.record.enter(
            Command(try commands().subscribe(act, known: [], allowsPlain: false, form: nil)))
        let mine = try await known(PressNode.drafter)
        #expect(mine.count == 1)
        #expect(throws: Refusal.self) { try commands(PressNode.approver).unsubscribe(mine[0].entry, known: [], form: nil) }
        _ = try await node.record.enter(Command(try commands().subscribe(act, known: mine, allowsPlain: false, form: nil)))
        #expect(try await known(PressNode.drafter).map(\.entry) != mine.map(\.entry))
        #expect(try await known(PressNode.drafter).count == 1)
        for wrong in [
            PushSubscribed(endpoint: "http://push.example/1", key: key, secret: act.secret, language: "en"),
            PushSubscribed(endpoint: act.endpoint, key: "AAAA", secret: act.secret, language: "en"),
            PushSubscribed(endpoint: act.endpoint, key: key, secret: "AAAA", language: "en"),
        ] {
            #expect(throws: Refusal.self) { try commands().subscribe(wrong, known: [], allowsPlain: false, form: nil) }
        }
    }

    @Test("An alert that is closed gives its times with the acts that prove them, down to the first delivery")
    func closing() async throws {
        let node = try await PressNode()
        _ = try await own(
            node,
            FollowerTaken(
                office: "press", actor: "https://a.example/u", inbox: "https://a.example/u/inbox", shared: "https://a.example/inbox",
                follow: "https://a.example/f"))
        let made = try await node.visit(PressNode.drafter) {
            try await $0.submit(
                "/press/alerts", to: "/press/alerts", [("office", "press"), ("title", "A ferry was stopped"), ("source", "person")])
        }
        let address = try #require(made.location)
        #expect(try await node.visit(PressNode.approver) { try await $0.get("/press") }.text.contains("data-test=\"open-alerts\""))
        #expect(!(try await node.visit(PressNode.stranger) { try await $0.get("/press") }.text.contains("data-test=\"open-alerts\"")))
        let draft = try await node.drafted()
        let entry = try #require(draft.split(separator: "/").last.map(String.init))
        _ = try await node.visit(PressNode.drafter) {
            try await $0.submit(address, to: "\(address)/note", [("what", "drafted"), ("draft", entry)])
        }
        node.clock.advance(minutes: 10)
        _ = try await node.act(PressNode.lawyer, draft, "clear", [("step", "legal")])
        _ = try await node.act(PressNode.approver, draft, "approve", [("hour", "now")])
        let released = try node.last(StatementReleased.kind)
        node.clock.advance(minutes: 1)
        // An inbox of nobody who follows is no delivery.
        let other = FediverseDelivered.Receipt(inbox: "https://b.example/inbox", upTo: released.index, outcome: .delivered)
        _ = try await own(node, FediverseDelivered(receipts: [other]))
        let receipt = FediverseDelivered.Receipt(inbox: "https://a.example/inbox", upTo: released.index, outcome: .delivered)
        let delivered = try await own(node, FediverseDelivered(receipts: [receipt]))
        let closed = try await node.visit(PressNode.drafter) {
            try await $0.submit(address, to: "\(address)/close", [("public", "yes"), ("title", "The ferry")])
        }
        #expect(closed.status == 303, "\(closed.text)")
        let act = try #require(try node.last(AlertClosed.kind).payload(as: AlertClosed.self))
        #expect(act.points.map(\.step) == ["alert", "draft", "approved", "published", "delivered"])
        #expect(act.points.last?.entry == delivered.index)
        #expect(act.points.allSatisfy { $0.entry != nil })
        #expect(AlertFile.times(act.points).map(\.milliseconds) == [0, 600_000, 0, 60_000])
        #expect(try node.last(AlertClosed.kind).statement.marking == .public)
        let measures = try await node.json("/measures")["measures"]?.array ?? []
        #expect(measures.first { $0["measure"]?.string == "closed" }?["title"]?.string == "The ferry")
        let again = try await node.visit(PressNode.drafter) {
            try await $0.submit("/press/alerts", to: "\(address)/close", [("public", "")])
        }
        #expect(again.status == 409)
        #expect(!(try await node.visit(PressNode.approver) { try await $0.get("/press") }.text.contains("data-test=\"open-alerts\"")))
        #expect(
            try await node.visit(nil) { try await $0.get("/measures") }.text.contains(
                "/record/acts/\(try node.last(AlertClosed.kind).index)"))
    }

    @Test("A campaign is its office's until it is public, is measured before and since, and closes with its figures")
    func campaign() async throws {
        let node = try await PressNode()
        let statement = try #require(try await node.released().split(separator: "/").last.map(String.init))
        let fields = [
            ("office", "press"), ("title", "Keep the harbour open"), ("goal", "That shippers know the harbour is open."),
            ("language", "en"), ("from", "2026-11-20"), ("until", "2026-12-20"), ("messages.en", "the harbour is open"),
            ("messages.ar", "الميناء مفتوح"), ("statement", statement),
        ]
        let made = try await node.visit(PressNode.drafter) { try await $0.submit("/press/campaigns", to: "/press/campaigns", fields) }
        #expect(made.status == 303, "\(made.text)")
        let own = try #require(made.location)
        let address = own.replacingOccurrences(of: "/press", with: "")
        #expect(try await node.visit(nil) { try await $0.get(address) }.status == 404)
        #expect(try await node.visit(PressNode.stranger) { try await $0.get(own) }.status == 404)
        #expect(try await node.json("/campaigns")["campaigns"]?.array?.isEmpty == true)
        let wrong = try await node.visit(PressNode.drafter) {
            try await $0.submit(own, to: own, fields.filter { $0.0 != "statement" } + [("statement", "other")])
        }
        #expect(wrong.status == 400)
        let shown = try await node.visit(PressNode.drafter) { try await $0.submit(own, to: own, fields + [("public", "yes")]) }
        #expect(shown.status == 303, "\(shown.text)")
        let hidden = try await node.visit(PressNode.drafter) { try await $0.submit(own, to: own, fields) }
        #expect(hidden.status == 409)
        let page = try await node.visit(nil) { try await $0.get(address) }
        #expect(page.status == 200)
        #expect(page.text.ranges(of: "data-test=\"measure\"").count == 3)
        let closed = try await node.visit(PressNode.drafter) {
            try await $0.submit(own, to: "\(own)/close", [("changed", "Two papers said it.")])
        }
        #expect(closed.status == 303, "\(closed.text)")
        let json = try await node.json(address)
        #expect(json["changed"]?.string == "Two papers said it.")
        #expect(json["measures"]?.array?.contains { $0["measure"]?.string == "deliveries" && $0["confirmed"] == nil } == true)
        #expect(try await node.visit(PressNode.drafter) { try await $0.submit("/press/campaigns", to: own, fields) }.status == 409)
    }

    /// Welch (1947) by hand: means 12 and 20, variances 4 and 16 over 4 days each: half is 1.95996 × √(1 + 4).
    @Test("A change of means has its interval, and none with a single day")
    func means() throws {
        let change = MeanChange(before: [10, 12, 12, 14], after: [16, 24, 18, 22])
        #expect(change.difference == 8)
        let interval = try #require(change.interval)
        let half = 1.959964 * ((8.0 / 3) / 4 + (40.0 / 3) / 4).squareRoot()
        #expect(abs(interval.low - (8 - half)) < 0.001)
        #expect(abs(interval.high - (8 + half)) < 0.001)
        #expect(MeanChange(before: [1], after: [2, 3]).interval == nil)
    }

    @Test("A campaign is measured over as many days before it as it has lasted")
    func windows() throws {
        func day(_ text: String) throws -> CalendarDate { try #require(CalendarDate(text)) }
        let set = CampaignSet(
            campaign: "cam-2026-1", title: "t", goal: "g", language: "en", messages: ["en": ["open harbour"]], from: try day("2026-11-10"),
            until: try day("2026-11-30"), statements: [])
        let file = CampaignFile(act: set, office: "press", entry: 1, isPublic: true, closed: nil, closing: nil)
        #expect(file.windows(on: try day("2026-11-09")) == nil)
        let windows = try #require(file.windows(on: try day("2026-11-12")))
        #expect(windows.before == (try day("2026-11-07"))...(try day("2026-11-09")))
        #expect(windows.after == (try day("2026-11-10"))...(try day("2026-11-12")))
        let measures = CampaignMeasures(
            of: file, on: try day("2026-11-12"),
            others: [
                (Moment(startOf: try day("2026-11-08")), "A closed harbour"), (Moment(startOf: try day("2026-11-11")), "An open harbour"),
                (Moment(startOf: try day("2026-10-01")), "The open harbour"),
            ], texts: [:],
            days: [
                VisitorsCounted(day: try day("2026-11-08"), total: 20, languages: ["en": 20]),
                VisitorsCounted(day: try day("2026-11-10"), total: 40, languages: ["en": 40, "fr": 10]),
            ], confirmed: [4, 13])
        #expect(measures.uptake?.phrase.hits == 1 && measures.uptake?.phrase.of == 1 && measures.uptake?.before.of == 1)
        #expect(measures.deliveries == 20)
        #expect(measures.visitors.map(\.language) == ["en"])
        #expect(measures.visitors.first?.change.difference == 20)
    }

    @Test("Anybody asks by the form under a law the office answers under, and follows it by a receipt that nobody can guess")
    func form() async throws {
        let node = try await PressNode()
        let words = "All papers on the harbour talks of November, by the legal office"
        let fields = [("law", "press/uk-foia-2000"), ("text", words), ("name", "Iphigenia Requester"), ("address", "i@example.org")]
        let page = try await node.visit(nil) { try await $0.get("/access-requests/new") }
        #expect(page.text.contains("data-test=\"closed\""))
        #expect(!page.text.contains("name=\"request\""), "no law is set, so nothing can be asked")
        let set = try await node.visit(PressNode.drafter) {
            try await $0.submit("/press/access", to: "/press/access-laws", [("office", "press"), ("law", "uk-foia-2000")])
        }
        #expect(set.status == 303)
        let short = try await node.visit(nil) {
            try await $0.submit("/access-requests/new", to: "/access-requests/new", [("text", "all")] + fields.filter { $0.0 != "text" })
        }
        #expect(short.status == 400)
        let asked = try await node.visit(nil) { try await $0.submit("/access-requests/new", to: "/access-requests/new", fields) }
        #expect(asked.status == 303, "\(asked.text)")
        let receipt = try #require(asked.location)
        #expect(try await node.visit(nil) { try await $0.get(receipt) }.text.contains("data-state=\"waiting\""))
        let bare = String(receipt.prefix { $0 != "?" })
        for wrong in [bare, "\(bare)?key=AAAA", receipt.replacingOccurrences(of: "ask-2026-1", with: "ask-2026-2")] {
            #expect(try await node.visit(nil) { try await $0.get(wrong) }.status == 404, "\(wrong)")
        }
        for page in ["/access-requests", "/record/acts", "/access-requests?format=json"] {
            #expect(!(try await node.visit(nil) { try await $0.get(page) }.text.contains("Iphigenia")))
        }
        #expect(!node.log.lines.contains { $0.contains("Iphigenia") || $0.contains("harbour talks") })
        let officers = try await node.visit(PressNode.drafter) { try await $0.get("/press/access") }
        #expect(officers.text.contains("Iphigenia Requester") && officers.text.contains(words))
        let identifier = try #require(bare.split(separator: "/").last.map(String.init))
        #expect(
            try await node.visit(PressNode.stranger) {
                try await $0.submit("/press/access", to: "/press/access-asked/\(identifier)/register", [("subject", "x")])
            }.status == 404)
        node.clock.advance(minutes: 2 * 1_440)
        let registered = try await node.visit(PressNode.drafter) {
            try await $0.submit("/press/access", to: "/press/access-asked/\(identifier)/register", [("subject", "Papers of the talks")])
        }
        #expect(registered.status == 303, "\(registered.text)")
        let json = try await node.visit(nil) { try JSONParser.parse(try await $0.get(receipt, accept: "application/json").body) }
        #expect(json["state"]?.string == "registered")
        #expect(json["request"]?["received"]?.string == "2026-11-20", "the clock runs from the day it was asked")
        #expect(try await node.visit(nil) { try await $0.get(try #require(registered.location)) }.text.contains("Papers of the talks"))
        let twice = try await node.visit(PressNode.drafter) {
            try await $0.submit("/press/access", to: "/press/access-asked/\(identifier)/decline", [("reason", "No")])
        }
        #expect(twice.status == 409)
    }

    @Test("The form takes no more than its limit from one place")
    func limit() async throws {
        let node = try await PressNode()
        _ = try await own(node, AccessLawsSet(laws: ["uk-foia-2000"]))
        let statuses = try await node.visit(nil) { visitor in
            var statuses: [Int] = []
            for _ in 0..<11 {
                statuses.append(
                    try await visitor.submit(
                        "/access-requests/new", to: "/access-requests/new",
                        [("law", "press/uk-foia-2000"), ("text", "Papers of the harbour talks"), ("name", "N"), ("address", "A")]
                    ).status)
            }
            return statuses
        }
        #expect(statuses == Array(repeating: 303, count: 10) + [429])
    }
}
