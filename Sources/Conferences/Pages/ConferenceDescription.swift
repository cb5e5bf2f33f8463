import Acts
import Web

/// The conference desk's resources that everybody may read, and the forms by which programs act, as OpenAPI describes them.
enum ConferenceDescription {
    private static let text: JSON = ["type": "string"]
    private static let count: JSON = ["type": "integer", "minimum": 0]
    private static let flag: JSON = ["type": "boolean"]
    private static let instant: JSON = ["type": "string", "format": "date-time"]
    private static let date: JSON = ["type": "string", "format": "date"]
    private static let names: JSON = ["type": "object", "additionalProperties": ["type": "string"]]
    private static let texts: JSON = ["type": "array", "items": ["type": "string"]]
    private static let objects: JSON = ["type": "array", "items": ["type": "object"]]
    private static let bytes: JSON = ["type": "string", "format": "binary"]

    private static func list(_ schema: String) -> JSON { ["type": "array", "items": OpenAPIDocument.schema(schema)] }

    private static func name(_ parameter: String, _ description: String, example: String) -> OpenAPIDocument.Parameter {
        OpenAPIDocument.Parameter(
            parameter, in: .path, description,
            schema: ["type": "string", "pattern": "^[a-z0-9][a-z0-9.-]{0,79}$", "examples": [.string(example)]])
    }

    private static func action(_ names: [String]) -> OpenAPIDocument.Parameter {
        .init("action", in: .path, "What is done.", schema: ["type": "string", "enum": .array(names.map(JSON.string))])
    }

    private static let conference = name("conference", "The conference's name in addresses.", example: "dark-skies")
    private static let body = name("body", "The body's name in addresses.", example: "plenary")
    private static let negotiated = name("text", "The text's name in addresses.", example: "convention")

    /// What may be refused where a meeting is private.
    private static let mayBeClosed = [400, 403, 404, 406]

    static func add(to document: inout OpenAPIDocument) {
        addSchemas(to: &document)
        addConference(to: &document)
        addRoom(to: &document)
        addTexts(to: &document)
        addAdoption(to: &document)
        addRecords(to: &document)
    }

    private static func addSchemas(to document: inout OpenAPIDocument) {
        document.addSchema(
            "Conference",
            OpenAPIDocument.object(
                [
                    ("conference", text), ("symbol", text), ("title", names), ("place", text), ("opens", date), ("closes", date),
                    ("zone", text), ("procedure", text), ("languages", texts),
                ], required: ["conference", "symbol", "title", "place", "opens", "zone", "procedure", "languages"]))
        document.addSchema(
            "ConferenceDocument",
            OpenAPIDocument.object(
                [
                    ("symbol", text), ("title", names), ("body", text), ("sponsors", texts), ("files", names), ("entry", count),
                    ("issued", instant), ("item", text),
                ], required: ["symbol", "title", "body", "sponsors", "files", "entry", "issued"]))
        document.addSchema(
            "Delegation",
            OpenAPIDocument.object(
                [("actor", text), ("standing", text), ("credentials", text), ("members", objects), ("issued", ["type": "object"])],
                required: ["actor", "standing", "credentials", "members"]))
        document.addSchema(
            "NegotiatedTextHead",
            OpenAPIDocument.object(
                [
                    ("text", text), ("version", count), ("form", text), ("title", names), ("language", text), ("sponsors", texts),
                    ("changed", instant), ("restricted", flag), ("document", text), ("body", text),
                ], required: ["text", "version", "form", "title", "language", "sponsors", "changed", "restricted"]))
    }

