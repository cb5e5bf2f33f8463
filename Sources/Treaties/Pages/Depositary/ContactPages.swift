import Acts
import HTTPTypes
import Hummingbird
import Mail
import Record
import Web

/// `/depositary/contacts`: where notifications go. For the depositary's own people only.
extension DepositaryPages {
    func contacts(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try officer(visit)
        return try await contactsPage(nil, refusal: nil, visit)
    }

    private func contactsPage(_ fields: Fields?, refusal: Refusal?, _ visit: Visit) async throws -> Response {
        func value(_ name: String) -> String? { (try? fields?.text(name)) ?? nil }
        let contacts = try await house.record.read { try DepositaryQueries(database: $0).contacts() }
        var form = FormSheet(action: "/depositary/contacts", name: "contact-form", button: text("contacts.button", visit))
        form.lead = text("contacts.lead", visit)
        form.add("actor", text("field.actor", visit), .choice(actorOptions(selected: value("actor"), visit)), required: true)
        form.add("name", text("field.contact-name", visit), value: value("name"), longest: 200)
        form.add(
            "addresses", text("field.addresses", visit), .area(rows: 3), value: value("addresses"), longest: 2000,
            hint: text("field.addresses.hint", visit))
        form.add(
            "language", text("field.contact-language", visit),
            .choice([
                pages.option("", text("both-languages", visit), selected: value("language") == nil),
                pages.option("en", "English", selected: value("language") == "en"),
                pages.option("fr", "Français", selected: value("language") == "fr"),
            ]))
        var context = form.context(house, visit)
        context["standing"] = text("contacts.standing", ["count": .number(Int64(contacts.count))], visit)
        context["withoutMail"] = desk.mail == nil
        context["hasRows"] = !contacts.isEmpty
        context["rows"] = visit.language.sorted(contacts) { name($0.actor, visit) }.map { contact in
            [
                "actor": name(contact.actor, visit), "code": contact.actor.rawValue, "name": contact.name ?? "",
                "addresses": contact.addresses.joined(separator: ", "), "language": contact.language ?? "en, fr",
            ]
        }
        context["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        var page = Page(
            template: "treaties/depositary/contacts", title: text("contacts.title", visit), context: context,
            trail: [Breadcrumb(text("notifications.title", visit), "/notifications")], section: "/notifications")
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }

    func setContact(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, commands) = try officer(visit)
        let form = try await house.form(from: request, visit)
        let access = house.access
        do {
            let contact = TreatyContactPoint(
                actor: try pages.actorCode(try form.fields.required("actor")), name: try form.fields.filled("name", longest: 200),
                addresses: (try form.fields.filled("addresses", longest: 2000) ?? "").split(whereSeparator: { $0.isWhitespace || $0 == "," }
                )
                .map(String.init),
                language: try form.fields.choice("language", of: DocumentLanguage.self)?.rawValue)
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .depositaryOfficer, in: context.database)
                    return try commands.setContact(contact, isAddress: { MailAddress($0) != nil }, request: form.request)
                })
            return house.seeOther("/depositary/contacts")
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try await contactsPage(form.fields, refusal: refusal, visit)
        }
    }
}
