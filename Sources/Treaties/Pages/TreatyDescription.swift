import Acts
import Web

/// The treaty desk's resources, as OpenAPI describes them.
enum TreatyDescription {
    private static let text: JSON = ["type": "string"]
    private static let maybeText: JSON = ["type": ["string", "null"]]
    private static let date: JSON = ["type": ["string", "null"], "format": "date"]
    private static let count: JSON = ["type": "integer", "minimum": 0]
    private static let flag: JSON = ["type": "boolean"]
    private static let names: JSON = ["type": "object", "additionalProperties": ["type": "string"]]

    private static func list(_ items: JSON) -> JSON { ["type": "array", "items": items] }

    static func add(to document: inout OpenAPIDocument) {
        ConsentDescription.add(to: &document)
        let summary = OpenAPIDocument.object(
            [
                ("treaty", text), ("titles", names), ("short", maybeText), ("chapter", text), ("adoptedOn", date), ("inForce", flag),
                ("entryIntoForce", date), ("confirmed", flag), ("parties", count), ("bound", count), ("signatoriesOnly", count),
                ("href", text),
            ], required: ["treaty", "titles", "inForce", "parties"])
        document.addSchema("TreatySummary", summary)
        document.addResource(
            "/treaties", "The register: search, filter, sort.",
            parameters: [
                .text("q", "Words of a title or a participant's name, in any language; misspellings are tolerated."),
                .choice("status", "Only treaties that stand so.", of: TreatyPages.StatusFilter.allCases.map(\.rawValue)),
                .text("chapter", "Only treaties of this chapter, by its Roman number."),
                .text("actor", "Only treaties this State or organization has any act towards, by code or name."),
                .choice("sort", "The order.", of: TreatyPages.Sorting.allCases.map(\.rawValue)),
                .number("limit", "How many at the most.", in: 1...1000), .number("offset", "How many to pass over.", in: 0...1_000_000),
            ], representations: [.html, .json, .csv],
            schema: OpenAPIDocument.object(
                [
                    ("total", count), ("offset", count), ("nextOffset", count),
                    ("treaties", list(OpenAPIDocument.schema("TreatySummary"))),
                ], required: ["total", "offset", "treaties"]), refusals: [400, 406])
        let treaty = OpenAPIDocument.Parameter(
            "treaty", in: .path, "The register's number: IV-11.", schema: ["type": "string", "pattern": "^[A-Za-z0-9-]{1,40}$"])
        document.addResource(
            "/treaties/{treaty}", "One treaty: where it stands on a day and why.",
            parameters: [
                treaty, .date("asOf", "The day in law; today by default."),
                .date("known", "The day up to whose end the depositary's knowledge is taken; all of it by default."),
                .text("actor", "What if this actor deposits an instrument?"), .date("date", "On this day; today by default."),
            ], representations: [.html, .json, .csv],
            schema: OpenAPIDocument.object(
                [
                    ("treaty", text), ("titles", names), ("asOf", date), ("inForce", flag), ("entryIntoForce", date), ("confirmed", date),
                    ("parties", count), ("bound", count), ("signatoriesOnly", count), ("computed", ["type": "object"]),
                    ("participants", list(["type": "object"])), ("acts", list(["type": "object"])), ("whatIf", ["type": "object"]),
                ], required: ["treaty", "titles", "asOf", "inForce", "acts"]))
        document.addResource(
            "/treaties/{treaty}/acts", "Every act ever entered towards a treaty, those corrected since included.",
            parameters: [
                treaty, .number("limit", "How many at the most.", in: 1...1000),
                .number("offset", "How many to pass over.", in: 0...1_000_000),
            ], representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [("total", count), ("offset", count), ("acts", list(["type": "object"]))], required: ["total", "offset", "acts"]))
        DeskDescription.add(to: &document, treaty: treaty)
        document.addResource(
            "/treaties/{treaty}/certified-copy", "The certified true copy of an authenticated text: its hashes, its PDF and its proof.",
            parameters: [treaty], representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [
                    ("treaty", text), ("entry", count), ("textSet", text), ("texts", list(["type": "object"])), ("pdf", text),
                    ("proof", text),
                ], required: ["treaty", "entry", "textSet", "texts", "pdf", "proof"]))
        document.addResource(
            "/actors", "States and organizations.",
            parameters: [.text("q", "A name, a former name or a code, in any language; misspellings are tolerated.")],
            representations: [.html, .json, .csv],
            schema: OpenAPIDocument.object(
                [("total", count), ("actors", list(["type": "object"]))], required: ["total", "actors"]), refusals: [400, 406])
        document.addResource(
            "/actors/{actor}", "All that one actor has signed and is bound by.",
            parameters: [
                .init("actor", in: .path, "The actor's code: FRA.", schema: ["type": "string", "pattern": "^[A-Z0-9-]{2,24}$"]),
                .date("asOf", "The day in law; today by default."),
            ], representations: [.html, .json, .csv],
            schema: OpenAPIDocument.object(
                [("code", text), ("kind", text), ("asOf", date), ("names", names), ("treaties", list(["type": "object"]))],
                required: ["code", "kind", "names", "treaties"]))
    }
}
