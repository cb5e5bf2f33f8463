import Acts

/// What the house itself offers to programs.
extension OpenAPIDocument {
    mutating func describeHouse() {
        let count: JSON = ["type": "integer", "minimum": 0]
        let text: JSON = ["type": "string"]
        let bytes: JSON = ["type": "string", "format": "binary"]
        addResource("/health", "Whether the node is ready.", other: [("text/plain", text)], refusals: [400])
        addResource("/metrics", "Counts and durations for Prometheus.", other: [("text/plain", text)], refusals: [400])
        addResource(
            "/record", "The state of the record: its newest checkpoint, its key and its witnesses.", representations: [.html, .json],
            schema: Self.object(
                [
                    ("origin", text), ("size", count), ("root", text), ("key", text), ("checkpoint", text),
                    ("witnesses", ["type": "array", "items": text]),
                ], required: ["origin", "size", "root", "key", "checkpoint"]), refusals: [400, 406])
        addResource(
            "/record/checkpoint", "The newest signed checkpoint (C2SP tlog-checkpoint).", other: [("text/plain", text)], refusals: [400])
        addResource(
            "/record/acts", "The acts of the record, newest first.",
            parameters: [
                .text("kind", "Only acts of this kind."), .text("dossier", "Only acts of this dossier."),
                .text("office", "Only acts of this office."),
                .number("before", "Only entries before this one.", in: 0...Int64.max),
                .number("limit", "How many at the most.", in: 1...500),
            ], representations: [.html, .json],
            schema: Self.object(
                [("size", count), ("acts", ["type": "array", "items": Self.schema("Act")]), ("next", text)], required: ["size", "acts"]),
            refusals: [400, 406])
        addResource(
            "/record/tile/{level}/{index}",
            "A tile of hashes, or with the level `entries` a bundle of leaves (C2SP tlog-tiles). Larger indices and partial tiles have "
                + "further segments.",
            parameters: [
                Parameter(
                    "level", in: .path, "0 to 63, or `entries`.",
                    schema: ["type": "string", "pattern": "^([0-9]|[1-5][0-9]|6[0-3]|entries)$"]),
                Parameter("index", in: .path, "Three digits.", schema: ["type": "string", "pattern": "^[0-9]{3}$"]),
            ], other: [("application/octet-stream", bytes)], refusals: [400, 404])
        addResource(
            "/record/payloads/{index}",
            "The public payloads of a bundle's entries with their salts (docs/protocol.md, section 4). Larger indices and partial bundles "
                + "have further segments.",
            parameters: [
                Parameter("index", in: .path, "Three digits.", schema: ["type": "string", "pattern": "^[0-9]{3}$"])
            ], other: [("application/octet-stream", bytes)], refusals: [400, 404])
        let office = Self.object(
            [
                ("office", text), ("names", ["type": "object", "additionalProperties": text]), ("actor", text), ("entry", count),
            ], required: ["office", "names", "entry"])
        addSchema("Office", office)
        addResource(
            "/offices", "The offices of the node.", representations: [.html, .json],
            schema: Self.object([("offices", ["type": "array", "items": Self.schema("Office")])], required: ["offices"]),
            refusals: [400, 406])
        addResource(
            "/offices/{office}", "One office. Who holds it is shown to the node's own people alone.",
            parameters: [
                Parameter("office", in: .path, "The office's short name.", schema: ["type": "string", "pattern": "^[a-z][a-z0-9-]{1,39}$"])
            ], representations: [.html, .json], schema: Self.schema("Office"))
        addResource("/verify", "Verifies a proof file in the reader's browser.", representations: [.html], refusals: [400])
        addSchema("Act", Self.act)
        let entry = Parameter("entry", in: .path, "The entry's index, from 0.", schema: count)
        addResource(
            "/record/acts/{entry}", "One act, with everything needed to check it.", parameters: [entry],
            representations: [.html, .json],
            schema: Self.schema("Act"))
        addResource(
            "/record/acts/{entry}.tlog-proof", "The act with its proof (C2SP tlog-proof), to be verified offline.", parameters: [entry],
            other: [("text/plain", text)], refusals: [400, 404])
    }

    private static var act: JSON {
        let count: JSON = ["type": "integer", "minimum": 0]
        let text: JSON = ["type": "string"]
        return object(
            [
                ("entry", count), ("kind", text), ("dossier", text), ("office", text), ("author", text),
                ("received", ["type": "string", "format": "date-time"]), ("effective", ["type": "string", "format": "date"]),
                ("marking", ["type": ["string", "object"]]), ("references", ["type": "array", "items": ["type": ["integer", "string"]]]),
                ("signatures", ["type": "array", "items": ["type": "object"]]), ("commitment", text), ("leaf", text), ("leafHash", text),
                ("proof", text), ("request", text), ("state", ["type": "string", "enum": ["present", "restricted", "erased"]]),
                ("payload", ["type": "object"]), ("salt", text),
            ],
            required: [
                "entry", "kind", "office", "author", "received", "marking", "references", "signatures", "commitment", "leaf", "state",
            ])
    }
}