    private static func addConference(to document: inout OpenAPIDocument) {
        document.addResource(
            "/conferences", "The conferences of the node.", representations: [.html, .json],
            schema: OpenAPIDocument.object([("conferences", list("Conference"))], required: ["conferences"]), refusals: [400, 406])
        document.addResource(
            "/conferences/{conference}", "One conference: its bodies, officers, groups, delegations, meetings, documents and agenda.",
            parameters: [conference], representations: [.html, .json], schema: ["type": "object"])
        document.addResource(
            "/conferences/{conference}/documents", "The conference's documents, by symbol.", parameters: [conference],
            representations: [.html, .json],
            schema: OpenAPIDocument.object([("documents", list("ConferenceDocument"))], required: ["documents"]))
        document.addResource(
            "/conferences/{conference}/documents/{document}", "One document; `file` gives its file in a language.",
            parameters: [
                conference, name("document", "The document's symbol, in small letters.", example: "a-conf-1"),
                .text("file", "A language's tag.", longest: 12),
            ], representations: [.html, .json], schema: OpenAPIDocument.schema("ConferenceDocument"),
            other: [("application/octet-stream", bytes)])
        document.addResource(
            "/conferences/{conference}/delegations", "Who takes part, and whose credentials are in order.", parameters: [conference],
            representations: [.html, .json],
            schema: OpenAPIDocument.object([("delegations", list("Delegation"))], required: ["delegations"]))
        document.addResource(
            "/conferences/{conference}/silences", "Silence procedures, those that ended included.", parameters: [conference],
            representations: [.html, .json], schema: OpenAPIDocument.object([("silences", objects)], required: ["silences"]))
    }

    private static func addRoom(to document: inout OpenAPIDocument) {
        let room = OpenAPIDocument.object(
            [
                ("conference", text), ("body", text), ("entry", ["type": "integer"]), ("procedure", text), ("meeting", ["type": "object"]),
                ("quorum", ["type": "object"]), ("present", texts), ("speaking", ["type": "object"]), ("speakers", objects),
                ("listClosed", flag), ("pending", objects), ("motions", objects), ("proposals", objects), ("rulings", objects),
                ("decisions", objects), ("next", ["type": ["object", "null"]]),
            ], required: ["conference", "body", "entry", "procedure", "quorum", "present", "speakers", "motions", "proposals", "decisions"])
        document.addSchema("Room", room)
        for (path, summary) in [
            ("", "A body's room: where the meeting stands, and what the rules of procedure say now."),
            ("/gallery", "The same for the public."), ("/interpreter", "The same for a booth."), ("/screen", "The same for the wall."),
        ] {
            document.addResource(
                "/conferences/{conference}/rooms/{body}\(path)", summary, parameters: [conference, body], representations: [.html, .json],
                schema: OpenAPIDocument.schema("Room"), refusals: mayBeClosed)
        }
        document.addForm(
            "/conferences/{conference}/rooms/{body}/{action}",
            "Does something in the room, as its page's forms do: which fields an action takes is what its form has.",
            parameters: [
                conference, body,
                action(RoomAction.allCases.map(\.rawValue)),
            ])
        document.addResource(
            "/conferences/{conference}/rooms/{body}/ballots/{decision}", "A secret ballot: its papers, its box, its rounds.",
            parameters: [conference, body, name("decision", "The decision's name.", example: "d1")], representations: [.html, .json],
            schema: ["type": "object"], refusals: mayBeClosed)
    }

