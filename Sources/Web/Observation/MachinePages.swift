import Acts
import CoreMetrics
import HTTPTypes
import Hummingbird
import NIOCore
import Record

/// What machines ask a node: whether it is ready, how it does, what it offers, and what a crawler may do.
struct MachinePages: Sendable {
    let house: House

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.get("/health") { _, _ in pages.health() }
        router.get("/metrics") { _, _ in pages.metrics() }
        router.get("/openapi.json") { _, _ in pages.description() }
        router.get("/robots.txt") { _, _ in pages.text("User-agent: *\nDisallow: /account\nDisallow: /sign-in\nDisallow: /live\n") }
        router.get("/favicon.ico") { _, _ in
            Response(status: .permanentRedirect, headers: [.location: pages.house.staticAddress("seal.svg")])
        }
        router.get("/refusals/{code}") { _, visit in try pages.refusal(visit) }
        if let contact = house.configuration.securityContact {
            router.get("/.well-known/security.txt") { _, _ in pages.securityContact(contact) }
        }
    }

    private func text(_ text: String, contentType: String = "text/plain; charset=utf-8") -> Response {
        Response(
            status: .ok, headers: [.contentType: contentType, .vary: "Accept-Encoding"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Ready means that the record is open; it is, or there would be no house. A second line says what keeps acts from being entered.
    private func health() -> Response {
        var response = text("ready\n" + (house.record.trouble.map { "reading only: \($0)\n" } ?? ""))
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func metrics() -> Response {
        let registry = house.metrics
        registry.series("chancery_record_entries", [], .gauge).set(house.record.size)
        let (answers, bytes) = house.cache.size
        registry.series("chancery_page_cache_answers", [], .gauge).set(Int64(answers))
        registry.series("chancery_page_cache_bytes", [], .gauge).set(Int64(bytes))
        var response = text(registry.text, contentType: "text/plain; version=0.0.4; charset=utf-8")
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func description() -> Response {
        var document = OpenAPIDocument()
        document.describeHouse()
        for desk in house.desks { desk.describe(&document) }
        return house.json(
            document.json(title: house.configuration.name(in: .english), address: house.configuration.origin.description))
    }

    /// What a refusal's `type` leads to (RFC 9457, 3.1.1): what the code means, whatever the occasion.
    private func refusal(_ visit: Visit) throws -> Response {
        let code = try visit.parameter("code")
        let key = "refusal.\(code)"
        guard house.catalogue.has(key) else {
            throw Refusal(
                .notFound, code: "request.not-found", "There is nothing at this address.", mend: "Start from the first page.")
        }
        var gaps: [String: TextArgument] = [:]
        for name in house.catalogue.parameters(of: key) ?? [] { gaps[name] = "…" }
        for name in house.catalogue.parameters(of: "\(key).mend") ?? [] { gaps[name] = "…" }
        let explanation = house.text(key, gaps, visit)
        return try house.page(
            visit,
            Page(
                template: "refusal", title: code,
                context: [
                    "title": code, "signIn": false,
                    "notice": [
                        "explanation": explanation, "mend": house.text("\(key).mend", gaps, visit), "citation": false,
                    ] as [String: Any],
                ]))
    }

    /// RFC 9116. It is good for a year from the day it is asked for, since this node answers for itself every day.
    private func securityContact(_ contact: String) -> Response {
        let expires = Moment(startOf: house.now().date.adding(days: 365)).description
        return text(
            "Contact: \(contact)\nExpires: \(expires)\nPreferred-Languages: en\n"
                + "Canonical: \(house.configuration.origin)/.well-known/security.txt\n")
    }
}
