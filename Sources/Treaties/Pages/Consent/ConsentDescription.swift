import Acts
import Web

/// Full powers and statements, as OpenAPI describes them.
enum ConsentDescription {
    private static let text: JSON = ["type": "string"]
    private static let count: JSON = ["type": "integer", "minimum": 0]

    private static func list(_ items: JSON) -> JSON { ["type": "array", "items": items] }

    static func add(to document: inout OpenAPIDocument) {
        document.addResource(
            "/full-powers", "Full powers and credentials that the depositary holds, and how they stand on a day.",
            parameters: [
                .text("actor", "Only those of this State or organization, by code or name."),
                .text("treaty", "Only those that cover this treaty, by its number."), .date("asOf", "The day; today by default."),
            ], representations: [.html, .json, .csv],
            schema: OpenAPIDocument.object(
                [("asOf", text), ("total", count), ("fullPowers", list(["type": "object"]))],
                required: ["asOf", "total", "fullPowers"]), refusals: [400, 406])
        document.addResource(
            "/treaties/{treaty}/statements", "Reservations, declarations, objections and other statements, with where each stands.",
            parameters: [
                .init("treaty", in: .path, "The register's number: IV-11.", schema: ["type": "string", "pattern": "^[A-Za-z0-9-]{1,40}$"]),
                .text("actor", "Only those of this State or organization, by code or name."),
                .choice("kind", "Only statements of this kind.", of: Acts.StatementKind.allCases.map(\.rawValue)),
                .date("asOf", "The day in law; today by default."),
            ], representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [("treaty", text), ("asOf", text), ("total", count), ("statements", list(["type": "object"]))],
                required: ["treaty", "asOf", "total", "statements"]))
    }
}
