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
            schema: Self.object([("size", count), ("acts", ["type": "array", "items": ["type": "object"]])], required: ["size", "acts"]),
            refusals: [400, 406])
        let entry = Parameter("entry", in: .path, "The entry's index, from 0.", schema: count)
        addResource(
            "/record/acts/{entry}", "One act, with everything needed to check it.", parameters: [entry],
            representations: [.html, .json],
            schema: Self.object([("entry", count), ("kind", text), ("office", text)], required: ["entry", "kind", "office"]))
        addResource(
            "/record/acts/{entry}.tlog-proof", "The act with its proof (C2SP tlog-proof), to be verified offline.", parameters: [entry],
            other: [("application/octet-stream", bytes), ("text/plain", text)], refusals: [400, 404])
    }
}
