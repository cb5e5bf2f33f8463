import Acts
import Web

/// The press desk's public resources, for the OpenAPI document.
enum PressDescription {
    static func add(to document: inout OpenAPIDocument) {
        let text: JSON = ["type": "string"]
        let texts: JSON = ["type": "object", "additionalProperties": ["type": "string"]]
        document.addSchema(
            "Statement",
            OpenAPIDocument.object(
                [
                    ("statement", text), ("version", ["type": "integer"]), ("newest", ["type": "integer"]), ("code", text),
                    ("standing", ["type": "string", "enum": ["current", "superseded", "withdrawn"]]), ("office", text),
                    ("officeName", texts), ("released", ["type": "string", "format": "date-time"]), ("authoritative", text),
                    ("titles", texts), ("url", text),
                ], required: ["statement", "version", "newest", "code", "standing", "office", "released", "authoritative", "titles", "url"])
        )
        document.addResource(
            "/statements", "The statements this node has released, the newest first.",
            parameters: [
                .text("office", "Only what this office said.", longest: 64),
                .number("before", "Only what was released before this entry.", in: 0...Int64.max),
            ], representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [("statements", ["type": "array", "items": OpenAPIDocument.schema("Statement")])], required: ["statements"]),
            refusals: [400, 406])
        let statement = OpenAPIDocument.Parameter("statement", in: .path, "The statement's identifier.", schema: text)
        let version = OpenAPIDocument.Parameter.number("version", "Which version; the newest if not given.", in: 1...Int64(Int32.max))
        let language = OpenAPIDocument.Parameter.text("text", "The language of the text.", longest: 16)
        document.addResource(
            "/statements/{statement}", "A statement: its text in a language, its versions, its proof.",
            parameters: [statement, version, language], representations: [.html, .json], schema: OpenAPIDocument.schema("Statement"))
        document.addResource(
            "/statements/{statement}/proof", "The act of release with its proof, for `chancery verify`.", parameters: [statement, version],
            other: [("text/plain", text)], refusals: [400, 404])
        document.addResource(
            "/statements/{statement}/pdf", "A statement on paper.",
            parameters: [
                statement, version, language,
                .choice("seal", "With the seal of the office that released it (PAdES B-T), and without a manifest.", of: ["1"]),
            ],
            other: [("application/pdf", ["type": "string", "format": "binary"])], refusals: [400, 404])
        document.addResource(
            "/statements/{statement}/card.png", "A picture of a statement with its code.", parameters: [statement, version, language],
            other: [("image/png", ["type": "string", "format": "binary"])], refusals: [400, 404])
        document.addResource(
            "/statements/{statement}/media/{place}",
            "A file of a statement, pictures with a signed manifest of where they come from (C2PA).",
            parameters: [
                statement, version, OpenAPIDocument.Parameter("place", in: .path, "The file's place, from 0.", schema: ["type": "string"]),
                .text("original", "1: byte for byte as it was approved.", longest: 8),
            ], other: [("image/png", ["type": "string", "format": "binary"])], refusals: [400, 404])
        for form in FeedPages.forms {
            document.addResource(
                "/statements/\(form.name)", "Statements as \(form.title).",
                parameters: [.text("office", "Only what this office said.", longest: 64)],
                other: [(form.type, form.type.hasSuffix("json") ? ["type": "object"] : text)], refusals: [400])
        }
        let verdict = OpenAPIDocument.object(
            [
                ("verdict", ["type": "string", "enum": .array(GenuineCheck.Verdict.allCases.map { .string($0.rawValue) })]),
                ("statement", OpenAPIDocument.schema("Statement")), ("proof", text), ("language", text), ("excerpt", ["type": "boolean"]),
                ("evidence", ["type": "string", "enum": .array(GenuineCheck.Evidence.allCases.map { .string($0.rawValue) })]),
            ], required: ["verdict"])
        document.addResource(
            "/v/{code}", "Whether a statement is genuine, by its code.",
            parameters: [OpenAPIDocument.Parameter("code", in: .path, "The code.", schema: text)], representations: [.html, .json],
            schema: verdict, refusals: [400, 406])
    }
}
