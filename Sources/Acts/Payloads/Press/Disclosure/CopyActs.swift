/// Individual copies of a text were made, one for each reader, by wordings that the author approved. For the office alone.
public struct CopiesAssigned: Payload, Hashable {
    public static let kind = ActKind(known: "press.copies-assigned")
    /// `cop-2026-1`.
    public var copies: String
    public var title: String
    public var language: String
    /// The text in the author's notation: `{first wording|second wording}`.
    public var notation: String
    /// The marking, in STANAG 4774's shape; at or above the level from which copies may be individual.
    public var label: JSON
    /// Who gets copy 1, 2, …: identifiers of people of this node.
    public var readers: [String]
    /// From which the assignment is drawn, 32 bytes.
    public var secret: [UInt8]
    /// The office's address, which each copy bears with its own mark; `nil`: none.
    public var address: String?
    /// The reference number, which each copy bears with its own mark; `nil`: none.
    public var reference: String?

    public init(
        copies: String, title: String, language: String, notation: String, label: JSON, readers: [String], secret: [UInt8],
        address: String? = nil, reference: String? = nil
    ) {
        self.copies = copies
        self.title = title
        self.language = language
        self.notation = notation
        self.label = label
        self.readers = readers
        self.secret = secret
        self.address = address
        self.reference = reference
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        copies = try reader.string("copies")
        title = try reader.string("title")
        language = try reader.string("language")
        notation = try reader.string("notation")
        label = try reader.required("label")
        readers = try reader.strings("readers")
        guard let secret = Base64.decode(try reader.string("secret")), secret.count == 32 else {
            throw MalformedAct(place: "payload.secret", reason: "should be 32 bytes in base64")
        }
        self.secret = secret
        address = try reader.optionalString("address")
        reference = try reader.optionalString("reference")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "copies": .string(copies), "title": .string(title), "language": .string(language), "notation": .string(notation),
            "label": label, "readers": .array(readers.map(JSON.string)), "secret": .string(Base64.encode(secret)),
        ]
        object["address"] = address.map(JSON.string)
        object["reference"] = reference.map(JSON.string)
        return .object(object)
    }
}

/// A reader opened a copy. The reader sees it counted; a second person sees the log.
public struct CopyOpened: Payload, Hashable {
    public static let kind = ActKind(known: "press.copy-opened")
    public var copies: String
    /// From 1.
    public var copy: Int64

    public init(copies: String, copy: Int64) {
        self.copies = copies
        self.copy = copy
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        copies = try reader.string("copies")
        copy = try reader.integer("copy")
        try reader.finish()
    }

    public var json: JSON { ["copies": .string(copies), "copy": .integer(copy)] }
}

/// A leaked text was compared with the copies. It names copies, never people.
public struct LeakAnalysed: Payload, Hashable {
    public static let kind = ActKind(known: "press.leak-analysed")

    public struct Finding: Hashable, Sendable {
        public var copy: Int64
        public var agreeing: Int64
        /// Times the number of copies, as text: `3.1e-06`.
        public var probability: String

        public init(copy: Int64, agreeing: Int64, probability: String) {
            self.copy = copy
            self.agreeing = agreeing
            self.probability = probability
        }
    }

    public var copies: String
    /// SHA-256 of the leaked text as it was pasted, in hexadecimal; the text itself is not kept.
    public var text: String
    public var sites: Int64
    public var read: Int64
    /// Copies below the bar; none: no verdict.
    public var consistent: [Finding]

    public init(copies: String, text: String, sites: Int64, read: Int64, consistent: [Finding]) {
        self.copies = copies
        self.text = text
        self.sites = sites
        self.read = read
        self.consistent = consistent
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        copies = try reader.string("copies")
        text = try reader.string("text")
        sites = try reader.integer("sites")
        read = try reader.integer("read")
        consistent = []
        for (index, value) in try reader.array("consistent").enumerated() {
            var part = try ObjectReader(value, at: "payload.consistent[\(index)]")
            consistent.append(
                Finding(
                    copy: try part.integer("copy"), agreeing: try part.integer("agreeing"), probability: try part.string("probability")))
            try part.finish()
        }
        try reader.finish()
    }

    public var json: JSON {
        [
            "copies": .string(copies), "text": .string(text), "sites": .integer(sites), "read": .integer(read),
            "consistent": .array(
                consistent.map {
                    ["copy": .integer($0.copy), "agreeing": .integer($0.agreeing), "probability": .string($0.probability)]
                }),
        ]
    }
}
