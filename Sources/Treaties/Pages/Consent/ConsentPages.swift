import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// Pages of authority, acts of consent and statements. Each family is in a file of its own; this one holds what they share.
struct ConsentPages: Sendable {
    let pages: TreatyPages

    var house: House { pages.house }
    var actors: ActorTable { pages.desk.actors }

    func addRoutes(to router: Router<Visit>) {
        let own = self
        router.get("/treaties/{treaty}/act") { request, visit in try await own.actForm(request, visit) }
        router.post("/treaties/{treaty}/act") { request, visit in try await own.prepareAct(request, visit) }
        router.get("/treaties/{treaty}/acts/{entry}/confirm") { request, visit in try await own.confirmationForm(request, visit) }
        router.post("/treaties/{treaty}/acts/{entry}/confirm") { request, visit in try await own.prepareConfirmation(request, visit) }
        router.get("/treaties/{treaty}/ending") { request, visit in try await own.endingForm(request, visit) }
        router.post("/treaties/{treaty}/ending") { request, visit in try await own.prepareEnding(request, visit) }
        router.get("/treaties/{treaty}/statements") { request, visit in try await own.statements(request, visit) }
        router.get("/treaties/{treaty}/statement") { request, visit in try await own.statementForm(request, visit) }
        router.post("/treaties/{treaty}/statement") { request, visit in try await own.prepareStatement(request, visit) }
        router.get("/treaties/{treaty}/statements/{entry}/change") { request, visit in try await own.changeForm(request, visit) }
        router.post("/treaties/{treaty}/statements/{entry}/change") { request, visit in try await own.prepareChange(request, visit) }
        router.get("/full-powers") { request, visit in try await own.fullPowers(request, visit) }
        router.get("/enter-full-powers") { request, visit in try await own.fullPowersForm(request, visit) }
        router.post("/enter-full-powers") { request, visit in try await own.prepareFullPowers(request, visit) }
        router.get("/full-powers/{entry}/revoke") { request, visit in try await own.revocationForm(request, visit) }
        router.post("/full-powers/{entry}/revoke") { request, visit in try await own.prepareRevocation(request, visit) }
    }

