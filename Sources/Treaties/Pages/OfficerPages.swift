import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// The forms of the depositary officer: record a signature or instrument, correct by a further act, confirm a date.
extension TreatyPages {
    /// What a form of participation holds, as it was sent.
    struct ParticipationForm {
        var kind: String?
        var actor: String?
        var date: String?
        var takesEffect: String?
        var note: String?
        var source: String?
        var reason: String?
        var strike = false

        init() {}

        init(_ fields: Fields) throws {
            kind = try fields.filled("kind")
            actor = try fields.filled("actor")
            date = try fields.filled("date")
            takesEffect = try fields.filled("takesEffect")
            note = try fields.filled("note")
            source = try fields.filled("source", longest: 500)
            reason = try fields.filled("reason")
            strike = try fields.text("strike") == "yes"
        }
    }

    /// Kinds an officer may enter by this form; reservations and their like need forms of their own.
    static var offeredKinds: [ParticipationKind] { ConsentPages.offered }

    /// The office in whose name the visitor may act for the depositary.
    func officer(_ visit: Visit) throws -> (person: Person, office: String) {
        let person = try house.access.require(visit.person, .depositaryOfficer)
        guard let office = person.offices(as: .depositaryOfficer).first else { throw Access.refusal(of: .depositaryOfficer) }
        return (person, office)
    }

    func recordForm(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try number(visit)
        _ = try officer(visit)
        guard let listed = try await listed(number) else { throw unknownTreaty(number) }
        return try formPage(ParticipationForm(), listed.opened, correcting: nil, refusal: nil, visit)
    }

