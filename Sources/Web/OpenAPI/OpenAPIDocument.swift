public import Acts

/// The description of the node's public resources, in OpenAPI 3.1. The house describes its own, every desk its own.
public struct OpenAPIDocument: Sendable {
    /// One parameter of a resource.
    public struct Parameter: Sendable {
        public enum Place: String, Sendable {
            case path
            case query
        }

        var name: String
        var place: Place
        var description: String
        var schema: JSON

        public init(_ name: String, in place: Place = .query, _ description: String, schema: JSON) {
            self.name = name
            self.place = place
            self.description = description
            self.schema = schema
        }

        /// Any text of at most so many characters.
        public static func text(_ name: String, _ description: String, longest: Int64 = 200) -> Parameter {
            Parameter(name, description, schema: ["type": "string", "maxLength": .integer(longest)])
        }

        /// A day; a form that leaves it open sends it empty.
        public static func date(_ name: String, _ description: String) -> Parameter {
            Parameter(name, description, schema: ["type": "string", "anyOf": [["format": "date"], ["maxLength": 0]]])
        }

        public static func number(_ name: String, _ description: String, in bounds: ClosedRange<Int64>) -> Parameter {
            Parameter(
                name, description,
                schema: ["type": "integer", "minimum": .integer(bounds.lowerBound), "maximum": .integer(bounds.upperBound)])
        }

        /// One of a few words; a form that leaves the choice open sends it empty.
        public static func choice(_ name: String, _ description: String, of values: [String]) -> Parameter {
            Parameter(name, description, schema: ["type": "string", "enum": .array((values + [""]).map(JSON.string))])
        }

        var json: JSON {
            [
                "name": .string(name), "in": .string(place.rawValue), "required": .bool(place == .path),
                "description": .string(description), "schema": schema,
            ]
        }
    }

    private var paths: [(String, JSON)] = []
    private var schemas: [(String, JSON)] = []

    public init() {}

    /// Adds a resource that is read.
    ///
    /// - Parameters:
    ///   - path: with parameters in braces, `/treaties/{treaty}`.
    ///   - representations: beside JSON's schema, what else it can be had as.
    ///   - schema: of the JSON representation.
    ///   - other: further media types, each with its schema, such as `text/plain`.
    ///   - refusals: statuses beside 200 that may come, each as problem+json.
    public mutating func addResource(
        _ path: String, _ summary: String, parameters: [Parameter] = [], representations: [Representation] = [], schema: JSON? = nil,
        other: [(String, JSON)] = [], refusals: [Int] = [400, 404, 406]
    ) {
        var content = JSONObject()
        for representation in representations {
            content[representation.mediaTypeText] =
                representation == .json ? ["schema": schema ?? ["type": "object"]] : ["schema": ["type": "string"]]
        }
        for (type, schema) in other { content[type] = ["schema": schema] }
        var responses = Self.responses(refusals)
        responses["200"] = ["description": "As asked.", "content": .object(content)]
        var all = parameters
        if representations.count > 1 {
            all.append(
                .choice("format", "The form of the answer; it decides before the Accept header.", of: representations.map(\.rawValue)))
        }
        if representations.contains(.html) {
            all.append(.choice("lang", "The language of the answer.", of: Language.allCases.map(\.tag)))
        }
        add("get", to: path, ["summary": .string(summary), "parameters": .array(all.map(\.json)), "responses": .object(responses)])
    }

    /// Adds a form that is sent by who is signed in. Its fields are those of the page that shows it; `request`, which that page gives, makes
    /// it good once.
    ///
    /// - Parameters:
    ///   - fields: the schema of the fields, where others than that one must be there.
    ///   - success: what comes where it was taken, if not a redirect to the page it led from.
    ///   - refusals: statuses beside that one that may come, each as problem+json.
    public mutating func addForm(
        _ path: String, _ summary: String, parameters: [Parameter] = [], fields given: JSON? = nil,
        success: (status: Int, description: String) = (303, "Entered; the page it led from, with what has changed, is at Location."),
        refusals: [Int] = [400, 401, 403, 404, 405, 409, 413, 415, 422, 429]
    ) {
        var responses = Self.responses(refusals)
        responses[String(success.status)] = ["description": .string(success.description)]
        let fields: JSON =
            given ?? [
                "type": "object", "properties": ["request": ["type": "string", "maxLength": 200]], "required": ["request"],
                "additionalProperties": ["type": "string"],
            ]
        add(
            "post", to: path,
            [
                "summary": .string(summary), "parameters": .array(parameters.map(\.json)),
                "requestBody": ["required": true, "content": ["application/x-www-form-urlencoded": ["schema": fields]]],
                "responses": .object(responses),
            ])
    }

