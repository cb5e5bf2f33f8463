import Acts
import Web

/// Deadlines and relations, as OpenAPI describes them.
enum DeskDescription {
    private static let text: JSON = ["type": "string"]

    static func add(to document: inout OpenAPIDocument, treaty: OpenAPIDocument.Parameter) {
        document.addResource(
            "/treaties/{treaty}/deadlines", "The days on which something becomes so by law, ahead and passed.", parameters: [treaty],
            representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [
                    ("treaty", text), ("asOf", ["type": "string", "format": "date"]),
                    ("ahead", ["type": "array", "items": ["type": "object"]]),
                    ("passed", ["type": "array", "items": ["type": "object"]]),
                ], required: ["treaty", "asOf", "ahead", "passed"]))
        document.addResource(
            "/treaties/{treaty}/relations", "Who is bound towards whom, by which text and with which reservations.",
            parameters: [
                treaty, .date("asOf", "The day in law; today by default."),
                .text("a", "One of two, by code or name; alone, its relations with all others."), .text("b", "The other."),
                .choice(
                    "view", "Whose view of what is a reservation: its author's, or also that of States that take a declaration for one.",
                    of: ReservationView.allCases.map(\.rawValue)),
            ], representations: [.html, .json, .csv],
            schema: OpenAPIDocument.object(
                [
                    ("treaty", text), ("asOf", ["type": "string", "format": "date"]), ("view", text), ("a", text), ("b", text),
                    ("relation", ["type": ["object", "null"]]), ("reasons", ["type": "array", "items": ["type": "object"]]),
                    ("relations", ["type": "array", "items": ["type": "object"]]),
                ], required: ["treaty", "asOf", "view"]), refusals: [400, 404, 406, 422])
    }
}