    private static func addTexts(to document: inout OpenAPIDocument) {
        let version = { (name: String, description: String) in
            OpenAPIDocument.Parameter.number(name, description, in: 1...Int64(Negotiation.mostVersions))
        }
        let path = "/conferences/{conference}/texts/{text}"
        document.addResource(
            path, "A text under negotiation: the version that stands, or another, as it is or in another guise.",
            parameters: [
                conference, negotiated, version("version", "The version; the newest by default."),
                .choice("as", "Another guise.", of: TextPages.Guise.allCases.map(\.rawValue)),
                .init("accept", "An amendment that is in the chair's text; may be repeated.", schema: text),
                .text("part", "A provision (wId), of a text too long for one page.", longest: 400),
            ], representations: [.html, .json, .txt, .akn], schema: ["type": "object"], refusals: mayBeClosed + [409, 422])
        document.addResource(
            "\(path)/amendments", "Every amendment, and what meets what.", parameters: [conference, negotiated],
            representations: [.html, .json],
            schema: OpenAPIDocument.object([("amendments", objects), ("conflicts", objects)], required: ["amendments", "conflicts"]),
            refusals: mayBeClosed)
        document.addResource(
            "\(path)/versions", "Every version with its counts.", parameters: [conference, negotiated], representations: [.html, .json],
            schema: ["type": "object"], refusals: mayBeClosed)
        document.addResource(
            "\(path)/compare", "Two versions, provision by provision and word by word.",
            parameters: [conference, negotiated, version("from", "By default the one before."), version("to", "By default the newest.")],
            representations: [.html, .json], schema: ["type": "object"], refusals: mayBeClosed)
        document.addResource(
            "\(path)/provisions/{provision}", "One provision: who proposed its words, who objected, when they were agreed.",
            parameters: [
                conference, negotiated,
                .init("provision", in: .path, "The provision's name (wId).", schema: ["type": "string", "examples": ["art_1"]]),
            ], representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [("wId", text), ("status", text), ("objectors", texts), ("amendments", objects), ("history", objects)],
                required: ["wId", "status", "objectors", "amendments", "history"]), refusals: mayBeClosed + [409])
        document.addForm(
            "\(path)/{action}", "Does something to the text, as its pages' forms do.",
            parameters: [
                conference, negotiated,
                action(TextAction.allCases.map(\.rawValue)),
            ])
    }

    private static func addAdoption(to document: inout OpenAPIDocument) {
        let path = "/conferences/{conference}/adoption"
        document.addResource(
            path, "The texts on their way to adoption.", parameters: [conference], representations: [.html, .json],
            schema: OpenAPIDocument.object([("texts", objects)], required: ["texts"]))
        document.addResource(
            "\(path)/{text}", "The legal scrub of a text, its authentic languages, and its adoption.",
            parameters: [conference, negotiated],
            representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [
                    ("conference", text), ("text", text), ("title", names), ("version", count), ("newest", count), ("language", text),
                    ("prepared", flag), ("proposal", text), ("findings", objects), ("languages", objects), ("textSet", text),
                    ("decisions", objects), ("adopted", ["type": "object"]),
                ], required: ["conference", "text", "title", "version", "newest", "language", "prepared", "findings", "languages"]),
            refusals: mayBeClosed)
        let language = OpenAPIDocument.Parameter(
            "language", in: .path, "The language's tag.", schema: ["type": "string", "pattern": "^[a-z]{2,3}$", "examples": ["en"]])
        document.addResource(
            "\(path)/{text}/languages/{language}", "The text in one authentic language, held against the negotiated text.",
            parameters: [conference, negotiated, language], representations: [.html, .json],
            schema: OpenAPIDocument.object(
                [("language", text), ("sha256", text), ("entry", count), ("provisions", count), ("ready", flag), ("differences", objects)],
                required: ["language", "sha256", "entry", "provisions", "ready", "differences"]), refusals: mayBeClosed)
        document.addResource(
            "\(path)/{text}/languages/{language}/text.akn.xml", "The text in one authentic language, as canonical Akoma Ntoso.",
            parameters: [conference, negotiated, language], other: [("application/akn+xml", text)], refusals: [400, 403, 404])
    }

    private static func addRecords(to document: inout OpenAPIDocument) {
        let path = "/conferences/{conference}/records"
        document.addResource(
            path, "The meetings of which there is a record, and what was issued.", parameters: [conference],
            representations: [.html, .json],
            schema: OpenAPIDocument.object([("meetings", objects), ("issued", objects)], required: ["meetings", "issued"]))
        let form = OpenAPIDocument.Parameter.choice(
            "form", "Verbatim or in summary.", of: ConferenceRecordIssued.Form.allCases.map(\.rawValue))
        let meeting = OpenAPIDocument.Parameter(
            "meeting", in: .path, "The meeting's number.", schema: ["type": "integer", "minimum": 1, "examples": [1]])
        let reports: [ConferenceRecordIssued.Form] = [.report, .credentials]
        let report = OpenAPIDocument.Parameter(
            "report", in: .path, "Which report.",
            schema: ["type": "string", "enum": .array(reports.map { JSON.string($0.rawValue) })])
        for (address, summary, parameters) in [
            ("\(path)/meetings/{body}/{meeting}", "The record of a meeting", [conference, body, meeting, form]),
            ("\(path)/reports/{report}", "A report of the conference", [conference, report]),
        ] {
            document.addResource(
                address, "\(summary), made from the acts.", parameters: parameters, representations: [.html, .json, .akn],
                schema: ["type": "object"], refusals: mayBeClosed)
            document.addResource(
                "\(address)/record.pdf", "\(summary) as a tagged PDF/A-2b.", parameters: parameters,
                other: [("application/pdf", bytes)], refusals: [400, 403, 404])
            document.addResource(
                "\(address)/record.akn.xml", "\(summary) as Akoma Ntoso.", parameters: parameters,
                other: [("application/akn+xml", text)], refusals: [400, 403, 404])
        }
    }
}