    func record(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try number(visit)
        let (person, office) = try officer(visit)
        let form = try await house.form(from: request, visit)
        guard let listed = try await listed(number) else { throw unknownTreaty(number) }
        let entered = try ParticipationForm(form.fields)
        do {
            let act = try participation(entered, treaty: number, form.fields)
            // What is done today has a signatory and is signed: that is the guided form's matter.
            guard act.source != nil else { throw pastWithoutSource }
            let commands = TreatyCommands(actors: desk.actors, office: office, author: person.id)
            let access = house.access
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .depositaryOfficer, in: context.database)
                    let queries = TreatyQueries(database: context.database)
                    guard let file = try queries.file(of: number) else { throw unknownTreaty(number) }
                    return try commands.record(
                        act, in: file, inForce: try queries.inForce(for: file.opened), next: context.nextIndex, today: context.now.date,
                        request: form.request)
                })
            return house.seeOther("/record/acts/\(entries.first?.index ?? 0)")
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try formPage(entered, listed.opened, correcting: nil, refusal: refusal, visit)
        }
    }

    func correctionForm(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try number(visit)
        _ = try officer(visit)
        let (listed, act) = try await actToCorrect(number, visit)
        var form = ParticipationForm()
        form.kind = act.participation.action.rawValue
        form.actor = act.participation.actor.rawValue
        form.date = act.participation.date.description
        form.takesEffect = act.participation.takesEffect?.description
        form.note = act.participation.note
        form.source = act.participation.source
        return try formPage(form, listed.opened, correcting: act, refusal: nil, visit)
    }

    func correct(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try number(visit)
        let (person, office) = try officer(visit)
        let form = try await house.form(from: request, visit)
        let (listed, act) = try await actToCorrect(number, visit)
        let entered = try ParticipationForm(form.fields)
        do {
            let reason = try form.fields.required("reason")
            let replacement = entered.strike ? nil : try participation(entered, treaty: number, form.fields).keeping(act.participation)
            let correction = TreatyParticipationCorrected(entry: act.entry, replacement: replacement, reason: reason)
            let commands = TreatyCommands(actors: desk.actors, office: office, author: person.id)
            let access = house.access
            let entries = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .depositaryOfficer, in: context.database)
                    let queries = TreatyQueries(database: context.database)
                    guard let file = try queries.file(of: number) else { throw unknownTreaty(number) }
                    return try commands.correct(
                        correction, in: file, inForce: try queries.inForce(for: file.opened), next: context.nextIndex,
                        today: context.now.date, request: form.request)
                })
            return house.seeOther("/record/acts/\(entries.first?.index ?? 0)")
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try formPage(entered, listed.opened, correcting: act, refusal: refusal, visit)
        }
    }

    func confirm(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try number(visit)
        let (person, office) = try officer(visit)
        let form = try await house.form(from: request, visit)
        let date = try form.fields.requiredDate("date")
        let confirmation = TreatyEntryIntoForceConfirmed(treaty: number, date: date, note: try form.fields.filled("note"))
        let commands = TreatyCommands(actors: desk.actors, office: office, author: person.id)
        let access = house.access
        let rule = rule
        _ = try await house.record.enter(
            Command { context in
                try access.requireStill(person, .depositaryOfficer, in: context.database)
                let queries = TreatyQueries(database: context.database)
                guard let file = try queries.file(of: number),
                    let standing = try queries.standing(of: number, asOf: context.now.date, rule: rule)
                else { throw unknownTreaty(number) }
                return try commands.confirm(
                    confirmation, in: file, computed: standing.entryIntoForce?.date,
                    proposalEntry: standing.forces.last { !$0.isConfirmed }?.entry, request: form.request)
            })
        return house.seeOther("/treaties/\(number)")
    }

    // MARK: Parts

    private var pastWithoutSource: Refusal {
        Refusal(
            .unlawful, code: "treaty.past-without-source", "An act of the past is entered from a list or file, and none is named.",
            mend: "Name the source; an act of today is recorded with its signatory.", citation: "VCLT art. 7(1)")
    }

    /// A person gets the form back with the reason above it; a program gets the problem.
    private func isShownInForm(_ refusal: Refusal, _ visit: Visit) -> Bool {
        (try? visit.representation(of: [.html, .json])) == .html
            && (refusal.code.hasPrefix("treaty.") || refusal.code == "request.missing")
    }

    private func listed(_ number: String) async throws -> TreatyQueries.Listed? {
        try await house.record.read { try TreatyQueries(database: $0).treaty(number) }
    }

    private func actToCorrect(_ number: String, _ visit: Visit) async throws -> (TreatyQueries.Listed, TreatyQueries.Act) {
        let text = try visit.parameter("entry")
        guard let listed = try await listed(number) else { throw unknownTreaty(number) }
        let act = try await house.record.read { database in
            try Int64(text).flatMap { try TreatyQueries(database: database).act($0) }
        }
        guard let act, act.participation.treaty == number else {
            throw Refusal(
                .notFound, code: "treaty.no-such-act", "Entry \(text) is not an act of participation in this treaty.",
                mend: "Choose the act from the list of the treaty's acts.", arguments: ["entry": text])
        }
        return (listed, act)
    }

    private func participation(_ form: ParticipationForm, treaty: String, _ fields: Fields) throws -> TreatyParticipation {
        let kindText = try fields.required("kind")
        guard let kind = ParticipationKind(rawValue: kindText), Self.offeredKinds.contains(kind) else {
            throw Refusal(
                .malformed, code: "request.choice", "'\(kindText)' is not a value that the field 'kind' takes.",
                mend: "Choose one of the list.",
                arguments: ["field": "kind", "value": kindText, "choices": Self.offeredKinds.map(\.rawValue).joined(separator: ", ")])
        }
        let actor = try actorCode(try fields.required("actor"))
        return TreatyParticipation(
            treaty: treaty, actor: actor, action: kind, date: try fields.requiredDate("date"), takesEffect: try fields.date("takesEffect"),
            source: form.source,
            note: form.note)
    }

    private func formPage(
        _ form: ParticipationForm, _ opened: TreatyOpened, correcting act: TreatyQueries.Act?, refusal: Refusal?, _ visit: Visit
    ) throws -> Response {
        let link = "/treaties/\(opened.treaty)"
        let words = actWords(visit)
        let selected = form.actor.flatMap { ActorCode(rawValue: $0) }
        var context = titleContext(opened.titles, visit)
        let heading = text(act == nil ? "record.title" : "correct.title", visit)
        context["heading"] = heading
        context["treatyLink"] = link
        context["request"] = house.formToken(visit)
        context["formName"] = act == nil ? "instrument-form" : "correction-form"
        context["action"] = act.map { "\(link)/acts/\($0.entry)/correct" } ?? "\(link)/record"
        context["button"] = text(act == nil ? "record.button" : "correct.button", visit)
        context["kinds"] = Self.offeredKinds.map { option($0.rawValue, words.actionName($0), selected: form.kind == $0.rawValue) }
        context["actors"] = actorOptions(visit, selected: selected, includingFormer: act != nil)
        context["date"] = form.date ?? ""
        context["takesEffect"] = form.takesEffect ?? ""
        context["note"] = form.note ?? ""
        context["source"] = form.source ?? ""
        context["asksSource"] = act == nil
        context["isCorrection"] = act != nil
        context["reason"] = form.reason ?? ""
        context["strike"] = form.strike
        if let act { context["original"] = text("correct.original", ["sentence": .text(words.sentence(act.participation))], visit) }
        if let refusal { context["refusal"] = house.notice(of: refusal, visit) }
        var page = Page(
            template: "treaties/record", title: heading, context: context,
            trail: [
                Breadcrumb(text("register.title", visit), "/treaties"),
                Breadcrumb(opened.short ?? opened.treaty, link),
            ],
            section: "/treaties")
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }
}

extension TreatyParticipation {
    /// The act as corrected, with what the form does not ask again: who did it, by which powers, over which text.
    fileprivate func keeping(_ original: TreatyParticipation) -> TreatyParticipation {
        var act = self
        act.source = original.source
        act.confidence = original.confidence
        act.signatory = original.signatory
        act.fullPowers = original.fullPowers
        act.text = original.text
        act.provisions = original.provisions
        act.territories = original.territories
        return act
    }
}
