import Acts
import Fediverse
import Web

/// What the node offers to other servers of the fediverse, and its reactions, for the OpenAPI document.
enum FediverseDescription {
    static func add(to document: inout OpenAPIDocument) {
        let text: JSON = ["type": "string"]
        let activity = ActivityStreams.mediaType
        addDiscovery(to: &document)
        let office = OpenAPIDocument.Parameter(
            "office", in: .path, "The office's short name.", schema: ["type": "string", "pattern": "^[a-z][a-z0-9-]{1,39}$"])
        func object(_ type: [String], _ required: [String]) -> JSON {
            OpenAPIDocument.object(
                [
                    ("@context", ["type": ["string", "array"]]), ("id", text),
                    ("type", ["type": "string", "enum": .array(type.map(JSON.string))]),
                ],
                required: ["@context", "id", "type"] + required)
        }
        document.addResource(
            "/fediverse/node", "The node's own actor, which signs what the node asks of others.",
            other: [(activity, object(["Application"], ["inbox", "publicKey"]))], refusals: [400])
        document.addResource(
            "/fediverse/actors/{office}", "An office as an actor.", parameters: [office],
            other: [(activity, object(["Person", "Organization"], ["inbox", "outbox", "publicKey", "assertionMethod"]))],
            refusals: [400, 404])
        document.addResource(
            "/fediverse/actors/{office}/outbox", "What an office said, as activities.",
            parameters: [
                office, .text("page", "Any value: the newest page instead of the count.", longest: 8),
                .number("before", "Only what was released before this entry.", in: 0...Int64.max),
            ], other: [(activity, object(["OrderedCollection", "OrderedCollectionPage"], []))], refusals: [400, 404])
        for (name, summary) in [
            ("followers", "How many follow an office; who does is not said."),
            ("following", "How many an office follows; whom is not said."),
        ] {
            document.addResource(
                "/fediverse/actors/{office}/\(name)", summary, parameters: [office],
                other: [(activity, object(["OrderedCollection"], ["totalItems"]))], refusals: [400, 404])
        }
        let statement = OpenAPIDocument.Parameter("statement", in: .path, "The statement's identifier.", schema: text)
        document.addResource(
            "/notes/{statement}/{version}/{language}", "A statement's version in one language, as a Note.",
            parameters: [
                statement,
                .init(
                    "version", in: .path, "Which version.",
                    schema: ["type": "integer", "minimum": 1, "maximum": .integer(Int64(Int32.max))]),
                .init(
                    "language", in: .path, "The language's tag.", schema: ["type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$"]),
            ], other: [(activity, object(["Note"], ["content", "attributedTo"]))], refusals: [400, 404, 410])
        document.addResource(
            "/fediverse/quotes/{entry}", "That a post may quote a statement (FEP-044f).",
            parameters: [
                .init("entry", in: .path, "The entry.", schema: ["type": "integer", "minimum": 0, "maximum": .integer(Int64.max)])
            ], other: [(activity, object(["QuoteAuthorization"], ["interactingObject", "interactionTarget"]))], refusals: [400, 404])
        addInboxes(to: &document, office)
        addReactions(to: &document, statement)
    }

    private static func addDiscovery(to document: inout OpenAPIDocument) {
        let text: JSON = ["type": "string"]
        document.addResource(
            "/.well-known/webfinger", "An office by its name (RFC 7033).",
            parameters: [.text("resource", "`acct:NAME@HOST`, or the actor's address.", longest: 512)],
            other: [
                (
                    "application/jrd+json",
                    OpenAPIDocument.object([("subject", text), ("links", ["type": "array"])], required: ["subject", "links"])
                )
            ], refusals: [400, 404])
        document.addResource(
            "/.well-known/nodeinfo", "Where the node says what it is.",
            other: [("application/json", OpenAPIDocument.object([("links", ["type": "array"])], required: ["links"]))], refusals: [400])
        document.addResource(
            "/nodeinfo/{version}", "What the node is, in counts.",
            parameters: [
                .init(
                    "version", in: .path, "Of NodeInfo.",
                    schema: ["type": "string", "enum": .array(Discovery.nodeInfoVersions.map(JSON.string))])
            ],
            other: [
                (
                    "application/json",
                    OpenAPIDocument.object(
                        [("version", text), ("protocols", ["type": "array"])], required: ["version", "protocols", "usage"])
                )
            ], refusals: [400, 404])
    }

    private static func addInboxes(to document: inout OpenAPIDocument, _ office: OpenAPIDocument.Parameter) {
        let text: JSON = ["type": "string"]
        let activity = OpenAPIDocument.object(
            [("id", text), ("type", text), ("actor", text), ("object", ["type": ["string", "object"]])], required: ["id", "type", "actor"])
        let refusals = [400, 401, 403, 404, 405, 413, 415, 429, 503]
        let summary = "Activities of other servers, signed by their actors (docs/fediverse.md)."
        document.addInbox("/fediverse/inbox", summary, type: ActivityStreams.mediaType, schema: activity, refusals: refusals)
        document.addInbox("/fediverse/node/inbox", summary, type: ActivityStreams.mediaType, schema: activity, refusals: refusals)
        document.addInbox(
            "/fediverse/actors/{office}/inbox", summary, parameters: [office], type: ActivityStreams.mediaType, schema: activity,
            refusals: refusals)
    }

    private static func addReactions(to document: inout OpenAPIDocument, _ statement: OpenAPIDocument.Parameter) {
        let text: JSON = ["type": "string"]
        let count: JSON = ["type": "integer", "minimum": 0]
        let reaction = OpenAPIDocument.object(
            [
                ("form", ["type": "string", "enum": ["reply", "quote"]]), ("post", text), ("host", text),
                ("received", ["type": "string", "format": "date-time"]), ("version", ["type": "integer"]), ("content", text),
                ("language", text), ("question", ["type": "boolean"]), ("answer", text),
            ], required: ["form", "post", "host", "received", "version", "question"])
        let counts = OpenAPIDocument.object(
            ["replies", "boosts", "likes", "quotes", "hidden", "questions", "answered"].map { ($0, count) },
            required: ["replies", "boosts", "likes", "quotes", "hidden", "questions", "answered"])
        document.addResource(
            "/statements/{statement}/reactions", "What was said to a statement on other servers, in counts and in full.",
            parameters: [statement, .number("before", "Only what was heard before this entry.", in: 0...Int64.max)],
            representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [("statement", text), ("counts", counts), ("reactions", ["type": "array", "items": reaction]), ("next", text)],
                required: ["statement", "counts", "reactions"]))
    }
}