    /// Adds a resource that messages of one media type are sent to, each taken with 202.
    ///
    /// - Parameter refusals: statuses beside 202 that may come, each as problem+json.
    public mutating func addInbox(
        _ path: String, _ summary: String, parameters: [Parameter] = [], type: String, schema: JSON, refusals: [Int]
    ) {
        var responses = Self.responses(refusals)
        responses["202"] = ["description": "Believed and taken."]
        let content: JSON = ["schema": schema]
        add(
            "post", to: path,
            [
                "summary": .string(summary), "parameters": .array(parameters.map(\.json)),
                "requestBody": ["required": true, "content": .object(JSONObject([(type, content)]))],
                "responses": .object(responses),
            ])
    }

    private mutating func add(_ method: String, to path: String, _ operation: JSONObject) {
        if let index = paths.firstIndex(where: { $0.0 == path }), case .object(var methods) = paths[index].1 {
            methods[method] = .object(operation)
            paths[index].1 = .object(methods)
        } else {
            paths.append((path, .object([method: .object(operation)])))
        }
    }

    private static func responses(_ refusals: [Int]) -> JSONObject {
        var responses = JSONObject()
        for status in refusals {
            responses[String(status)] = [
                "description": .string(words(of: status)),
                "content": [
                    "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]],
                    "text/html": ["schema": ["type": "string"]],
                ],
            ]
        }
        return responses
    }

    /// Names a schema, for others to refer to as `#/components/schemas/NAME`.
    public mutating func addSchema(_ name: String, _ schema: JSON) {
        schemas.append((name, schema))
    }

    /// A schema named before.
    public static func schema(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }

    /// An object with these members; those in `required` are always there.
    public static func object(_ properties: [(String, JSON)], required: [String] = []) -> JSON {
        ["type": "object", "properties": .object(JSONObject(properties)), "required": .array(required.map(JSON.string))]
    }

    private static func words(of status: Int) -> String {
        switch status {
        case 400: "The request cannot be read; the problem says which part and how to mend it."
        case 401: "Only somebody who is signed in may read this."
        case 403: "This may not be read by whoever asks."
        case 404: "There is no such thing."
        case 405: "The address takes other methods; Allow names them."
        case 406: "It cannot be had in the form asked for."
        case 409: "Somebody was faster, or it was done already."
        case 413: "More was sent than is taken."
        case 415: "It was not sent as a form."
        case 422: "A rule stands in the way; the problem cites it."
        case 429: "Too much at once; Retry-After says when to go on."
        default: "Refused; the problem says why and what to do instead."
        }
    }

    /// The whole document.
    func json(title: String, address: String) -> JSON {
        let problem = Self.object(
            [
                ("type", ["type": "string"]), ("title", ["type": "string"]), ("status", ["type": "integer"]),
                ("detail", ["type": "string"]), ("code", ["type": "string"]), ("explanation", ["type": "string"]),
                ("mend", ["type": "string"]), ("citation", ["type": "string"]),
                ("arguments", ["type": "object", "additionalProperties": ["type": "string"]]),
            ], required: ["type", "title", "status", "detail", "code"])
        return [
            "openapi": "3.1.0",
            "info": [
                "title": .string(title), "version": "1",
                "description": "Public resources of a Chancery node. One resource, one address; the form by Accept or ?format=.",
            ],
            "servers": [["url": .string(address)]],
            "paths": .object(JSONObject(paths)),
            "components": ["schemas": .object(JSONObject(schemas + [("Problem", problem)]))],
        ]
    }
}