    func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("treaties.consent.\(key)", arguments, visit)
    }

    func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    func words(_ visit: Visit) -> ConsentWords {
        ConsentWords(actors: actors, catalogue: house.catalogue, language: visit.language)
    }

    func commands(_ visit: Visit) throws -> ConsentCommands {
        let (person, office) = try pages.officer(visit)
        return ConsentCommands(actors: actors, office: office, author: person.id)
    }

    /// What the rules need to know of the treaty in the address.
    func consent(_ visit: Visit, actor: ActorCode?) async throws -> ConsentFile {
        let number = try pages.number(visit)
        let found = try await house.record.read { try ConsentQueries(database: $0, actors: actors).file(of: number, for: actor) }
        guard let found else { throw pages.unknownTreaty(number) }
        return found
    }

    func entry(_ visit: Visit) throws -> Int64 {
        let text = try visit.parameter("entry")
        guard let entry = Int64(text), String(entry) == text else {
            throw Refusal(
                .notFound, code: "treaty.no-such-act", "Entry \(text) is not an act of participation in this treaty.",
                mend: "Choose the act from the list of the treaty's acts.", arguments: ["entry": text])
        }
        return entry
    }

    /// A person gets the form back with the reason above it; a program gets the problem.
    func isShownInForm(_ refusal: Refusal, _ visit: Visit) -> Bool {
        (try? visit.representation(of: [.html, .json])) == .html
            && (refusal.code.hasPrefix("treaty.") || refusal.code.hasPrefix("request.m") || refusal.code == "request.date"
                || refusal.code == "request.too-long")
    }

    /// A form again, with the reason it was not taken.
    func page(
        _ template: String, title: String, _ context: [String: Any], trail: [Breadcrumb], refusal: Refusal?, _ visit: Visit,
        dossier: String? = nil, alternates: [Representation] = []
    ) throws -> Response {
        var context = context
        context["heading"] = title
        context["refusal"] = refusal.map { house.notice(of: $0, visit) as Any } ?? false
        var page = Page(
            template: "treaties/consent/\(template)", title: title, context: context, trail: trail, section: "/treaties", dossier: dossier,
            alternates: alternates)
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        return try house.page(visit, page)
    }

    func trail(_ opened: TreatyOpened, _ visit: Visit) -> [Breadcrumb] {
        [
            Breadcrumb(pages.text("register.title", visit), "/treaties"),
            Breadcrumb(opened.short ?? opened.treaty, "/treaties/\(opened.treaty)"),
        ]
    }

    // MARK: Fields that several forms have

    /// Who does it: name, title, capacity.
    func signatory(_ fields: Fields) throws -> Signatory? {
        guard let name = try fields.filled("name", longest: 200) else { return nil }
        return Signatory(
            name: name, title: try fields.filled("title", longest: 200) ?? "",
            capacity: try fields.choice("capacity", of: Capacity.self) ?? .plenipotentiary)
    }

    func fullPowersEntry(_ fields: Fields) throws -> Int64? { try fields.integer("fullPowers", in: 0...Int64.max) }

    /// Several values, a line each.
    func lines(_ fields: Fields, _ name: String) throws -> [String] {
        let text = try fields.filled(name, longest: 4_000) ?? ""
        return text.split(whereSeparator: { $0.isNewline || $0 == "," || $0 == "،" })
            .map { $0.drop { $0 == " " } }.map { String($0.reversed().drop { $0 == " " }.reversed()) }.filter { !$0.isEmpty }
    }

    /// What the part `consent/authority` of a form reads.
    func authorityContext(
        _ fields: Fields, held: [HeldFullPowers], deed: AuthorityRule.Deed?, _ visit: Visit
    ) -> [String: Any] {
        let words = words(visit)
        let capacity = (try? fields.text("capacity")) ?? nil
        let chosen = (try? fields.text("fullPowers")) ?? nil
        let rule = AuthorityRule(actors: actors, held: held)
        let covering = deed.map { deed in
            var anybody = deed
            anybody.signatory = nil
            return rule.covering(anybody)
        }
        let others = held.filter { one in !(covering?.contains(one) ?? false) }
        func label(_ powers: HeldFullPowers) -> String {
            text(
                powers.home == nil ? "form.full-powers.one" : "form.full-powers.one-home",
                [
                    "entry": .text(String(powers.entry)), "names": .text(words.list(powers.issued.representatives.map(\.name))),
                    "date": .date(powers.issued.issuedOn), "node": .text(powers.home?.node ?? ""),
                    "place": .text(powers.home.map { String($0.entry) } ?? ""),
                ], visit)
        }
        return [
            "name": ((try? fields.text("name")) ?? nil) ?? "", "personTitle": ((try? fields.text("title")) ?? nil) ?? "",
            "capacities": Capacity.allCases.map {
                pages.option($0.rawValue, words.capacity($0), selected: $0.rawValue == (capacity ?? Capacity.plenipotentiary.rawValue))
            },
            "covering": (covering ?? []).map { pages.option(String($0.entry), label($0), selected: String($0.entry) == chosen) },
            "hasCovering": !(covering ?? []).isEmpty,
            "otherPowers": others.map { pages.option(String($0.entry), label($0), selected: String($0.entry) == chosen) },
            "hasOtherPowers": !others.isEmpty,
            "noPowers": held.isEmpty,
            "enterPowersLink": deed.map { pages.address("/enter-full-powers", [("actor", $0.actor.rawValue), ("treaty", $0.treaty)]) }
                ?? "/enter-full-powers",
        ]
    }

    func value(_ fields: Fields, _ name: String) -> String { ((try? fields.text(name)) ?? nil) ?? "" }

    func languageOptions(_ visit: Visit, selected: String?) -> [[String: Any]] {
        Language.allCases.map { pages.option($0.tag, $0.ownName, selected: $0.tag == (selected ?? visit.language.tag)) }
    }
}
