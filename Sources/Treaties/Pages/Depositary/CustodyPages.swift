import Acts
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Record
import Web

/// `/treaties/custody`: what lies in the depositary's custody; entering a document that came, and examining its form.
extension DepositaryPages {
    func custody(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json, .csv])
        let (limit, offset) = try paging(visit, usual: representation == .html ? 50 : 1000)
        let treaty = try visit.query.filled("treaty", longest: 40)
        let item = try visit.query.choice("item", of: TreatyInstrumentReceived.Item.self)
        let actor = try actor(try visit.query.filled("actor"))
        let found = try await house.record.read {
            try DepositaryQueries(database: $0).documents(treaty: treaty, item: item, actor: actor, limit: limit, offset: offset)
        }
        let isOfficer = isOfficer(visit)
        switch representation {
        case .json:
            return house.json([
                "total": .integer(Int64(found.total)), "offset": .integer(Int64(offset)),
                "documents": .array(found.documents.map { json($0, isOfficer: isOfficer) }),
            ])
        case .csv:
            var table = CSVWriter(header: [
                "entry", "treaty", "item", "actor", "action", "dated", "received", "channel", "medium", "form", "sha256",
            ])
            for one in found.documents {
                let document = one.document
                table.write([
                    String(one.entry), document.treaty, document.item.rawValue, document.actor?.rawValue ?? "",
                    document.action?.rawValue ?? "",
                    document.dated?.description ?? "", document.received.description, document.channel.rawValue, document.medium.rawValue,
                    one.examination?.result.rawValue ?? "", document.document.map(Self.hexadecimal) ?? "",
                ])
            }
            return house.csv(table, named: "custody")
        default: break
        }
        let pairs: [(String, String?)] = [("treaty", treaty), ("item", item?.rawValue), ("actor", actor?.rawValue)]
        var context = pageLinks("/treaties/custody", pairs, total: found.total, limit: limit, offset: offset, visit)
        context["standing"] = text("custody.standing", ["count": .number(Int64(found.total))], visit)
        context["treaty"] = treaty ?? ""
        context["items"] = options("item", of: TreatyInstrumentReceived.Item.self, selected: item?.rawValue, any: true, visit)
        context["actors"] = actorOptions(selected: actor?.rawValue, any: text("any", visit), visit)
        context["hasRows"] = !found.documents.isEmpty
        context["rows"] = found.documents.map { row($0, visit) }
        return try house.page(
            visit,
            Page(
                template: "treaties/depositary/custody", title: text("custody.title", visit), context: context, trail: trail(nil, visit),
                section: "/treaties", alternates: [.json, .csv]))
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private func json(_ one: DepositaryQueries.Document, isOfficer: Bool) -> JSON {
        var object = one.document.json.object ?? JSONObject()
        object["entry"] = .integer(one.entry)
        object["document"] = one.document.document.map { .string(Self.hexadecimal($0)) }
        object["examination"] = one.examination?.json
        object["href"] = .string("/treaties/\(one.document.treaty)/custody/\(one.entry)")
        // Where a document lies is told to the depositary's own people only.
        if !isOfficer {
            object["place"] = nil
            object["seal"] = nil
        }
        return .object(object)
    }

    private func row(_ one: DepositaryQueries.Document, _ visit: Visit) -> [String: Any] {
        let document = one.document
        let chip = chip(one, visit)
        return [
            "entry": String(one.entry), "link": "/treaties/\(document.treaty)/custody/\(one.entry)", "treaty": document.treaty,
            "treatyLink": "/treaties/\(document.treaty)", "item": itemName(document, visit),
            "actor": document.actor.map { name($0, visit) } ?? "", "received": visit.language.text(document.received),
            "medium": text("medium.\(document.medium.rawValue)", visit), "chip": chip.name, "form": chip.text,
        ]
    }

    private func itemName(_ document: TreatyInstrumentReceived, _ visit: Visit) -> String {
        let item = text("item.\(document.item.rawValue)", visit)
        guard let action = document.action else { return item }
        return text("item.with-action", ["item": .text(item), "action": .text(pages.actWords(visit).actionName(action))], visit)
    }

    private func chip(_ one: DepositaryQueries.Document, _ visit: Visit) -> (name: String, text: String) {
        switch one.examination?.result {
        case .inOrder?: ("agreed", text("result.in-order", visit))
        case .toBeCompleted?: ("awaiting", text("result.to-be-completed", visit))
        case .difference?: ("refused", text("result.difference", visit))
        case nil: ("awaiting", text("result.none", visit))
        }
    }

    // MARK: A document comes

    private func receiptSheet(_ fields: Fields, _ listed: TreatyQueries.Listed, _ visit: Visit) -> FormSheet {
        func value(_ name: String) -> String? { (try? fields.text(name)) ?? nil }
        let treaty = listed.opened.treaty
        var form = FormSheet(action: "/treaties/\(treaty)/custody/receive", name: "receipt-form", button: text("receive.button", visit))
        form.add(
            "item", text("field.item", visit),
            .choice(options("item", of: TreatyInstrumentReceived.Item.self, selected: value("item") ?? "instrument", any: false, visit)),
            required: true)
        form.add("actor", text("field.actor", visit), .choice(actorOptions(selected: value("actor"), visit)))
        form.add("action", text("field.action", visit), .choice(actionOptions(selected: value("action"), visit)))
        form.add("dated", text("field.dated", visit), .day, value: value("dated"))
        form.add("received", text("field.received", visit), .day, value: value("received") ?? house.now().date.description, required: true)
        form.add(
            "channel", text("field.channel", visit),
            .choice(options("channel", of: TreatyInstrumentReceived.Channel.self, selected: value("channel"), any: false, visit)),
            required: true)
        form.add(
            "medium", text("field.medium", visit),
            .choice(options("medium", of: TreatyInstrumentReceived.Medium.self, selected: value("medium"), any: false, visit)),
            required: true, hint: text("field.medium.hint", visit))
        form.add("document", text("field.file", visit), .file, hint: text("field.file.hint", visit))
        form.add("sha256", text("field.sha256", visit), value: value("sha256"), longest: 64, hint: text("field.sha256.hint", visit))
        form.add("language", text("field.quotation-language", visit), value: value("language"), longest: 35)
        form.add("seal", text("field.seal", visit), value: value("seal"), longest: 80)
        form.add("place", text("field.place", visit), value: value("place"), longest: 200)
        form.add("follows", text("field.follows", visit), value: value("follows"), longest: 20, hint: text("field.follows.hint", visit))
        form.add("note", text("field.note", visit), .area(rows: 3), value: value("note"), longest: 2000)
        form.cancel = "/treaties/\(treaty)"
        return form
    }

    func receiptForm(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try officer(visit)
        let listed = try await listed(visit)
        return try formPage(
            receiptSheet(visit.query, listed, visit), heading: text("receive.title", visit), listed: listed, refusal: nil, visit)
    }

    func receive(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, commands) = try officer(visit)
        let listed = try await listed(visit)
        let form = try await house.upload(from: request, upTo: 32 << 20, visit)
        let access = house.access
        do {
            let act = try document(form, treaty: listed.opened.treaty)
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .depositaryOfficer, in: context.database)
                    let scan = try act.follows.flatMap { try DepositaryQueries(database: context.database).document($0)?.document }
                    return try commands.receive(act, scan: scan, today: context.now.date, request: form.request)
                })
            return house.seeOther("/treaties/\(act.treaty)/custody/\(entries.first?.index ?? 0)")
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try formPage(
                receiptSheet(form.fields, listed, visit), heading: text("receive.title", visit), listed: listed, refusal: refusal, visit)
        }
    }

    private func document(_ form: Form, treaty: String) throws -> TreatyInstrumentReceived {
        let fields = form.fields
        guard let received = try fields.date("received"), let item = try fields.choice("item", of: TreatyInstrumentReceived.Item.self),
            let channel = try fields.choice("channel", of: TreatyInstrumentReceived.Channel.self),
            let medium = try fields.choice("medium", of: TreatyInstrumentReceived.Medium.self)
        else {
            for name in ["received", "item", "channel", "medium"] { _ = try fields.required(name) }
            throw unknownEntry("")
        }
        var act = TreatyInstrumentReceived(treaty: treaty, item: item, received: received, channel: channel, medium: medium)
        act.actor = try actor(try fields.filled("actor"))
        act.action = try fields.choice("action", of: ParticipationKind.self)
        act.dated = try fields.date("dated")
        act.language = try fields.filled("language", longest: 35)
        act.seal = try fields.filled("seal", longest: 80)
        act.place = try fields.filled("place", longest: 200)
        act.follows = try fields.integer("follows", in: 0...Int64.max)
        act.note = try fields.filled("note", longest: 2000)
        if let text = try fields.filled("sha256") {
            guard let digest = Self.digest(text) else {
                throw Refusal(
                    .malformed, code: "treaty.document-digest", "'\(text.prefix(80))' is not a SHA-256.",
                    mend: "Give its 64 hexadecimal digits, as sha256sum prints them.", citation: "FIPS 180-4",
                    arguments: ["value": String(text.prefix(80))])
            }
            act.document = digest
        }
        if let file = form.file("document") {
            let stored = try house.record.storeBlob(file.bytes)
            guard act.document == nil || act.document == stored else {
                throw Refusal(
                    .conflict, code: "treaty.document-differs", "The file has not the SHA-256 that was given.",
                    mend: "Choose the right file, or leave the SHA-256 out: it is worked out here.")
            }
            act.document = stored
            act.mediaType = file.mediaType
        }
        return act
    }

    static func digest(_ text: String) -> [UInt8]? {
        let digits = Array(text.lowercased().utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    /// The document itself, for the depositary's own people: never shown inside a page, since it comes from outside.
    func documentFile(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try officer(visit)
        let (_, found) = try await findDocument(visit)
        guard let digest = found.document.document, let bytes = try house.record.blob(sha256: digest) else {
            throw unknownEntry(String(found.entry))
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream",
                .contentDisposition: "attachment; filename=\"document-\(found.entry)\(Self.ending(of: found.document.mediaType))\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private static func ending(of mediaType: String?) -> String {
        switch mediaType {
        case "application/pdf"?: ".pdf"
        case "image/jpeg"?: ".jpeg"
        case "image/png"?: ".png"
        case "image/tiff"?: ".tiff"
        default: ".bin"
        }
    }

    // MARK: Its form is examined

    private func findDocument(_ visit: Visit) async throws -> (TreatyQueries.Listed, DepositaryQueries.Document) {
        let listed = try await listed(visit)
        let entry = try entry(visit)
        let found = try await house.record.read { try DepositaryQueries(database: $0).document(entry) }
        guard let found, found.document.treaty == listed.opened.treaty else { throw unknownEntry(String(entry)) }
        return (listed, found)
    }

    func document(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let (listed, found) = try await findDocument(visit)
        if representation == .json { return house.json(json(found, isOfficer: isOfficer(visit))) }
        return try await documentPage(found, listed, nil, refusal: nil, visit)
    }

    private func documentPage(
        _ found: DepositaryQueries.Document, _ listed: TreatyQueries.Listed, _ fields: Fields?, refusal: Refusal?, _ visit: Visit
    ) async throws -> Response {
        let document = found.document
        let isOfficer = isOfficer(visit)
        let chip = chip(found, visit)
        var context = pages.titleContext(listed.opened.titles, visit)
        context["heading"] = itemName(document, visit)
        context["standing"] = text(
            document.actor == nil ? "document.standing-own" : "document.standing",
            ["actor": .text(document.actor.map { name($0, visit) } ?? ""), "date": .date(document.received)], visit)
        context["chip"] = chip.name
        context["formState"] = chip.text
        var facts: [(String, String?)] = [
            ("field.dated", document.dated.map { visit.language.text($0) }),
            ("field.channel", text("channel.\(document.channel.rawValue)", visit)),
            ("field.medium", text("medium.\(document.medium.rawValue)", visit)), ("field.sha256", document.document.map(Self.hexadecimal)),
            ("field.quotation-language", document.language), ("field.note", document.note),
        ]
        if isOfficer { facts += [("field.seal", document.seal), ("field.place", document.place)] }
        context["facts"] = facts.compactMap { key, value in value.map { ["name": text(key, visit), "value": $0] } }
        context["file"] =
            isOfficer && document.mediaType != nil ? "/treaties/\(document.treaty)/custody/\(found.entry)/file" : false
        context["follows"] = document.follows.map { "/treaties/\(document.treaty)/custody/\($0)" } ?? false
        context["hasChecks"] = found.examination != nil
        context["checks"] = (found.examination?.checks ?? []).map { check in
            [
                "point": text("point.\(check.point.rawValue)", visit), "answer": text("answer.\(check.answer.rawValue)", visit),
                "chip": check.answer == .yes ? "agreed" : check.answer == .no ? "refused" : "awaiting", "remark": check.remark ?? "",
            ]
        }
        context["remarks"] = found.examination?.remarks ?? false
        context["examinationSeal"] = found.examinationEntry.map { house.smallSeal(ofEntry: $0, visit).html } ?? ""
        if let entry = try house.record.entry(at: found.entry) { context["seal"] = try house.seal(of: entry, visit) }
        if isOfficer {
            for (name, value) in examinationSheet(found, fields, visit).context(house, visit) { context[name] = value }
        } else {
            context["form"] = false
        }
        context["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        context["differenceLink"] =
            isOfficer && found.examination?.result == .difference
            ? "/treaties/\(document.treaty)/notify?subject=difference&act=\(found.entry)" : false
        var page = Page(
            template: "treaties/depositary/document", title: itemName(document, visit), context: context,
            trail: trail(listed, visit) + [Breadcrumb(text("custody.title", visit), "/treaties/custody")], section: "/treaties",
            dossier: TreatyCommands.dossier(of: document.treaty), alternates: [.json], modules: ["seal.js"])
        page.address = "/treaties/\(document.treaty)/custody/\(found.entry)"
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }

    private func examinationSheet(_ found: DepositaryQueries.Document, _ fields: Fields?, _ visit: Visit) -> FormSheet {
        func value(_ name: String) -> String? { (try? fields?.text(name)) ?? nil }
        var form = FormSheet(
            action: "/treaties/\(found.document.treaty)/custody/\(found.entry)/examine", name: "examination-form",
            button: text("examine.button", visit))
        form.lead = text("examine.lead", visit)
        for point in TreatyInstrumentExamined.Point.allCases {
            form.add(
                "check-\(point.rawValue)", text("point.\(point.rawValue)", visit),
                .choice(
                    [pages.option("", text("choose", visit), selected: value("check-\(point.rawValue)") == nil)]
                        + options(
                            "answer", of: TreatyInstrumentExamined.Answer.self, selected: value("check-\(point.rawValue)"), any: false,
                            visit)),
                required: true)
        }
        form.add(
            "result", text("field.result", visit),
            .choice(options("result", of: TreatyInstrumentExamined.Result.self, selected: value("result"), any: false, visit)),
            required: true,
            hint: text("field.result.hint", visit))
        form.add("remarks", text("field.remarks", visit), .area(rows: 3), value: value("remarks"), longest: 4000)
        return form
    }

    func examine(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, commands) = try officer(visit)
        let (listed, found) = try await findDocument(visit)
        let form = try await house.form(from: request, visit)
        let access = house.access
        do {
            let checks = try TreatyInstrumentExamined.Point.allCases.compactMap { point in
                try form.fields.choice("check-\(point.rawValue)", of: TreatyInstrumentExamined.Answer.self).map {
                    TreatyInstrumentExamined.Check(point, $0)
                }
            }
            _ = try form.fields.required("result")
            let examination = TreatyInstrumentExamined(
                instrument: found.entry, treaty: found.document.treaty, checks: checks,
                result: try form.fields.choice("result", of: TreatyInstrumentExamined.Result.self) ?? .toBeCompleted,
                remarks: try form.fields.filled("remarks", longest: 4000))
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .depositaryOfficer, in: context.database)
                    return try commands.examine(examination, of: found.document, request: form.request)
                })
            return house.seeOther("/treaties/\(found.document.treaty)/custody/\(found.entry)")
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try await documentPage(found, listed, form.fields, refusal: refusal, visit)
        }
    }
}
