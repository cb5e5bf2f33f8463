import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// `/treaties/{treaty}/ending`: a treaty is suspended or ends, for whom, since when, on what ground (VCLT part V).
extension ConsentPages {
    func endingForm(_ request: Request, _ visit: Visit) async throws -> Response {
        _ = try pages.officer(visit)
        return try endingForm(try await consent(visit, actor: nil), visit.query, refusal: nil, visit)
    }

    func prepareEnding(_ request: Request, _ visit: Visit) async throws -> Response {
        let commands = try commands(visit)
        let form = try await house.form(from: request, visit)
        let fields = form.fields
        let consent = try await consent(visit, actor: nil)
        let treaty = consent.file.opened.treaty
        do {
            let ground = try fields.requiredChoice("ground", of: EndingGround.self)
            let from = try fields.requiredDate("from")
            let rule = ConsentRule(consent: consent, actors: actors, today: house.now().date)
            let draft: ActDraft
            if try fields.text("ends") == "yes" {
                let act = TreatyTerminated(
                    treaty: treaty, actors: try codes(fields, "actors"), from: from, ground: ground,
                    note: try fields.filled("note", longest: 2_000))
                try rule.check(act)
                draft = commands.prepare(act, request: form.request)
            } else {
                let act = TreatySuspended(
                    treaty: treaty, actors: try codes(fields, "actors"), towards: try codes(fields, "towards"),
                    provisions: try lines(fields, "provisions"), from: from, until: try fields.date("until"), ground: ground,
                    note: try fields.filled("note", longest: 2_000))
                try rule.check(act)
                draft = commands.prepare(act, request: form.request)
            }
            return try await house.signingPage(
                draft, back: Breadcrumb(text("ending.title", visit), "/treaties/\(treaty)/ending"), visit)
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try endingForm(consent, fields, refusal: refusal, visit)
        }
    }

    private func codes(_ fields: Fields, _ name: String) throws -> [ActorCode] {
        try lines(fields, name).map { try pages.actorCode($0) }
    }

    private func endingForm(_ consent: ConsentFile, _ fields: Fields, refusal: Refusal?, _ visit: Visit) throws -> Response {
        let opened = consent.file.opened
        let words = words(visit)
        var context = pages.titleContext(opened.titles, visit)
        context["action"] = "/treaties/\(opened.treaty)/ending"
        context["request"] = house.formToken(visit)
        context["ends"] = value(fields, "ends") == "yes"
        context["grounds"] = EndingGround.allCases.map {
            pages.option($0.rawValue, words.ground($0), selected: $0.rawValue == value(fields, "ground"))
        }
        for name in ["actors", "towards", "provisions", "from", "until", "note"] { context[name] = value(fields, name) }
        context["back"] = "/treaties/\(opened.treaty)/act"
        return try page("ending", title: text("ending.title", visit), context, trail: trail(opened, visit), refusal: refusal, visit)
    }
}
