import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// `/full-powers`: who may act for whom, in what and until when; entered as received, withdrawn by a further act.
extension ConsentPages {
    func fullPowers(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json, .csv])
        let actor = try pages.actorCode(visit, "actor")
        let treaty = try visit.query.filled("treaty", longest: 40)
        let day = try visit.query.date("asOf") ?? house.now().date
        let all = try await house.record.read { try ConsentQueries(database: $0, actors: actors).fullPowers(of: actor) }
        let held = all.filter { powers in
            treaty.map { powers.issued.treaties.isEmpty || powers.issued.treaties.contains($0) } ?? true
        }
        let words = words(visit)
        switch representation {
        case .json:
            return house.json([
                "asOf": .string(day.description), "total": .integer(Int64(held.count)),
                "fullPowers": .array(held.map { Self.json($0, on: day) }),
            ])
        case .csv:
            var table = CSVWriter(header: [
                "entry", "form", "actor", "issuer", "issuedBy", "issuedOn", "representatives", "treaties", "acts", "validFrom",
                "validUntil",
                "revokedOn", "state", "custody",
            ])
            for powers in held {
                let issued = powers.issued
                table.write([
                    String(powers.entry), issued.form.rawValue, issued.actor.rawValue, issued.issuer.rawValue, issued.issuedBy,
                    issued.issuedOn.description, issued.representatives.map { "\($0.name), \($0.title)" }.joined(separator: "; "),
                    issued.treaties.joined(separator: " "), issued.acts.map(\.rawValue).joined(separator: " "),
                    powers.validFrom.description, issued.validUntil?.description ?? "", powers.revokedOn?.description ?? "",
                    powers.state(on: day).rawValue, issued.custody.rawValue,
                ])
            }
            return house.csv(table, named: "full-powers")
        default:
            break
        }
        let isOfficer = visit.person.map { !$0.offices(as: .depositaryOfficer).isEmpty } ?? false
        let context: [String: Any] = [
            "summary": text("full-powers.summary", ["count": .number(Int64(held.count))], visit),
            "actors": pages.actorOptions(visit, selected: actor), "treaty": treaty ?? "",
            "rows": held.reversed().map { powers -> [String: Any] in
                let issued = powers.issued
                let state = powers.state(on: day)
                return [
                    "entry": String(powers.entry),
                    "sentence": text(
                        "full-powers.\(issued.form.rawValue)",
                        [
                            "actor": .text(pages.name(issued.actor, visit)),
                            "names": .text(
                                words.list(issued.representatives.map { $0.title.isEmpty ? $0.name : "\($0.name), \($0.title)" })),
                        ], visit),
                    "state": text("full-powers.state.\(state.rawValue)", visit),
                    "chip": state == .good ? "in-force" : state == .notYet ? "awaiting" : "expired",
                    "covers": text(
                        "full-powers.covers",
                        [
                            "treaties": .text(issued.treaties.isEmpty ? text("every-treaty", visit) : words.list(issued.treaties)),
                            "acts": .text(
                                issued.acts.isEmpty
                                    ? text(issued.form == .credentials ? "acts-of-credentials" : "every-act", visit)
                                    : words.list(issued.acts.map(words.act))),
                        ], visit),
                    "issued": text(
                        "full-powers.issued",
                        ["office": .text(words.issuer(issued.issuer)), "name": .text(issued.issuedBy), "date": .date(issued.issuedOn)],
                        visit),
                    "home": powers.home.map { home(of: powers, $0, visit) } ?? false,
                    "period": period(powers, visit), "link": "/record/acts/\(powers.entry)",
                    "revokeLink": isOfficer && powers.revokedOn == nil ? "/full-powers/\(powers.entry)/revoke" : false,
                ]
            }, "hasRows": !held.isEmpty, "mayEnter": isOfficer,
            "enterLink": pages.address("/enter-full-powers", [("actor", actor?.rawValue), ("treaty", treaty)]),
        ]
        return try house.page(
            visit,
            Page(
                template: "treaties/consent/full-powers", title: text("full-powers.title", visit), context: context,
                trail: [Breadcrumb(pages.text("register.title", visit), "/treaties")], section: "/treaties",
                dossier: ConsentCommands.generalDossier, alternates: [.json, .csv]))
    }

    /// Where full powers were issued at home, with the way to the act and its proof.
    private func home(of powers: HeldFullPowers, _ home: HeldFullPowers.Home, _ visit: Visit) -> [String: Any] {
        [
            "words": text("full-powers.home", ["entry": .text(String(home.entry)), "node": .text(home.node)], visit),
            "proof": "/record/acts/\(powers.entry).tlog-proof",
        ]
    }

    private func period(_ powers: HeldFullPowers, _ visit: Visit) -> String {
        if let day = powers.revokedOn { return text("full-powers.revoked-on", ["date": .date(day)], visit) }
        guard let until = powers.issued.validUntil else { return text("full-powers.from", ["date": .date(powers.validFrom)], visit) }
        return text("full-powers.period", ["from": .date(powers.validFrom), "until": .date(until)], visit)
    }

    private static func json(_ powers: HeldFullPowers, on day: CalendarDate) -> JSON {
        var object = powers.issued.json.object ?? JSONObject()
        object["entry"] = .integer(powers.entry)
        object["state"] = .string(powers.state(on: day).rawValue)
        object["revokedOn"] = powers.revokedOn.map { .string($0.description) }
        object["home"] = powers.home.map {
            ["node": .string($0.node), "log": .string($0.origin), "entry": .integer($0.entry)]
        }
        object["proof"] = .string("/record/acts/\(powers.entry).tlog-proof")
        return .object(object)
    }

    // MARK: Entering

    func fullPowersForm(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try pages.officer(visit)
        return try fullPowersForm(visit.query, refusal: nil, visit)
    }

    func prepareFullPowers(_ request: Request, _ visit: Visit) async throws -> Response {
        var commands = try commands(visit)
        let form = try await house.form(from: request, visit)
        do {
            let issued = try fullPowers(form.fields)
            let known = try await house.record.read { Set(try TreatyQueries(database: $0).treaties().map(\.opened.treaty)) }
            // Whoever acts for the State itself issues them in the name of the State's office.
            let offices = Set(visit.person?.offices(as: .depositaryOfficer) ?? [])
            let own = try await house.offices().first { offices.contains($0.id) && $0.actor == issued.actor }
            if let own { commands = ConsentCommands(actors: actors, office: own.id, author: commands.author) }
            let isHome = own != nil
            try FullPowersRule(actors: actors, today: house.now().date).check(issued, treaties: known, isHome: isHome)
            return try await house.signingPage(
                commands.prepare(issued, request: form.request),
                back: Breadcrumb(text("full-powers.enter", visit), "/enter-full-powers"), visit)
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try fullPowersForm(form.fields, refusal: refusal, visit)
        }
    }

    private func fullPowers(_ fields: Fields) throws -> TreatyFullPowersIssued {
        let issuedOn = try fields.requiredDate("issuedOn")
        // One person a line: the name, then the title after the first comma.
        let people = (try fields.filled("representatives", longest: 4_000) ?? "").split(whereSeparator: \.isNewline).compactMap {
            line -> TreatyFullPowersIssued.Representative? in
            let parts = line.split(separator: ",", maxSplits: 1).map { $0.trimmed }
            guard let name = parts.first, !name.isEmpty else { return nil }
            return .init(name: name, title: parts.count > 1 ? parts[1] : "")
        }
        guard !people.isEmpty else {
            throw Fields.missing("representatives")
        }
        let treaties = try lines(fields, "treaties")
        return TreatyFullPowersIssued(
            form: try fields.choice("form", of: TreatyFullPowersIssued.Form.self) ?? .fullPowers,
            actor: try pages.actorCode(try fields.required("actor")),
            issuer: try fields.choice("issuer", of: TreatyFullPowersIssued.Issuer.self) ?? .other,
            issuedBy: try fields.required("issuedBy"), issuedOn: issuedOn, representatives: people, treaties: treaties,
            acts: fields.texts("act").compactMap(AuthorizedAct.init(rawValue:)), conference: try fields.filled("conference", longest: 300),
            validFrom: try fields.date("validFrom"), validUntil: try fields.date("validUntil"),
            custody: try fields.choice("custody", of: TreatyFullPowersIssued.Custody.self) ?? .original,
            document: try fields.filled("document", longest: 64), note: try fields.filled("note", longest: 2_000))
    }

    private func fullPowersForm(_ fields: Fields, refusal: Refusal?, _ visit: Visit) throws -> Response {
        let words = words(visit)
        let actor = (try? fields.filled("actor")).flatMap { $0 }.flatMap(ActorCode.init(rawValue:))
        let treaties = value(fields, "treaties").isEmpty ? value(fields, "treaty") : value(fields, "treaties")
        let chosen = Set(fields.texts("act"))
        let context: [String: Any] = [
            "action": "/enter-full-powers", "request": house.formToken(visit),
            "forms": TreatyFullPowersIssued.Form.allCases.map {
                pages.option($0.rawValue, text("form.\($0.rawValue)", visit), selected: $0.rawValue == value(fields, "form"))
            },
            "actors": pages.actorOptions(visit, selected: actor), "representatives": value(fields, "representatives"), "treaties": treaties,
            "acts": AuthorizedAct.allCases.map {
                pages.option($0.rawValue, words.act($0), selected: chosen.contains($0.rawValue))
            },
            "issuers": TreatyFullPowersIssued.Issuer.allCases.map {
                pages.option($0.rawValue, words.issuer($0), selected: $0.rawValue == value(fields, "issuer"))
            },
            "issuedBy": value(fields, "issuedBy"), "issuedOn": value(fields, "issuedOn"), "conference": value(fields, "conference"),
            "validFrom": value(fields, "validFrom"), "validUntil": value(fields, "validUntil"),
            "custodies": TreatyFullPowersIssued.Custody.allCases.map {
                pages.option($0.rawValue, text("custody.\($0.rawValue)", visit), selected: $0.rawValue == value(fields, "custody"))
            },
            "document": value(fields, "document"), "note": value(fields, "note"), "back": "/full-powers",
        ]
        return try page(
            "enter-full-powers", title: text("full-powers.enter", visit), context,
            trail: [
                Breadcrumb(pages.text("register.title", visit), "/treaties"), Breadcrumb(text("full-powers.title", visit), "/full-powers"),
            ], refusal: refusal, visit)
    }

    // MARK: Revoking

    private func held(_ visit: Visit) async throws -> HeldFullPowers {
        let entry = try entry(visit)
        let held = try await house.record.read { try ConsentQueries(database: $0, actors: actors).fullPowers(entry) }
        guard let held else {
            throw Refusal(
                .notFound, code: "treaty.no-such-full-powers", "Entry \(entry) holds no full powers.", mend: "Choose them from the list.",
                arguments: ["entry": String(entry)])
        }
        return held
    }

    func revocationForm(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try pages.officer(visit)
        return try revocationForm(try await held(visit), visit.query, refusal: nil, visit)
    }

    func prepareRevocation(_ request: Request, _ visit: Visit) async throws -> Response {
        let commands = try commands(visit)
        let form = try await house.form(from: request, visit)
        let held = try await held(visit)
        do {
            let date = try form.fields.requiredDate("date")
            let revoked = TreatyFullPowersRevoked(entry: held.entry, date: date, reason: try form.fields.required("reason"))
            try FullPowersRule(actors: actors, today: house.now().date).check(revoked, of: held)
            return try await house.signingPage(
                commands.prepare(revoked, of: held, request: form.request),
                back: Breadcrumb(text("revoke.title", visit), "/full-powers/\(held.entry)/revoke"), visit)
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try revocationForm(held, form.fields, refusal: refusal, visit)
        }
    }

    private func revocationForm(_ held: HeldFullPowers, _ fields: Fields, refusal: Refusal?, _ visit: Visit) throws -> Response {
        let words = words(visit)
        let context: [String: Any] = [
            "action": "/full-powers/\(held.entry)/revoke", "request": house.formToken(visit),
            "sentence": text(
                "full-powers.\(held.issued.form.rawValue)",
                [
                    "actor": .text(pages.name(held.issued.actor, visit)),
                    "names": .text(words.list(held.issued.representatives.map(\.name))),
                ], visit),
            "date": value(fields, "date").isEmpty ? house.now().date.description : value(fields, "date"),
            "reason": value(fields, "reason"), "back": "/full-powers",
        ]
        return try page(
            "revoke", title: text("revoke.title", visit), context,
            trail: [
                Breadcrumb(pages.text("register.title", visit), "/treaties"), Breadcrumb(text("full-powers.title", visit), "/full-powers"),
            ], refusal: refusal, visit)
    }
}

extension Substring {
    /// Without spaces at either end.
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
