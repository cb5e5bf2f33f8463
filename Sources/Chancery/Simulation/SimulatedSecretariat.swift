import Acts
import Foundation

/// The secretariat of a simulated conference: it makes accounts and sets the conference up at a running node, by the forms that its
/// people use and by nothing else.
struct SimulatedSecretariat: Sendable {
    let visitor: WorldVisitor
    /// The name of the conference in addresses.
    let conference: String

    var path: String { "/conferences/\(conference)" }
    /// The office that every node begins with.
    static let office = "depositary"

    /// Signs in by the operator's link, and sees to it that whom it is for may serve a conference.
    func takeOffice(by link: String) async throws {
        try await visitor.signIn(by: link)
        if try await visitor.get("/conferences/new").status == 200 { return }
        let page = try await visitor.get("/offices/\(Self.office)")
        let forms = PageForm.all(in: page.text).filter { $0.action.hasPrefix("/offices/\(Self.office)/people/") }
        guard let form = forms.first(where: { $0.fields.contains(.init(name: "role", value: "administrator")) }) else {
            throw WorldProblem("The sign-in link is not an administrator's. Give one of the person who administers the node.", code: 64)
        }
        let roles = Set(form.fields.filter { $0.name == "role" }.map(\.value)).union(["conference-officer"]).sorted()
        try await visitor.enter(form, roles.map { ("role", $0) })
    }

    /// Sends one form of the secretariat's desk, found by its mark.
    func enter(_ mark: String, on page: String? = nil, _ values: [(String, String)]) async throws {
        let form = try await visitor.form(mark, on: page ?? path + "/secretariat")
        let request = form["request"] ?? ""
        let answer = try await visitor.post(form.action, [("request", request)] + values)
        guard answer.status == 303 else {
            throw WorldProblem("The secretariat sent the form '\(mark)' and was answered \(answer.status): \(answer.text.prefix(400))")
        }
    }

    /// Makes an office for a delegation where there is none.
    func establish(_ office: String, named name: String, of actor: ActorCode) async throws {
        if try await visitor.get("/offices/\(office)").status == 200 { return }
        try await enter("establish-office", on: "/offices", [("office", office), ("name", name), ("actor", actor.rawValue)])
    }

    /// Invites a person and signs in as them.
    ///
    /// - Returns: the person at a browser, and their identifier.
    func invite(_ name: String, to office: String, as roles: [String]) async throws -> (visitor: WorldVisitor, person: String) {
        let form = try await visitor.form("invite", on: "/offices/\(office)")
        let page = try await visitor.submit(form, [("name", name)] + roles.map { ("role", $0) }).text
        guard let start = page.range(of: "\(visitor.origin)/sign-in/link?token="),
            let end = page[start.upperBound...].firstIndex(where: { $0 == "<" || $0 == "\"" || $0.isWhitespace }),
            let person = PageForm.all(in: page).last(where: { $0.action.hasSuffix("/link") && $0["name"] == name })
        else { throw WorldProblem("\(visitor.origin) showed no sign-in link for \(name).") }
        let invited = visitor.another(name)
        try await invited.signIn(by: PageForm.resolved(String(page[start.lowerBound..<end])))
        return (invited, person.action.split(separator: "/").dropFirst().first.map(String.init) ?? "")
    }

    /// How many entries the record has.
    func size() async throws -> Int64 {
        let checkpoint = try await visitor.get("/record/checkpoint").text.split(separator: "\n", omittingEmptySubsequences: false)
        guard checkpoint.count > 1, let size = Int64(checkpoint[1]) else {
            throw WorldProblem("\(visitor.origin)/record/checkpoint is no checkpoint.")
        }
        return size
    }

    /// The acts of the conference from an entry on, as the record lists them, oldest first.
    func acts(from first: Int64) async throws -> [(entry: Int64, kind: String)] {
        var found: [(entry: Int64, kind: String)] = []
        var address: String? = "/record/acts?dossier=conference/\(conference)&limit=500"
        while let path = address {
            let page = try await visitor.json(path)
            for act in page["acts"]?.array ?? [] {
                guard let entry = act["entry"]?.integer, let kind = act["kind"]?.string else { continue }
                if entry >= first { found.append((entry, kind)) }
            }
            let oldest = page["acts"]?.array?.last?["entry"]?.integer ?? -1
            address = oldest > first ? page["next"]?.string : nil
        }
        return found.reversed()
    }
}
