import Acts
import Foundation
import Hummingbird
import Mail
import Record
import Web

/// What an office watches, whom it tells by e-mail, and the browsers in which a person is told.
extension AlertPages {
    func addSettings(to router: Router<Visit>) {
        guard reach != nil else { return }
        router.post("/press/alert-feeds") { request, visit in try await setFeeds(request, visit) }
        router.post("/press/alert-telling") { request, visit in try await setTelling(request, visit) }
        router.post("/press/push-subscriptions") { request, visit in try await subscribe(request, visit) }
        router.post("/press/push-subscriptions/{subscription}/end") { request, visit in try await unsubscribe(request, visit) }
    }

    /// What the list's page shows of it.
    func settings(for person: Person, _ visit: Visit) async throws -> [String: Any] {
        guard let reach else { return ["settings": false, "push": false] }
        let offices = desk.choices(person, as: .pressOfficer, visit)
        let names = offices.compactMap { $0["value"] as? String }
        let (feeds, readers, named, browsers) = try await house.record.read { database in
            let queries = AlertQueries(database: database)
            return (
                try queries.feeds(), try names.map { ($0, try queries.readers(of: $0)) }, try names.filter(queries.namesTitles),
                try queries.subscriptions(of: person.id)
            )
        }
        let sections = offices.compactMap { office -> [String: Any]? in
            guard let id = office["value"] as? String else { return nil }
            let own = feeds.first { $0.office == id }
            let people = readers.first { $0.0 == id }?.1 ?? []
            return [
                "office": id, "officeName": office["name"] ?? id, "feeds": (own?.act.feeds ?? []).joined(separator: "\n"),
                "minutes": String(own?.act.minutes ?? 5), "states": (own?.act.feeds ?? []).map { state(of: $0, reach, visit) },
                "hasStates": !(own?.act.feeds ?? []).isEmpty, "feedsRequest": house.formToken(visit),
                "tellingRequest": house.formToken(visit),
                "people": people.map { "\($0.address) \($0.language)" }.joined(separator: "\n"), "names": named.contains(id),
                "hasMail": reach.mail != nil,
            ]
        }
        return [
            "settings": ["offices": sections],
            "push": [
                "key": try reach.key.publicKey(), "request": house.formToken(visit), "hasBrowsers": !browsers.isEmpty,
                "browsers": browsers.map { browser in
                    [
                        "service": URLComponents(string: browser.act.endpoint)?.host ?? "", "date": visit.language.text(browser.at),
                        "action": "/press/push-subscriptions/\(browser.entry)/end", "request": house.formToken(visit),
                    ]
                },
            ] as [String: Any],
        ]
    }

    /// What this process knows of a feed.
    private func state(of address: String, _ reach: AlertReach, _ visit: Visit) -> [String: Any] {
        let state = reach.board.state(of: address)
        let words =
            state?.fault.map { text("feed.fault", ["reason": .text($0)], visit) }
            ?? state?.readAt.map { text("feed.read", ["date": .text(visit.language.text($0))], visit) } ?? text("feed.waits", visit)
        return [
            "address": address, "state": words, "class": state?.fault != nil ? "refused" : state?.readAt != nil ? "agreed" : "awaiting",
            "name": state?.fault != nil ? "fault" : state?.readAt != nil ? "read" : "waits",
        ]
    }

    private func setFeeds(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let form = try await house.form(from: request, visit)
        return try await desk.taking(request, visit) {
            let office = try desk.office(form.fields, person, as: .pressOfficer)
            let feeds = parts(try form.fields.filled("feeds", longest: 25_000), by: "\n")
            let act = AlertFeedsSet(
                feeds: feeds.reduce(into: []) { if !$0.contains($1) { $0.append($1) } },
                minutes: try form.fields.integer("minutes", in: FeedRules.minutes) ?? 5)
            let allowsPlain = reach?.allowsPrivateAddresses ?? false
            try await enter(person, office) { commands, _ in try commands.watch(act, allowsPlain: allowsPlain, form: form.request) }
            return house.seeOther("/press/alerts")
        } orShow: {
            try await list(form.fields, visit, refusal: $0)
        }
    }

    private func setTelling(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .pressOfficer)
        let form = try await house.form(from: request, visit)
        return try await desk.taking(request, visit) {
            let office = try desk.office(form.fields, person, as: .pressOfficer)
            let tags = house.catalogue.languages.map(\.tag)
            let people = try parts(try form.fields.filled("people", longest: 20_000), by: "\n").map { line in
                let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
                let language = words.count > 1 ? words[1] : visit.language.tag
                guard words.count <= 2, tags.contains(language) else {
                    throw Refusal(
                        .malformed, code: "press.alert.mail-line", "'\(line.prefix(200))' is not an address and a language.",
                        mend: "Write one a line: duty@example.org, or duty@example.org fr.", arguments: ["value": String(line.prefix(200))])
                }
                return AlertTellingSet.Reader(address: words[0], language: language)
            }
            let act = AlertTellingSet(people: people, namesTitles: try form.fields.text("names") == "yes")
            try await enter(person, office) { commands, _ in
                try commands.tell(act, isAddress: { MailAddress($0) != nil }, form: form.request)
            }
            return house.seeOther("/press/alerts")
        } orShow: {
            try await list(form.fields, visit, refusal: $0)
        }
    }

    /// Enters as a rule what a press officer of the office decides.
    private func enter(
        _ person: Person, _ office: String, _ rule: @escaping @Sendable (DisclosureCommands, RuleContext) throws -> [ActDraft]
    ) async throws {
        let commands = DisclosureCommands(office: office, author: person.id, law: desk.law)
        let access = house.access
        _ = try await house.record.enter(
            Command { context in
                try access.requireStill(person, .pressOfficer, in: office, of: context.database)
                return try rule(commands, context)
            })
    }

    // MARK: Browsers

    private func subscribe(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        return try await desk.taking(request, visit) {
            let act = PushSubscribed(
                endpoint: try form.fields.required("endpoint"), key: try form.fields.required("key"),
                secret: try form.fields.required("secret"), language: visit.language.tag)
            let allowsPlain = reach?.allowsPrivateAddresses ?? false
            try await enterOwn(person) { commands, known in
                try commands.subscribe(act, known: known, allowsPlain: allowsPlain, form: form.request)
            }
            return house.seeOther("/press/alerts")
        } orShow: {
            try await list(nil, visit, refusal: $0)
        }
    }

    private func unsubscribe(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let form = try await house.form(from: request, visit)
        guard let subscription = Int64(try visit.parameter("subscription")) else { throw DisclosureCommands.unknown }
        return try await desk.taking(request, visit) {
            try await enterOwn(person) { commands, known in
                try commands.unsubscribe(subscription, known: known, form: form.request)
            }
            return house.seeOther("/press/alerts")
        } orShow: {
            try await list(nil, visit, refusal: $0)
        }
    }

    /// Enters what concerns a person's own browsers, in an office of the person's.
    private func enterOwn(
        _ person: Person, _ rule: @escaping @Sendable (DisclosureCommands, [AlertQueries.Subscription]) throws -> [ActDraft]
    ) async throws {
        let access = house.access
        let law = desk.law
        _ = try await house.record.enter(
            Command { context in
                try access.requireStill(person, in: context.database)
                guard let office = person.appointments.map(\.office).sorted().first else { throw DisclosureCommands.unknown }
                return try rule(
                    DisclosureCommands(office: office, author: person.id, law: law),
                    try AlertQueries(database: context.database).subscriptions(of: person.id))
            })
    }
}
