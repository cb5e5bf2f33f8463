import Acts
import HTTPTypes
import Hummingbird
import NIOCore
import Record
import Web

/// `/notifications` and `/treaties/{treaty}/notifications`: what was issued, as pages, JSON, CSV and Atom; and one notification as the
/// document it is.
extension DepositaryPages {
    func notifications(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json, .csv])
        let listed = visit.parameters["treaty"] == nil ? nil : try await listed(visit)
        let (limit, offset) = try paging(visit, usual: representation == .html ? 50 : 1000)
        let subject = try visit.query.choice("subject", of: NotificationKind.self)
        let actor = try actor(try visit.query.filled("actor"))
        let year = try visit.query.integer("year", in: 1900...2200)
        let found = try await house.record.read {
            try DepositaryQueries(database: $0).notifications(
                treaty: listed?.opened.treaty, subject: subject, actor: actor, year: year, limit: limit, offset: offset)
        }
        switch representation {
        case .json:
            return house.json([
                "total": .integer(Int64(found.total)), "offset": .integer(Int64(offset)),
                "notifications": .array(found.notifications.map(summary)),
            ])
        case .csv:
            var table = CSVWriter(header: ["number", "date", "treaty", "subject", "actor", "headline", "addressees"])
            for one in found.notifications {
                table.write([
                    one.number, one.date.description, one.treaty, one.subject.rawValue, one.actor?.rawValue ?? "", one.headline,
                    String(one.addressees),
                ])
            }
            return house.csv(table, named: "notifications")
        default: break
        }
        let path = listed.map { "/treaties/\($0.opened.treaty)/notifications" } ?? "/notifications"
        let pairs: [(String, String?)] = [
            ("subject", subject?.rawValue), ("actor", actor?.rawValue), ("year", year.map { String($0) }),
        ]
        var context = pageLinks(path, pairs, total: found.total, limit: limit, offset: offset, visit)
        let titles: [String: Any] = listed.map { pages.titleContext($0.opened.titles, visit) } ?? ["title": false, "titleLanguage": false]
        for (name, value) in titles {
            context[name] = value
        }
        context["standing"] = text("notifications.standing", ["count": .number(Int64(found.total))], visit)
        context["action"] = path
        context["feed"] = "\(path).atom?lang=\(visit.language == .french ? "fr" : "en")"
        context["notify"] = listed.flatMap { isOfficer(visit) ? "/treaties/\($0.opened.treaty)/notify" : nil } ?? false
        context["subjects"] = options("subject", of: NotificationKind.self, selected: subject?.rawValue, any: true, visit)
        context["actors"] = actorOptions(selected: actor?.rawValue, any: text("any", visit), visit)
        context["year"] = year.map { String($0) } ?? ""
        context["hasRows"] = !found.notifications.isEmpty
        context["nothing"] = listed == nil ? text("notifications.nothing-yet", visit) : text("notifications.nothing", visit)
        context["rows"] = found.notifications.map { one -> [String: Any] in
            [
                "number": one.number, "link": "/notifications/\(PercentCoding.encode(one.number))", "date": visit.language.text(one.date),
                "subject": text("subject.\(one.subject.rawValue)", visit), "actor": one.actor.map { name($0, visit) } ?? "",
                "treatyTitle": one.title, "treaty": one.treaty, "treatyLink": "/treaties/\(one.treaty)",
                "foreign": visit.language == .english ? false : "en", "showsTreaty": listed == nil,
            ]
        }
        return try house.page(
            visit,
            Page(
                template: "treaties/depositary/notifications", title: text("notifications.title", visit), context: context,
                trail: listed == nil ? [] : trail(listed, visit), section: "/notifications",
                dossier: listed.map { TreatyCommands.dossier(of: $0.opened.treaty) }, alternates: [.json, .csv]))
    }

    private func summary(_ one: DepositaryQueries.Listed) -> JSON {
        var object: JSONObject = [
            "number": .string(one.number), "year": .integer(one.year), "serial": .integer(one.serial), "treaty": .string(one.treaty),
            "subject": .string(one.subject.rawValue), "date": .string(one.date.description), "title": .string(one.title),
            "headline": .string(one.headline), "addressees": .integer(one.addressees), "entry": .integer(one.entry),
            "href": .string("/notifications/\(PercentCoding.encode(one.number))"),
        ]
        object["actor"] = one.actor.map { .string($0.rawValue) }
        return .object(object)
    }

    /// The feed of notifications, of one treaty or of all (RFC 4287).
    func feed(_ request: Request, _ visit: Visit) async throws -> Response {
        let listed = visit.parameters["treaty"] == nil ? nil : try await listed(visit)
        let (limit, offset) = try paging(visit, usual: 100)
        let language: DocumentLanguage = visit.language == .french ? .french : .english
        let found = try await house.record.read { database in
            let queries = DepositaryQueries(database: database)
            return try queries.notifications(treaty: listed?.opened.treaty, limit: min(limit, 200), offset: offset).notifications.map {
                one in
                (one, try queries.notification(entry: one.entry)?.sheets[language.rawValue])
            }
        }
        let origin = house.configuration.origin.description
        let path = listed.map { "/treaties/\($0.opened.treaty)/notifications" } ?? "/notifications"
        let words = language.choose("Depositary notifications", "Notifications dépositaires")
        let feed = AtomFeed(
            id: "\(origin)\(path)", title: listed.map { "\(words)\(language.colon) \(language.text(of: $0.opened.titles))" } ?? words,
            language: language.rawValue, author: language.text(of: desk.depositary.name),
            address: "\(origin)\(path).atom?lang=\(language.rawValue)",
            page: "\(origin)\(path)", updated: Moment(startOf: house.now().date),
            entries: found.map { one, sheet in
                AtomFeed.Entry(
                    id: "\(origin)/notifications/\(one.number)",
                    title: "\(one.number)\(language.colon) \(sheet?.subject ?? one.headline)", updated: one.received,
                    published: one.received, address: "\(origin)/notifications/\(one.number)",
                    summary: ([sheet?.title ?? one.title] + (sheet?.paragraphs ?? [])).joined(separator: "\n"),
                    categories: [one.subject.rawValue, one.treaty])
            })
        return Response(
            status: .ok, headers: [.contentType: "\(AtomFeed.mediaType); charset=utf-8", .contentLanguage: language.rawValue],
            body: ResponseBody(byteBuffer: ByteBuffer(string: feed.text)))
    }

    // MARK: One notification

    /// A notification with what became of it.
    struct Found: Sendable {
        var entry: Int64
        var notification: TreatyNotificationIssued
        var addressees: [DepositaryQueries.Addressee]
        var outstanding: Int
        var successors: [(number: String, relation: TreatyNotificationIssued.Relation)]
    }

    func find(_ visit: Visit) async throws -> Found {
        let text = try visit.parameter("number")
        let found = try await house.record.read { database -> Found? in
            let queries = DepositaryQueries(database: database)
            guard let number = NotificationNumber(text), let (entry, notification) = try queries.notification(number) else { return nil }
            return Found(
                entry: entry, notification: notification, addressees: try queries.addressees(of: entry),
                outstanding: try queries.outstanding(of: entry, limit: 10_000).count, successors: try queries.successors(of: number))
        }
        guard let found else {
            throw Refusal(
                .notFound, code: "treaty.no-such-notification", "This node has issued no notification \(text).",
                mend: "Look at the list of notifications.", arguments: ["number": text])
        }
        return found
    }

    func notification(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let found = try await find(visit)
        if representation == .json { return house.json(json(found, visit)) }
        return try await page(found, refusal: nil, visit)
    }

    /// The notification on paper, in all its languages.
    func notificationPaper(_ request: Request, _ visit: Visit) async throws -> Response {
        let found = try await find(visit)
        guard let entry = try house.record.entry(at: found.entry) else { throw unknownEntry(found.notification.number) }
        let notification = found.notification
        let pdf = try await pressed(
            .init(document: notification.number, treaty: notification.treaty, entry: found.entry), reason: "Depositary notification"
        ) { papers in
            papers.notification(notification, issued: entry.header.received, digest: entry.statement.payloadCommitment)
        }
        return paper(pdf, named: notification.number)
    }

    private func json(_ found: Found, _ visit: Visit) -> JSON {
        var object = found.notification.json.object ?? JSONObject()
        object["entry"] = .integer(found.entry)
        object["proof"] = .string("/record/acts/\(found.entry).tlog-proof")
        object["acknowledged"] = .array(
            found.addressees.compactMap { addressee in
                addressee.acknowledged.map { ["actor": .string(addressee.actor.rawValue), "date": .string($0.description)] }
            })
        object["later"] = .array(
            found.successors.map { ["number": .string($0.number), "relation": .string($0.relation.rawValue)] })
        if isOfficer(visit) {
            object["outstanding"] = .integer(Int64(found.outstanding))
            object["deliveries"] = .array(
                found.addressees.flatMap { addressee in
                    addressee.deliveries.map { delivery in
                        [
                            "actor": .string(addressee.actor.rawValue), "address": .string(delivery.address),
                            "outcome": .string(delivery.outcome.rawValue), "reply": JSON(delivery.reply),
                            "attempts": .integer(delivery.attempts), "at": .string(delivery.at.description),
                            "entry": .integer(delivery.entry),
                        ]
                    }
                })
        }
        return .object(object)
    }

    func page(_ found: Found, refusal: Refusal?, _ visit: Visit) async throws -> Response {
        let notification = found.notification
        let wanted = try visit.query.choice("text", of: DocumentLanguage.self) ?? (visit.language == .french ? .french : .english)
        guard let sheet = notification.sheets[wanted.rawValue] ?? notification.sheets["en"],
            let entry = try house.record.entry(at: found.entry)
        else { throw unknownEntry(notification.number) }
        let link = "/notifications/\(PercentCoding.encode(notification.number))"
        var context = NotificationSheetContext(house: house).context(
            sheet, quotations: notification.quotations, number: notification.number, wanted)
        context["tabs"] = DocumentLanguage.allCases.map { language in
            [
                "address": "\(link)?text=\(language.rawValue)", "label": language == .english ? "English" : "Français",
                "tag": language.rawValue, "current": language == wanted,
            ] as [String: Any]
        }
        context["standing"] = standing(found, visit)
        context["later"] = found.successors.map { later in
            [
                "sentence": text("later.\(later.relation.rawValue)", ["number": .text(later.number)], visit),
                "link": "/notifications/\(PercentCoding.encode(later.number))", "number": later.number,
            ] as [String: Any]
        }
        context["earlierLink"] =
            notification.earlier.flatMap { earlier in
                earlier.entry == nil ? nil : "/notifications/\(PercentCoding.encode(earlier.number))"
            } ?? false
        context["earlierNumber"] = notification.earlier?.number ?? ""
        context["treatyLink"] = "/treaties/\(notification.treaty)"
        context["paper"] = "\(link)/notification.pdf"
        context["treaty"] = notification.treaty
        context["acts"] = notification.acts.map { house.smallSeal(ofEntry: $0, visit).html }
        context["seal"] = try house.seal(of: entry, visit)
        context["hasAddressees"] = !found.addressees.isEmpty
        let isOfficer = isOfficer(visit)
        context["isOfficer"] = isOfficer
        context["addressees"] = found.addressees.map { addressee in
            [
                "code": addressee.actor.rawValue, "name": name(addressee.actor, visit),
                "capacity": text("capacity.\(addressee.capacity.rawValue)", visit),
                "acknowledged": addressee.acknowledged.map { visit.language.text($0) } ?? "",
                "deliveries": isOfficer
                    ? addressee.deliveries.map { delivery in
                        [
                            "outcome": text("outcome.\(delivery.outcome.rawValue)", visit), "address": delivery.address,
                            "chip": delivery.outcome == .accepted || delivery.outcome == .otherwise ? "agreed" : "refused",
                            "reply": delivery.reply ?? "", "at": visit.language.text(delivery.at),
                        ] as [String: Any]
                    } : [[String: Any]](),
            ] as [String: Any]
        }
        context["addresseesLabel"] = text("addressees", ["count": .number(Int64(found.addressees.count))], visit)
        context["rectify"] =
            "/treaties/\(notification.treaty)/notify?subject=rectification&earlier=\(PercentCoding.encode(notification.number))"
        context["reissue"] = "/treaties/\(notification.treaty)/notify?subject=reissued&earlier=\(PercentCoding.encode(notification.number))"
        let waiting = found.addressees.filter { $0.acknowledged == nil }
        if isOfficer, !waiting.isEmpty {
            var form = FormSheet(action: "\(link)/acknowledged", name: "note-acknowledgement", button: text("acknowledge.note", visit))
            form.add(
                "actor", text("field.actor", visit),
                .choice(
                    visit.language.sorted(waiting) { name($0.actor, visit) }.map {
                        pages.option($0.actor.rawValue, name($0.actor, visit), selected: false)
                    }),
                required: true)
            form.add("by", text("field.acknowledged-by", visit), longest: 200)
            for (name, value) in form.context(house, visit) { context[name] = value }
        } else {
            context["form"] = false
        }
        context["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        var page = Page(
            template: "treaties/depositary/notification", title: notification.number, context: context,
            trail: [Breadcrumb(text("notifications.title", visit), "/notifications")], section: "/notifications",
            dossier: TreatyCommands.dossier(of: notification.treaty), alternates: [.json], modules: ["seal.js"])
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }

    private func standing(_ found: Found, _ visit: Visit) -> String {
        var sentences = [
            text(
                "notification.issued",
                [
                    "date": .date(found.notification.date),
                    "addressees": .text(text("addressees", ["count": .number(Int64(found.addressees.count))], visit)),
                ], visit)
        ]
        let acknowledged = found.addressees.count { $0.acknowledged != nil }
        if acknowledged > 0 { sentences.append(text("notification.acknowledged", ["count": .number(Int64(acknowledged))], visit)) }
        if isOfficer(visit) {
            let accepted = found.addressees.reduce(0) { sum, addressee in
                sum + addressee.deliveries.count { $0.outcome == .accepted }
            }
            if accepted > 0 { sentences.append(text("notification.delivered", ["count": .number(Int64(accepted))], visit)) }
            if found.outstanding > 0 {
                let key = desk.mail == nil ? "notification.outstanding-without-mail" : "notification.outstanding"
                sentences.append(text(key, ["count": .number(Int64(found.outstanding))], visit))
            }
        }
        return sentences.joined(separator: " ")
    }

    // MARK: Acknowledgement

    func acknowledgementForm(_ request: Request, _ visit: Visit) async throws -> Response {
        let found = try await find(visit)
        let (actor, token) = try acknowledging(found, visit.query)
        return try acknowledgementPage(found, actor, token, refusal: nil, visit)
    }

    /// Who acknowledges, by the token that only the addressee was sent.
    private func acknowledging(_ found: Found, _ fields: Fields) throws -> (ActorCode, String) {
        let token = try fields.filled("token") ?? ""
        guard let actor = try actor(try fields.filled("actor")),
            NotificationAcknowledgement.isGood(token, entry: found.entry, actor: actor, house)
        else {
            throw Refusal(
                .forbidden, code: "treaty.acknowledgement-link", "The link is not one that was sent to an addressee of this notification.",
                mend:
                    "Follow the link in the message, whole. An officer of the depositary can also enter an acknowledgement that came by note."
            )
        }
        return (actor, token)
    }

    private func acknowledgementPage(
        _ found: Found, _ actor: ActorCode, _ token: String, refusal: Refusal?, _ visit: Visit
    ) throws -> Response {
        let number = found.notification.number
        var form = FormSheet(
            action: "/notifications/\(PercentCoding.encode(number))/acknowledge", name: "acknowledge",
            button: text("acknowledge.button", visit))
        form.lead = text("acknowledge.lead", ["actor": .text(name(actor, visit)), "number": .text(number)], visit)
        form.cancel = "/notifications/\(PercentCoding.encode(number))"
        form.add("actor", "", .hidden, value: actor.rawValue)
        form.add("token", "", .hidden, value: token)
        form.add("by", text("field.acknowledged-by", visit), longest: 200)
        return try formPage(
            form, heading: text("acknowledge.title", visit), listed: nil, refusal: refusal, section: "/notifications", visit)
    }

    func acknowledge(_ request: Request, _ visit: Visit) async throws -> Response {
        let found = try await find(visit)
        let form = try await house.form(from: request, visit)
        let (actor, token) = try acknowledging(found, form.fields)
        let by = try form.fields.filled("by", longest: 200)
        let commands = DepositaryCommands(actors: desk.actors, settings: desk.depositary, office: "depositary", author: "node")
        do {
            try await enter(found, actor, .link, by: by, commands, nil, form.request)
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try acknowledgementPage(found, actor, token, refusal: refusal, visit)
        }
        return house.seeOther("/notifications/\(PercentCoding.encode(found.notification.number))")
    }

    func noteAcknowledgement(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, commands) = try officer(visit)
        let found = try await find(visit)
        let form = try await house.form(from: request, visit)
        do {
            let actor = try pages.actorCode(try form.fields.required("actor"))
            try await enter(found, actor, .note, by: try form.fields.filled("by", longest: 200), commands, person, form.request)
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try await page(found, refusal: refusal, visit)
        }
        return house.seeOther("/notifications/\(PercentCoding.encode(found.notification.number))")
    }

    private func enter(
        _ found: Found, _ actor: ActorCode, _ manner: TreatyNotificationAcknowledged.Manner, by: String?, _ commands: DepositaryCommands,
        _ person: Person?, _ request: String
    ) async throws {
        let acknowledgement = TreatyNotificationAcknowledged(
            notification: found.entry, number: found.notification.number, treaty: found.notification.treaty, addressee: actor,
            manner: manner,
            by: by)
        let access = house.access
        _ = try await house.record.enter(
            Command { context in
                if let person { try access.requireStill(person, .depositaryOfficer, in: context.database) }
                let known = try DepositaryQueries(database: context.database).addressees(of: found.entry).first { $0.actor == actor }
                return try commands.acknowledge(
                    acknowledgement, isAddressee: known != nil, isKnown: known?.acknowledged != nil, request: request)
            })
    }
}
