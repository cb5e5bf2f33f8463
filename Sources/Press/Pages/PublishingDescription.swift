import Acts
import Web

/// What the press desk publishes beside its pages and feeds, for the OpenAPI document: events, oEmbed, mail, the hub.
enum PublishingDescription {
    static func add(to document: inout OpenAPIDocument) {
        let text: JSON = ["type": "string"]
        let texts: JSON = ["type": "object", "additionalProperties": ["type": "string"]]
        let moment: JSON = ["type": "string", "format": "date-time"]
        let office = OpenAPIDocument.Parameter.text("office", "Only what this office announced.", longest: 64)
        document.addSchema(
            "PressEvent",
            OpenAPIDocument.object(
                [
                    ("event", text),
                    ("form", ["type": "string", "enum": .array(PressEventSet.Form.allCases.map { .string($0.rawValue) })]),
                    ("title", texts), ("start", moment), ("end", moment), ("place", texts), ("link", text),
                    ("languages", ["type": "array", "items": text]), ("note", texts), ("cancelled", ["type": "boolean"]), ("office", text),
                    ("sequence", ["type": "integer"]), ("changed", moment), ("url", text),
                ], required: ["event", "form", "title", "start", "cancelled", "office", "sequence", "changed", "url"]))
        document.addResource(
            "/statements/events", "Events for the press.", parameters: [office], representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [("events", ["type": "array", "items": OpenAPIDocument.schema("PressEvent")])], required: ["events"]),
            refusals: [400, 406])
        document.addResource(
            "/statements/events.ics", "Events for the press as iCalendar (RFC 5545).", parameters: [office],
            other: [("text/calendar", text)], refusals: [400])
        document.addResource(
            "/statements/oembed", "What a link to a statement shows elsewhere (oEmbed 1.0).",
            parameters: [.text("url", "The link.", longest: 500), .choice("format", "The form of the answer.", of: ["json"])],
            representations: [.json], refusals: [400, 404])
        document.addResource(
            "/statements/mail", "Where anybody asks for statements by mail.", representations: [.html], refusals: [400])
        document.addForm(
            "/statements/mail", "Asks for statements by mail. Nothing is sent before the link in one message is followed.",
            success: (200, "A page that says the same whether or not the address is known."),
            refusals: [400, 403, 405, 413, 415, 429, 503])
        document.addForm(
            "/statements/hub", "The hub of the feeds (W3C WebSub, 5): subscribes and unsubscribes programs.",
            fields: [
                "type": "object", "required": ["hub.mode", "hub.topic", "hub.callback"],
                "properties": [
                    "hub.mode": ["type": "string", "enum": .array(HubRequest.Mode.allCases.map { .string($0.rawValue) })],
                    "hub.topic": ["type": "string", "maxLength": 500], "hub.callback": ["type": "string", "maxLength": 2048],
                    "hub.lease_seconds": ["type": "string", "maxLength": 20], "hub.secret": ["type": "string", "maxLength": 199],
                ],
            ], success: (202, "Taken; the callback is asked whether it wants it (WebSub, 5.3)."),
            refusals: [400, 405, 413, 415, 429])
    }
}
