import Acts
import HTTPTypes
import Hummingbird
import NIOCore
import Seals
import Web

/// `/certificates`: whose seals this node's documents bear, and how anybody checks them; `/time-stamp`: the node's time-stamp
/// authority (RFC 3161).
struct SealPages: Sendable {
    /// Without its word for people.
    static let timeStampPath = "/time-stamp"

    let house: House
    let seals: SealingOffice

    func addRoutes(to router: Router<Visit>) {
        let pages = self
        router.get("/certificates") { request, visit in try await pages.certificates(request, visit) }
        router.get("/certificates/root.pem") { _, _ in try pages.root() }
        router.post("/time-stamp") { request, visit in try await pages.timeStamp(request, visit) }
    }

    private func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ visit: Visit) -> String {
        house.text("treaties.seals.\(key)", arguments, visit)
    }

    private func certificates(_ request: Request, _ visit: Visit) async throws -> Response {
        let representation = try visit.representation(of: [.html, .json])
        let all = try seals.certificates()
        if representation == .json {
            return house.json([
                "root": .string(try seals.root.pemText), "sha256": .string(try seals.root.fingerprintText),
                "policy": .string(TimeStampAuthority.policyName), "timeStamps": .string(address(SealPages.timeStampPath)),
                "certificates": .array(try all.map { try CertificateDocument.json($0) }),
            ])
        }
        let title = text("title", visit)
        let offices = all.filter { if case .office = $0.role { true } else { false } }
        let context: [String: Any] = [
            "standing": text("standing", ["until": .date(seals.root.lastDay)], visit), "fingerprint": try seals.root.fingerprintText,
            "subject": seals.root.subjectName, "until": visit.language.text(seals.root.lastDay),
            "rows": try all.filter { $0.role != .root }.map { try row($0, all, visit) },
            "offices": text("offices", ["count": .number(Int64(Set(offices.map { $0.role }).count))], visit),
            "timeStampAddress": address(SealPages.timeStampPath), "policy": TimeStampAuthority.policyName,
        ]
        return try house.page(
            visit,
            Page(
                template: "treaties/seals/certificates", title: title, context: context,
                trail: [Breadcrumb(house.text("record.title", visit), "/record")], section: "/record", alternates: [.json]))
    }

    private func text(_ key: String, _ visit: Visit) -> String { text(key, [:], visit) }

    private func address(_ path: String) -> String { "\(house.configuration.origin)\(path)" }

    private func row(_ stored: SealFolder.Stored, _ all: [SealFolder.Stored], _ visit: Visit) throws -> [String: Any] {
        let certificate = stored.certificate
        let isNewest = all.last { $0.role == stored.role }?.number == stored.number
        let today = house.now().date
        let state = certificate.lastDay < today ? "ended" : isNewest ? "used" : "replaced"
        let role =
            switch stored.role {
            case .timeStamping: text("role.time-stamps", visit)
            case .provenance: text("role.provenance", visit)
            default: text("role.office", visit)
            }
        return [
            "subject": certificate.subjectName, "role": role, "from": visit.language.text(certificate.firstDay),
            "until": visit.language.text(certificate.lastDay), "fingerprint": try certificate.fingerprintText,
            "state": text("state.\(state)", visit), "chip": state == "used" ? "in-force" : "not-in-force",
            "foreign": seals.issued(stored) ? false : text("foreign", visit),
        ]
    }

    private func root() throws -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "application/x-pem-file", .contentDisposition: "attachment; filename=\"root.pem\"",
                .cacheControl: "no-cache",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: try seals.root.pemText)))
    }

    /// A request is answered with a TimeStampResp even when it is refused (RFC 3161, 3.4); only what is no request at all is a problem
    /// of HTTP.
    private func timeStamp(_ request: Request, _ visit: Visit) async throws -> Response {
        let type = request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() } ?? ""
        guard type == "application/timestamp-query" else {
            throw Refusal(
                .unsupportedMediaType, code: "request.content-type", "What was sent is not application/timestamp-query.",
                mend: "Send it with the Content-Type application/timestamp-query.", citation: "RFC 3161, 3.4",
                arguments: ["expected": "application/timestamp-query"])
        }
        let reply = seals.timeStampReply(to: try await house.body(of: request, upTo: TimeStampRequest.maximumLength))
        return Response(
            status: .ok, headers: [.contentType: "application/timestamp-reply", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply)))
    }

    /// The pages' description in OpenAPI.
    static func describe(_ document: inout OpenAPIDocument) {
        let text: JSON = ["type": "string"]
        document.addResource(
            "/certificates", "The certificates of this node's seals, and where time-stamps are had.", representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [
                    ("root", text), ("sha256", text), ("policy", text), ("timeStamps", text),
                    ("certificates", ["type": "array", "items": ["type": "object"]]),
                ], required: ["root", "sha256", "policy", "timeStamps", "certificates"]), refusals: [400, 406])
        document.addResource(
            "/certificates/root.pem", "The root under which this node's seals are issued.", other: [("application/x-pem-file", text)],
            refusals: [400])
    }
}
