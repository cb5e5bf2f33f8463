import Acts
import Web

/// What federation offers to programs.
enum FederationDescription {
    static func describe(_ document: inout OpenAPIDocument, isMirror: Bool) {
        let text: JSON = ["type": "string"]
        document.addResource(
            "/.well-known/chancery", "The node's signed document: who it is, its keys, its log, its offices.", representations: [.json],
            schema: ["type": "object", "required": ["document", "signatures"]], refusals: [400, 406])
        document.addResource(
            "/.well-known/did.json", "The node as did:web.", representations: [.json],
            schema: ["type": "object", "required": ["id", "verificationMethod"]], refusals: [400, 406])
        document.addResource(
            "/nodes", "The nodes that this one knows: how they witness it and what is exchanged with them.",
            representations: [.html, .json], schema: ["type": "object", "required": ["node", "peers", "splitViews"]],
            refusals: [400, 406])
        document.addResource(
            "/nodes/{node}", "One node.",
            parameters: [
                .init("node", in: .path, "Its name: host, and port where it is not the scheme's own.", schema: text)
            ], representations: [.html, .json], schema: ["type": "object", "required": ["node", "document"]], refusals: [400, 404, 406])
        if isMirror { describeMirror(&document) }
        let node = OpenAPIDocument.Parameter(
            "node", in: .path, "Its name: host, and port where it is not the scheme's own.", schema: text)
        document.addResource(
            "/nodes/{node}/record", "The public acts of another node's record, as this one follows it, newest first.",
            parameters: [
                node, .text("kind", "Only acts of this kind."), .text("dossier", "Only acts of this dossier."),
                .number("before", "Only entries before this one.", in: 0...Int64.max),
                .number("limit", "How many at the most.", in: 1...500),
            ], representations: [.html, .json], schema: ["type": "object", "required": ["node", "log", "size", "acts"]],
            refusals: [400, 404, 406])
        let entry = OpenAPIDocument.Parameter(
            "entry", in: .path, "The entry's index in that record, from 0.", schema: ["type": "integer", "minimum": 0])
        document.addResource(
            "/nodes/{node}/record/{entry}", "An act of another node's record.", parameters: [node, entry], representations: [.html, .json],
            schema: ["type": "object", "required": ["entry", "kind", "leaf", "proof"]], refusals: [400, 404, 406])
        document.addResource(
            "/nodes/{node}/record/{entry}.tlog-proof", "That act with its proof against that node's log, to be verified offline.",
            parameters: [node, entry], other: [("text/plain", text)], refusals: [400, 404, 409])
        document.addResource(
            "/witness/{hash}/checkpoint", "The last checkpoint of a log that this node's witness cosigned (C2SP tlog-witness).",
            parameters: [
                .init("hash", in: .path, "SHA-256 of the log's origin, in hexadecimal.", schema: text)
            ], other: [("text/plain", text)], refusals: [400, 404])
    }

    private static func describeMirror(_ document: inout OpenAPIDocument) {
        let text: JSON = ["type": "string"]
        document.addResource(
            "/mirror/{hash}/checkpoint", "The newest checkpoint of a log of which this node holds a whole copy (C2SP tlog-mirror).",
            parameters: [
                .init("hash", in: .path, "SHA-256 of the log's origin, in hexadecimal.", schema: text)
            ], other: [("text/plain", text)], refusals: [400, 404])
    }
}
