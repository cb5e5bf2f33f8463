import Acts
import HTTPTypes
import Hummingbird
import Record
import Web

/// `/issue-credentials`: a State's own office issues credentials to its delegation, for a conference that another node may hold. That
/// node takes them from this record, with their proof.
struct CredentialsIssuingPages: Sendable {
    let house: House

    /// Who may issue them, in an office that acts for a State or organization.
    static let roles: [Role] = [.depositaryOfficer, .conferenceOfficer]

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.get("/issue-credentials") { _, visit in try await pages.form(visit.query, refusal: nil, visit) }
        router.post("/issue-credentials") { request, visit in try await pages.prepare(request, visit) }
    }

    private func text(_ key: String, _ visit: Visit) -> String { house.text("conferences.issuing.\(key)", visit) }

    /// The offices of the visitor's that act for somebody.
    private func offices(_ visit: Visit) async throws -> [Office] {
        let person = try house.access.requireSignedIn(visit.person)
        let own = Set(Self.roles.flatMap { person.offices(as: $0) })
        let offices = try await house.offices().filter { own.contains($0.id) && $0.actor != nil }
        guard !offices.isEmpty else {
            throw Refusal(
                .forbidden, code: "conferences.credentials-no-office", "You hold no office that acts for a State or organization.",
                mend: "An administrator says on an office's page for whom it acts.", citation: "GA rules, rule 27")
        }
        return offices
    }

    private func form(_ fields: Fields, refusal: Refusal?, _ visit: Visit) async throws -> Response {
        let offices = try await offices(visit)
        func value(_ name: String) -> String { ((try? fields.text(name)) ?? nil) ?? "" }
        let table = try ActorTable.standard
        var page = Page(
            template: "conferences/issue-credentials", title: text("title", visit),
            context: [
                "request": house.formToken(visit), "refusal": refusal.map { house.notice(of: $0, visit) } ?? false,
                "offices": offices.map { office in
                    [
                        "value": office.id, "selected": office.id == value("office"),
                        "label":
                            "\(office.actor.flatMap { table[$0]?.name(in: visit.language.tag) } ?? "") · \(office.name(in: visit.language))",
                    ]
                },
                "conference": value("conference"), "members": value("members"), "issuedBy": value("issuedBy"),
                "issuedOn": value("issuedOn").isEmpty ? house.now().date.description : value("issuedOn"),
                "issuers": ConferenceCredentialsIssued.Issuer.allCases.map {
                    ["value": $0.rawValue, "label": text("issuer.\($0.rawValue)", visit), "selected": $0.rawValue == value("issuer")]
                },
            ], trail: [Breadcrumb(house.text("conferences.title", visit), "/conferences")], section: "/conferences")
        page.address = "/issue-credentials"
        if let refusal { page.status = .init(code: refusal.kind.httpStatus) }
        var response = try house.page(visit, page)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func prepare(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.requireSignedIn(visit.person)
        let offices = try await offices(visit)
        let form = try await house.form(from: request, visit)
        do {
            let fields = form.fields
            let chosen = try fields.filled("office", longest: 64)
            guard let office = offices.first(where: { $0.id == chosen }) ?? offices.first, let actor = office.actor,
                let issuedOn = try fields.date("issuedOn")
            else {
                _ = try fields.required("issuedOn")
                return try await self.form(fields, refusal: nil, visit)
            }
            let members = (try fields.filled("members", longest: 40_000) ?? "").split(whereSeparator: \.isNewline).map { line in
                let parts = line.split(separator: ",", maxSplits: 1).map { $0.drop(while: \.isWhitespace) }
                return ConferenceCredentialsIssued.Member(
                    name: String(parts.first ?? ""), function: parts.count > 1 ? String(parts[1]) : "")
            }
            guard !members.isEmpty else {
                _ = try fields.required("members")
                return try await self.form(fields, refusal: nil, visit)
            }
            let issued = ConferenceCredentialsIssued(
                actor: actor, conference: try fields.required("conference"),
                members: Array(members.prefix(ConferenceCredentialsIssued.mostMembers)),
                issuer: try fields.choice("issuer", of: ConferenceCredentialsIssued.Issuer.self) ?? .foreignMinister,
                issuedBy: try fields.required("issuedBy"), issuedOn: issuedOn)
            try IssuedCredentialsRule(actors: .standard, today: house.now().date).check(issued, office: actor.rawValue)
            return try await house.signingPage(
                ActDraft(
                    issued, dossier: "credentials", office: office.id, author: person.id, effective: issuedOn, request: form.request),
                back: Breadcrumb(text("title", visit), "/issue-credentials"), visit)
        } catch let refusal as Refusal where refusal.kind != .forbidden && !visit.wantsProblems {
            house.logRefusal(refusal, request, visit)
            return try await self.form(form.fields, refusal: refusal, visit)
        }
    }
}
