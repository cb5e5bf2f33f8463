import Acts
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Record
import Web

/// `/treaties/{treaty}/registration`: the package for the Secretariat of the United Nations, and the number that comes back.
extension DepositaryPages {
    func registration(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let listed = try await listed(visit)
        let (registered, inForce) = try await registrationState(listed)
        if representation == .json {
            var object: JSONObject = ["treaty": .string(listed.opened.treaty), "inForce": JSON(inForce?.description)]
            object["registered"] = registered?.json
            if inForce != nil { object["package"] = .string("/treaties/\(listed.opened.treaty)/registration.zip") }
            return house.json(.object(object))
        }
        return try registrationPage(listed, registered, inForce, nil, refusal: nil, visit)
    }

    /// What is known of the registration, and the day the treaty entered into force, where it has.
    private func registrationState(_ listed: TreatyQueries.Listed) async throws -> (TreatyRegistered?, CalendarDate?) {
        let rule = pages.rule
        let today = house.now().date
        return try await house.record.read { database in
            let standing = try TreatyQueries(database: database).standing(of: listed.opened.treaty, asOf: today, rule: rule)
            return (
                try DepositaryQueries(database: database).registration(of: listed.opened.treaty),
                standing?.isInForce == true ? standing?.date : nil
            )
        }
    }

    private func registrationPage(
        _ listed: TreatyQueries.Listed, _ registered: TreatyRegistered?, _ inForce: CalendarDate?, _ fields: Fields?, refusal: Refusal?,
        _ visit: Visit
    ) throws -> Response {
        func value(_ name: String) -> String? { (try? fields?.text(name)) ?? nil }
        let link = "/treaties/\(listed.opened.treaty)/registration"
        var context = pages.titleContext(listed.opened.titles, visit)
        if let registered {
            context["standing"] = text(
                "registration.standing",
                [
                    "manner": .text(text("manner.\(registered.manner.rawValue)", visit)), "number": .text(registered.number),
                    "date": .date(registered.date),
                ], visit)
        } else if let inForce {
            context["standing"] = text("registration.due", ["date": .date(inForce)], visit)
        } else {
            context["standing"] = text("registration.not-yet", visit)
        }
        context["volume"] = registered?.volume.map { text("registration.volume", ["volume": .text($0)], visit) } ?? false
        context["package"] = inForce == nil ? false : "\(link).zip"
        context["rule"] = inForce == nil
        context["form"] = false
        if isOfficer(visit), inForce != nil {
            var form = FormSheet(action: "\(link)/enter", name: "registration-form", button: text("registration.button", visit))
            form.add(
                "manner", text("field.manner", visit),
                .choice(options("manner", of: TreatyRegistered.Manner.self, selected: value("manner"), any: false, visit)), required: true)
            form.add("date", text("field.registered-on", visit), .day, value: value("date"), required: true)
            form.add("number", text("field.registration-number", visit), value: value("number"), required: true, longest: 40)
            form.add("volume", text("field.volume", visit), value: value("volume"), longest: 40)
            form.add("sha256", text("field.package", visit), value: value("sha256"), longest: 64, hint: text("field.sha256.hint", visit))
            form.add("note", text("field.note", visit), .area(rows: 3), value: value("note"), longest: 2000)
            for (name, value) in form.context(house, visit) { context[name] = value }
        }
        context["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        var page = Page(
            template: "treaties/depositary/registration", title: text("registration.title", visit), context: context,
            trail: trail(listed, visit), section: "/treaties", dossier: TreatyCommands.dossier(of: listed.opened.treaty),
            alternates: [.json])
        page.address = "/treaties/\(listed.opened.treaty)/registration"
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }

