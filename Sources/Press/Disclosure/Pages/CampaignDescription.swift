import Acts
import Web

/// Campaigns, the public form for access to documents and its receipts, for the OpenAPI document.
enum CampaignDescription {
    static func add(to document: inout OpenAPIDocument) {
        let text: JSON = ["type": "string"]
        let day: JSON = ["type": "string", "format": "date"]
        let things: JSON = ["type": "array", "items": ["type": "object"]]
        document.addSchema(
            "Campaign",
            OpenAPIDocument.object(
                [
                    ("campaign", text), ("title", text), ("goal", text), ("language", text), ("messages", ["type": "object"]),
                    ("from", day),
                    ("until", day), ("statements", ["type": "array", "items": text]), ("office", text), ("entry", ["type": "integer"]),
                    ("url", text), ("closed", ["type": "integer"]), ("changed", text), ("measures", things),
                ], required: ["campaign", "title", "goal", "language", "messages", "from", "until", "statements", "office", "entry", "url"])
        )
        document.addResource(
            "/campaigns", "Campaigns that are public, the newest first.", representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [("campaigns", ["type": "array", "items": OpenAPIDocument.schema("Campaign")])], required: ["campaigns"]),
            refusals: [400, 406])
        document.addResource(
            "/campaigns/{campaign}", "A campaign with what was measured before and since.",
            parameters: [OpenAPIDocument.Parameter("campaign", in: .path, "The campaign's identifier.", schema: text)],
            representations: [.html, .json], schema: OpenAPIDocument.schema("Campaign"))
        document.addResource(
            "/access-requests/new", "The form by which anybody asks for documents.",
            other: [("text/html", text)], refusals: [400])
        document.addForm(
            "/access-requests/new", "Asks for documents under a law that an office answers under.",
            success: (303, "Taken: the address is that of the receipt."), refusals: [400, 403, 404, 405, 413, 415, 429])
        document.addResource(
            "/access-receipts/{asked}", "Where a request that was sent by the form stands, for whoever has the receipt's key.",
            parameters: [
                OpenAPIDocument.Parameter("asked", in: .path, "The receipt's number.", schema: text),
                .text("key", "The key that was given with the receipt.", longest: 64),
            ], representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [
                    ("asked", text), ("state", text), ("on", day), ("text", text), ("regime", text), ("reason", text),
                    ("request", OpenAPIDocument.schema("AccessRequest")),
                ], required: ["asked", "state", "on", "text", "regime"]))
    }
}
