import Acts
import Foundation
import Hummingbird
import Ledger
import Record
import Texts
import Web

/// `/treaties/{treaty}/adopt` and `/authenticate`: the two acts that make a draft a treaty's text (VCLT arts. 9, 10).
extension TextPages {
    func adoptionForm(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try treaties.number(visit)
        _ = try treaties.officer(visit)
        return try adoptionPage(Fields(), try await instrument(number), refusal: nil, visit)
    }

    func adopt(_ request: Request, _ visit: Visit) async throws -> Response {
        try await take(request, visit, adoption, InstrumentCommands.adopt, again: adoptionPage)
    }

    func authenticationForm(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try treaties.number(visit)
        _ = try treaties.officer(visit)
        return try authenticationPage(Fields(), try await instrument(number), refusal: nil, visit)
    }

    func authenticate(_ request: Request, _ visit: Visit) async throws -> Response {
        try await take(request, visit, authentication, InstrumentCommands.authenticate, again: authenticationPage)
    }

    /// Either form: read as an act, entered where the rule allows it, shown again with the reason where not.
    private func take<Act: Sendable>(
        _ request: Request, _ visit: Visit, _ read: (Fields, InstrumentFile) throws -> Act,
        _ rule: @escaping @Sendable (InstrumentCommands) -> (Act, InstrumentFile, CalendarDate, String?) throws -> [ActDraft],
        again page: (Fields, InstrumentFile, Refusal?, Visit) throws -> Response
    ) async throws -> Response {
        let number = try treaties.number(visit)
        let (person, office) = try treaties.officer(visit)
        let form = try await house.form(from: request, visit)
        let file = try await instrument(number)
        do {
            let act = try read(form.fields, file)
            let commands = InstrumentCommands(actors: desk.actors, office: office, author: person.id)
            return try await enter(number, person, visit) { file, today in try rule(commands)(act, file, today, form.request) }
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try page(form.fields, file, refusal, visit)
        }
    }

    /// Enters what a rule makes of the file as it then stands.
    private func enter(
        _ number: String, _ person: Person, _ visit: Visit,
        _ rule: @escaping @Sendable (InstrumentFile, CalendarDate) throws -> [ActDraft]
    ) async throws -> Response {
        let access = house.access
        let treaties = treaties
        let entries = try await house.record.enter(
            Command { context in
                try access.requireStill(person, .depositaryOfficer, in: context.database)
                guard let file = try TreatyQueries(database: context.database).instrument(number) else {
                    throw treaties.unknownTreaty(number)
                }
                return try rule(file, context.now.date)
            })
        guard (try? visit.representation(of: [.html, .json])) == .json else { return house.seeOther("/treaties/\(number)/text") }
        return house.json(["entry": .integer(entries.first?.index ?? 0)])
    }

    // MARK: Adoption

    private func adoption(_ fields: Fields, of file: InstrumentFile) throws -> TreatyAdopted {
        let date = try fields.requiredDate("date")
        let place = try fields.required("place")
        let rule = try fields.requiredChoice("rule", of: TreatyAdopted.Rule.self)
        let inFavour = try fields.integer("inFavour", in: 0...10_000)
        let against = try fields.integer("against", in: 0...10_000)
        let abstaining = try fields.integer("abstaining", in: 0...10_000)
        let votes: TreatyAdopted.Votes? =
            inFavour == nil && against == nil
            ? nil : TreatyAdopted.Votes(inFavour: inFavour ?? 0, against: against ?? 0, abstaining: abstaining ?? 0)
        return TreatyAdopted(
            treaty: file.opened.treaty, date: date, place: place, body: try fields.filled("body", longest: 300), rule: rule,
            ownRule: try fields.filled("ownRule", longest: 300), votes: votes, texts: file.authenticTexts,
            note: try fields.filled("note", longest: 2_000))
    }

    private func adoptionPage(_ fields: Fields, _ file: InstrumentFile, refusal: Refusal?, _ visit: Visit) throws -> Response {
        var context = try stepContext(file, refusal, visit)
        let rule = try fields.filled("rule")
        context["action"] = "/treaties/\(file.opened.treaty)/adopt"
        context["rules"] = TreatyAdopted.Rule.allCases.map {
            treaties.option($0.rawValue, text("adopt.rule.\($0.rawValue)", visit), selected: $0.rawValue == rule)
        }
        for name in ["place", "body", "ownRule", "inFavour", "against", "abstaining", "note"] {
            context[name] = try fields.filled(name) ?? ""
        }
        context["date"] = try fields.filled("date") ?? house.now().date.description
        var page = page("adopt", title: text("adopt.title", visit), context, file, visit)
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }

    // MARK: Authentication

    private func authentication(_ fields: Fields, of file: InstrumentFile) throws -> TreatyAuthenticated {
        let date = try fields.requiredDate("date")
        let procedure = try fields.requiredChoice("procedure", of: TreatyAuthenticated.Procedure.self)
        let texts = file.authenticTexts
        guard let set = TextRule.setHash(of: texts) else { throw noText(file.opened.treaty) }
        return TreatyAuthenticated(
            treaty: file.opened.treaty, date: date, procedure: procedure, texts: texts, textSet: set,
            gaps: Int64(try gaps(of: file)), reason: try fields.filled("reason", longest: 2_000),
            note: try fields.filled("note", longest: 2_000))
    }

    private func authenticationPage(_ fields: Fields, _ file: InstrumentFile, refusal: Refusal?, _ visit: Visit) throws -> Response {
        var context = try stepContext(file, refusal, visit)
        let procedure = try fields.filled("procedure")
        let gaps = try gaps(of: file)
        context["action"] = "/treaties/\(file.opened.treaty)/authenticate"
        context["procedures"] = TreatyAuthenticated.Procedure.allCases.map {
            treaties.option($0.rawValue, text("authenticate.procedure.\($0.rawValue)", visit), selected: $0.rawValue == procedure)
        }
        context["date"] = try fields.filled("date") ?? house.now().date.description
        context["reason"] = try fields.filled("reason") ?? ""
        context["note"] = try fields.filled("note") ?? ""
        context["textSet"] = TextRule.setHash(of: file.authenticTexts)?.hexadecimal ?? ""
        context["gaps"] = text(gaps == 0 ? "authenticate.no-gaps" : "authenticate.gaps", ["count": .number(Int64(gaps))], visit)
        context["hasGaps"] = gaps > 0
        context["concordanceLink"] = "/treaties/\(file.opened.treaty)/text/concordance"
        let missing = file.missingLanguages
        context["missing"] =
            missing.isEmpty ? false : text("authenticate.missing", ["languages": .text(languageNames(missing, visit))], visit)
        var page = page("authenticate", title: text("authenticate.title", visit), context, file, visit)
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }

    /// What both forms show: the texts the act will be about.
    private func stepContext(_ file: InstrumentFile, _ refusal: Refusal?, _ visit: Visit) throws -> [String: Any] {
        var context = treaties.titleContext(file.opened.titles, visit)
        context["request"] = house.formToken(visit)
        context["textLink"] = "/treaties/\(file.opened.treaty)/text"
        context["standing"] = standing(file, visit)
        context["texts"] = file.languages.compactMap { file.current(in: $0) }.filter(\.text.isAuthentic).map { version -> [String: Any] in
            [
                "language": languageName(version.text.language, visit), "label": version.text.label,
                "version": visit.language.text(version.text.version), "sha256": version.text.sha256.hexadecimal,
            ]
        }
        context["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        return context
    }
}