    func register(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, commands) = try officer(visit)
        let listed = try await listed(visit)
        let form = try await house.form(from: request, visit)
        let access = house.access
        let rule = pages.rule
        do {
            for name in ["manner", "date", "number"] { _ = try form.fields.required(name) }
            guard let date = try form.fields.date("date"), let manner = try form.fields.choice("manner", of: TreatyRegistered.Manner.self),
                let number = try form.fields.filled("number", longest: 40)
            else { throw unknownEntry("") }
            var act = TreatyRegistered(treaty: listed.opened.treaty, manner: manner, date: date, number: number)
            act.volume = try form.fields.filled("volume", longest: 40)
            act.note = try form.fields.filled("note", longest: 2000)
            if let text = try form.fields.filled("sha256") {
                guard let digest = Self.digest(text) else {
                    throw Refusal(
                        .malformed, code: "treaty.document-digest", "'\(text.prefix(80))' is not a SHA-256.",
                        mend: "Give its 64 hexadecimal digits, as sha256sum prints them.", citation: "FIPS 180-4",
                        arguments: ["value": String(text.prefix(80))])
                }
                act.package = digest
            }
            let registration = act
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .depositaryOfficer, in: context.database)
                    let standing = try TreatyQueries(database: context.database).standing(
                        of: registration.treaty, asOf: context.now.date, rule: rule)
                    let known = try DepositaryQueries(database: context.database).registration(of: registration.treaty)
                    return try commands.register(
                        registration, inForce: standing?.date, already: known?.number, today: context.now.date, request: form.request)
                })
            return house.seeOther("/treaties/\(registration.treaty)/registration")
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            let (registered, inForce) = try await registrationState(listed)
            return try registrationPage(listed, registered, inForce, form.fields, refusal: refusal, visit)
        }
    }

    /// The package as a file: the same facts on the same day give the same bytes.
    func registrationPackage(_ request: Request, _ visit: Visit) async throws -> Response {
        let listed = try await listed(visit)
        let rule = pages.rule
        let today = house.now().date
        let standing = try await house.record.read {
            try TreatyQueries(database: $0).standing(of: listed.opened.treaty, asOf: today, rule: rule)
        }
        guard let standing else { throw pages.unknownTreaty(listed.opened.treaty) }
        try RegistrationRule.requireInForce(standing.date, on: today)
        var package = try self.package(standing, on: today)
        package.members += try await CertifiedCopyPages(pages: pages).registrationMembers(of: listed.opened.treaty, on: today)
        let certified = package
        let statement = try await pressed(
            .init(document: "certifying-statement", treaty: listed.opened.treaty, entry: standing.listed.lastEntry, day: today.dayNumber),
            reason: "Certifying statement"
        ) { $0.statement(certified) }
        package.members.append(.init(name: "statement.pdf", bytes: statement))
        let bytes: [UInt8]
        do { bytes = try package.file() } catch {
            throw Refusal(
                .unavailable, code: "treaty.package-too-large", "The package cannot be made: \(error).",
                mend: "Ask for the texts and the proofs one by one.")
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/zip",
                .contentDisposition: "attachment; filename=\"registration-\(listed.opened.treaty).zip\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func package(_ standing: TreatyStanding, on day: CalendarDate) throws -> RegistrationPackage {
        let opened = standing.listed.opened
        var parties: [RegistrationPackage.Party] = []
        var proofs: Set<Int64> = [standing.listed.entry]
        for own in (try? standing.participation.get())?.standings ?? [] {
            guard own.state == .party || own.state == .contracting, case .actor(let code) = own.participant.id, let consent = own.consent,
                let entry = consent.act.id.flatMap({ Int64($0) })
            else { continue }
            let names = Dictionary(
                uniqueKeysWithValues: DocumentLanguage.allCases.map {
                    ($0.rawValue, desk.actors[code]?.name(in: $0.rawValue) ?? code.rawValue)
                })
            parties.append(
                .init(
                    code: code, names: names, action: consent.act.kind, deposited: consent.act.date, inForce: consent.effect?.date,
                    entry: entry))
            proofs.insert(entry)
        }
        for force in standing.forces where force.isConfirmed { proofs.insert(force.entry) }
        var statements: [String] = []
        for line in standing.lines where [.reservation, .declaration, .objection].contains(line.participation.action) {
            let act = line.participation
            statements.append("\(line.entry) \(act.actor) \(act.action.rawValue) \(act.date)\(act.note.map { ": \($0)" } ?? "")")
            proofs.insert(line.entry)
        }
        var members: [RegistrationPackage.Member] = []
        for index in proofs.sorted() {
            guard let entry = try house.record.entry(at: index) else { continue }
            let proof = try EntryProof(of: entry, in: house.record, includesPayload: entry.statement.marking == .public)
            members.append(.init(name: "proofs/\(index).tlog-proof", bytes: proof.file.bytes))
        }
        members.append(.init(name: "proofs/verifier-key.txt", bytes: Array("\(house.record.verifierKey)\n".utf8)))
        return RegistrationPackage(
            opened: opened, settings: desk.depositary, inForce: standing.date ?? day, method: opened.article, parties: parties,
            statements: statements, members: members, date: day)
    }
}
