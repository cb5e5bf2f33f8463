import Acts
import HTTPTypes
import Hummingbird
import Ledger
import Record
import Web

/// `/treaties/{treaty}/text/adopted`: in which languages the conference established the text, at the adoption and after it, and which of
/// them the register has.
extension TextPages {
    /// The adopted text that an instrument was opened from.
    private func adopted(_ number: String) async throws -> (file: InstrumentFile, adopted: AdoptedText) {
        let file = try await instrument(number)
        let found = try await house.record.read { database in
            try file.opened.adoptedText.flatMap { try TreatyQueries(database: database).adoptedText($0) }
        }
        guard let found else {
            throw Refusal(
                .notFound, code: "treaty.not-from-conference", "\(number) was not opened from a text that a conference adopted here.",
                mend: "Look at the instrument's texts.", arguments: ["treaty": number])
        }
        return (file, found)
    }

    func followedLanguages(_ request: Request, _ visit: Visit) async throws -> Response {
        try await followedLanguages(visit, refusal: nil)
    }

    private func followedLanguages(_ visit: Visit, refusal: Refusal?) async throws -> Response {
        let (file, adopted) = try await adopted(try treaties.number(visit))
        let followed = Dictionary(adopted.followed.map { ($0.language, $0) }, uniquingKeysWith: { first, _ in first })
        let held = file.authenticTexts
        if try visit.representation(of: [.html, .json]) == .json {
            return house.json([
                "treaty": .string(file.opened.treaty), "adopted": .integer(adopted.entry),
                "languages": .array(
                    adopted.act.languages.map { tag in
                        var object: JSONObject = ["language": .string(tag), "entered": .bool(held[tag] != nil)]
                        object["sha256"] = (adopted.act.texts[tag] ?? followed[tag]?.sha256).map { .string($0.hexadecimal) }
                        object["entry"] = .integer(followed[tag]?.entry ?? adopted.entry)
                        return .object(object)
                    }),
            ])
        }
        let isOfficer = visit.person.map { !$0.offices(as: .depositaryOfficer).isEmpty } ?? false
        var context = treaties.titleContext(file.opened.titles, visit)
        context["self"] = "/treaties/\(file.opened.treaty)/text/adopted"
        context["adoption"] = adopted.address
        context["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        context["rows"] = adopted.act.languages.map { tag -> [String: Any] in
            let later = followed[tag]
            let hash = adopted.act.texts[tag] ?? later?.sha256
            let state = hash == nil ? "outstanding" : held[tag] != nil ? "entered" : "established"
            var row: [String: Any] = [
                "tag": tag, "name": languageName(tag, visit), "state": text("adopted.\(state)", visit),
                "chip": state == "entered" ? "agreed" : "awaiting", "sha256": hash?.hexadecimal ?? "", "hasText": hash != nil,
                "record": "/record/acts/\(later?.entry ?? adopted.entry)", "isLater": later != nil,
                "reading": held[tag] == nil ? false : "/treaties/\(file.opened.treaty)/text?language=\(tag)",
            ]
            row["mayTake"] = isOfficer && later != nil && held[tag] == nil
            if row["mayTake"] as? Bool == true { row["request"] = house.formToken(visit) }
            return row
        }
        var page = page("adopted", title: text("adopted.title", visit), context, file, visit)
        page.status = refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok
        page.alternates = [.json]
        return try house.page(visit, page)
    }

    func takeFollowed(_ request: Request, _ visit: Visit) async throws -> Response {
        let (person, office) = try treaties.officer(visit)
        let form = try await house.form(from: request, visit)
        let number = try treaties.number(visit)
        let language = try form.fields.required("language")
        let (access, actors) = (house.access, desk.actors)
        do {
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .depositaryOfficer, in: context.database)
                    let queries = TreatyQueries(database: context.database)
                    guard let file = try queries.instrument(number),
                        let adopted = try file.opened.adoptedText.flatMap({ try queries.adoptedText($0) }),
                        let followed = adopted.followed.first(where: { $0.language == language })
                    else { throw Self.notFollowed(language) }
                    let commands = InstrumentCommands(actors: actors, office: office, author: person.id)
                    return try AdoptedTextRule(commands: commands, adopted: adopted.act, entry: adopted.entry).take(
                        followed, in: file, today: context.now.date, request: form.request)
                })
            return house.seeOther("/treaties/\(number)/text/adopted")
        } catch let refusal as Refusal where isShownInForm(refusal, visit) {
            house.logRefusal(refusal, request, visit)
            return try await followedLanguages(visit, refusal: refusal)
        }
    }

    private static func notFollowed(_ language: String) -> Refusal {
        Refusal(
            .notFound, code: "treaty.language-not-followed",
            "The conference has not established the text in '\(language.prefix(40))' after the adoption.",
            mend: "Choose one of the languages on the page.", citation: "VCLT arts. 10, 33(1)",
            arguments: ["language": String(language.prefix(40))])
    }
}
