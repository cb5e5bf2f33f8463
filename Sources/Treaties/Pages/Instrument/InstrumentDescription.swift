import Acts
import Web

/// The resources of instruments' texts, as OpenAPI describes them.
enum InstrumentDescription {
    private static let text: JSON = ["type": "string"]
    private static let list: JSON = ["type": "array", "items": ["type": "object"]]
    private static let treaty = OpenAPIDocument.Parameter(
        "treaty", in: .path, "The register's number: IV-11.", schema: ["type": "string", "pattern": "^[A-Za-z0-9-]{1,40}$"])
    private static let version: ClosedRange<Int64> = 1...1_000_000

    static func add(to document: inout OpenAPIDocument) {
        document.addResource(
            "/treaties/{treaty}/text", "An instrument's text in one language, or in two beside each other.",
            parameters: [
                treaty, .text("language", "The language's tag; by default the visitor's own where there is a text in it.", longest: 40),
                .text("beside", "The language to stand beside it.", longest: 40),
                .number("version", "Which version; by default the newest.", in: version), .text("q", "Words to mark in the text."),
            ], representations: [.html, .json, .akn, .txt],
            schema: OpenAPIDocument.object(
                [
                    ("treaty", text), ("language", text), ("version", ["type": "object"]), ("languages", list), ("versions", list),
                    ("provisions", list), ("adopted", ["type": "object"]), ("authenticated", ["type": "object"]),
                    ("beside", ["type": "object"]),
                ], required: ["treaty", "language", "version", "languages", "provisions"]))
        document.addResource(
            "/treaties/{treaty}/text/concordance", "What is missing where, or differs, between the authentic languages.",
            parameters: [treaty], representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [("treaty", text), ("languages", list), ("findings", list)], required: ["treaty", "languages", "findings"]))
        document.addResource(
            "/treaties/{treaty}/text/compare", "Two versions of the text in one language, word by word.",
            parameters: [
                treaty, .text("language", "The language's tag.", longest: 40), .number("from", "The earlier version.", in: version),
                .number("to", "The later version; by default the newest.", in: version),
            ], representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [("treaty", text), ("language", text), ("changes", list)], required: ["treaty", "language", "changes"]))
        document.addResource(
            "/treaties/{treaty}/text/history", "One provision through all versions of the text in one language.",
            parameters: [
                treaty, .text("language", "The language's tag.", longest: 40),
                .text("provision", "The provision's wId; by default the first article.", longest: 512),
            ], representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [("treaty", text), ("language", text), ("provision", text), ("versions", list)],
                required: ["treaty", "language", "versions"]))
        document.addResource(
            "/treaties/{treaty}/text/{file}", "A text as a file: LANGUAGE.akn.xml or LANGUAGE.txt.",
            parameters: [
                treaty, .init("file", in: .path, "The file's name: fr.akn.xml.", schema: ["type": "string", "maxLength": 80]),
                .text("sha256", "The SHA-256 of the version wanted; the answer may then be kept for ever.", longest: 64),
            ], other: [("application/akn+xml", text), ("text/plain", text)], refusals: [400, 404])
    }
}
