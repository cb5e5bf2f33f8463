import Acts
import Foundation
import HTTPTypes
import Hummingbird
import Record
import Web

/// What the officers' pages of documents, requests, copies and alerts share.
struct DisclosureDesk: Sendable {
    let house: House
    let law: DisclosureLaw

    func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("press.disclosure.\(key)", arguments, visit)
    }

    func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    func offices(_ person: Person) -> [String] { person.appointments.map(\.office) }

    /// The office a form names, where the person has the role in it.
    func office(_ fields: Fields, _ person: Person, as role: Role) throws -> String {
        let office = try fields.required("office")
        guard person.offices(as: role).contains(office) else { throw Access.refusal(of: role) }
        return office
    }

    func choices(_ person: Person, as role: Role, _ visit: Visit) -> [[String: Any]] {
        person.offices(as: role).map { office in
            let names = person.appointments.first { $0.office == office }?.officeName ?? [:]
            return ["value": office, "name": names[visit.language.tag] ?? names["en"] ?? office]
        }
    }

    func page(
        _ template: String, _ title: String, _ context: [String: Any], _ visit: Visit, trail: [Breadcrumb] = [], modules: [String] = [],
        refusal: Refusal? = nil
    ) throws -> Response {
        var context = context
        context["refusal"] = refusal.map { house.notice(of: $0, visit) } ?? false
        context["request"] = house.formToken(visit)
        var response = try house.page(
            visit,
            Page(
                template: "press/disclosure/\(template)", title: title, context: context,
                status: refusal.map { .init(code: $0.kind.httpStatus) } ?? .ok,
                trail: [Breadcrumb(house.text("press.title", visit), "/press")] + trail, section: "/press",
                dossier: DisclosureCommands.officeDossier, modules: modules))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Runs what a form asks for; a refusal is shown on the page it came from.
    func taking(
        _ request: Request, _ visit: Visit, _ act: () async throws -> Response, orShow page: (Refusal) async throws -> Response
    ) async throws -> Response {
        do { return try await act() } catch let refusal as Refusal where refusal.kind != .notFound && refusal.kind != .unauthenticated {
            house.logRefusal(refusal, request, visit)
            return try await page(refusal)
        }
    }
}

extension String {
    /// Without white space at either end.
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}

extension House {
    /// How long something took, in the largest unit of which it is two or more: seconds, minutes, hours or days.
    func duration(_ milliseconds: Int64, _ visit: Visit) -> String {
        let seconds = milliseconds / 1_000
        let (unit, count): (String, Int64) =
            seconds < 120
            ? ("seconds", seconds)
            : seconds < 7_200 ? ("minutes", seconds / 60) : seconds < 172_800 ? ("hours", seconds / 3_600) : ("days", seconds / 86_400)
        return text("press.disclosure.alert.\(unit)", ["count": .number(count)], visit)
    }
}
