import Acts
import Web

/// The public resources of disclosure, for the OpenAPI document.
enum DisclosureDescription {
    static func add(to document: inout OpenAPIDocument) {
        let text: JSON = ["type": "string"]
        let moment: JSON = ["type": "string", "format": "date-time"]
        let day: JSON = ["type": "string", "format": "date"]
        document.addSchema(
            "DisclosureRelease",
            OpenAPIDocument.object(
                [
                    ("release", text), ("title", text), ("language", text), ("released", moment), ("partial", ["type": "boolean"]),
                    ("entry", ["type": "integer"]), ("url", text), ("request", text), ("collection", text),
                ], required: ["release", "title", "language", "released", "partial", "entry", "url"]))
        document.addResource(
            "/disclosures", "Documents released, whole or in part, the newest first.",
            parameters: [
                .text("q", "Words that all stand in the release.", longest: 200),
                .text("collection", "Only of this collection.", longest: 64),
            ], representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [("releases", ["type": "array", "items": OpenAPIDocument.schema("DisclosureRelease")])], required: ["releases"]),
            refusals: [400, 406])
        let release = OpenAPIDocument.Parameter("release", in: .path, "The release's identifier.", schema: text)
        document.addResource(
            "/disclosures/{release}", "A release with its file and whether it verifies.", parameters: [release],
            representations: [.html, .json], schema: OpenAPIDocument.schema("DisclosureRelease"))
        document.addResource(
            "/disclosures/{release}/file", "The release as a file that verifies against its commitment.", parameters: [release],
            other: [("application/json", ["type": "object"])], refusals: [400, 404])
        document.addResource(
            "/disclosures/{release}/pdf", "The release on paper, out of what is shown alone.", parameters: [release],
            other: [("application/pdf", ["type": "string", "format": "binary"])], refusals: [400, 404])
        document.addSchema(
            "AccessRequest",
            OpenAPIDocument.object(
                [
                    ("request", text), ("regime", text), ("received", day), ("subject", text), ("state", text), ("due", day),
                    ("appealUntil", day), ("appealDue", day), ("steps", ["type": "array", "items": ["type": "object"]]),
                    ("releases", ["type": "array", "items": text]),
                ], required: ["request", "regime", "received", "subject", "steps", "releases"]))
        document.addResource(
            "/access-requests", "Requests for access to documents, with their statutory clocks.", representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [("requests", ["type": "array", "items": OpenAPIDocument.schema("AccessRequest")])], required: ["requests"]),
            refusals: [400, 406])
        document.addResource(
            "/access-requests/{request}", "One request for access.",
            parameters: [OpenAPIDocument.Parameter("request", in: .path, "The request's number.", schema: text)],
            representations: [.html, .json], schema: OpenAPIDocument.schema("AccessRequest"))
        document.addResource(
            "/measures", "What the desk measures of its own work, each figure with its method.", representations: [.html, .json],
            schema: OpenAPIDocument.object([("measures", ["type": "array", "items": ["type": "object"]])], required: ["measures"]),
            refusals: [400, 406])
    }
}
