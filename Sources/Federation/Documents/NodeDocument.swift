public import Acts
import Crypto
public import Ledger

/// How a node introduces itself: who it is, where it is reached, its log, its keys and its offices. Served, signed, at
/// `/.well-known/chancery`.
public struct NodeDocument: Hashable, Sendable {
    /// The longest document read, in bytes, signatures included. An office's sealing key alone takes 1,216.
    public static let longest = 512 * 1024

    /// The most keys, offices, keys of one office, languages and revocations, each.
    public static let most = 128

    public struct Key: Hashable, Sendable {
        public var publicKey: NodePublicKey
        public var validity: KeyValidity

        public init(publicKey: NodePublicKey, validity: KeyValidity) {
            self.publicKey = publicKey
            self.validity = validity
        }
    }

    public struct Revocation: Hashable, Sendable {
        public var key: String
        public var at: Moment
        public var reason: String

        public init(key: String, at: Moment, reason: String) {
            self.key = key
            self.at = at
            self.reason = reason
        }
    }

    public struct Office: Hashable, Sendable {
        public var id: String
        /// By language tag.
        public var name: [String: String]
        /// The State or organization it acts for.
        public var actor: String?
        /// What content is sealed to, the newest first: X-Wing public keys, 1,216 bytes each.
        public var sealingKeys: [[UInt8]]

        public init(id: String, name: [String: String], actor: String? = nil, sealingKeys: [[UInt8]] = []) {
            self.id = id
            self.name = name
            self.actor = actor
            self.sealingKeys = sealingKeys
        }
    }

    public var node: NodeName
    /// When it was made: of two documents of a node, the later counts.
    public var issued: Moment
    /// The node's name for people, by language tag.
    public var title: [String: String]
    /// Language tags (BCP 47) in which its pages are had, the first preferred.
    public var languages: [String]
    /// `https://mfa.example.org`: every address of the node begins so.
    public var origin: String
    /// The keys of its log; their name is the log's origin.
    public var logKeys: [VerifierKey]
    /// The keys of its witness.
    public var witnessKeys: [VerifierKey]
    /// The keys of its mirror; empty where it keeps no copies of others' logs.
    public var mirrorKeys: [VerifierKey]
    /// What it signs messages and this document with.
    public var keys: [Key]
    public var revocations: [Revocation]
    public var offices: [Office]

    public init(
        node: NodeName, issued: Moment, title: [String: String], languages: [String], origin: String, logKeys: [VerifierKey],
        witnessKeys: [VerifierKey], mirrorKeys: [VerifierKey] = [], keys: [Key], revocations: [Revocation] = [], offices: [Office] = []
    ) {
        self.node = node
        self.issued = issued
        self.title = title
        self.languages = languages
        self.origin = origin
        self.logKeys = logKeys
        self.witnessKeys = witnessKeys
        self.mirrorKeys = mirrorKeys
        self.keys = keys
        self.revocations = revocations
        self.offices = offices
    }

    /// The log's name.
    public var logOrigin: String { logKeys[0].name.text }

    /// What checks signatures of its log; keys of kinds that nothing here can check are passed over.
    var logVerifiers: [any NoteVerifier] { logKeys.compactMap { try? $0.verifier() } }

    /// What checks its witness's cosignatures.
    var witnessVerifiers: [any NoteVerifier] { witnessKeys.compactMap { try? $0.verifier() } }

    /// What checks its mirror's cosignatures.
    var mirrorVerifiers: [any NoteVerifier] { mirrorKeys.compactMap { try? $0.verifier() } }

    /// The node's name in that language, else in English, else its authority.
    public func title(in language: String) -> String { title[language] ?? title["en"] ?? node.description }

    /// The key of that identifier, where it counts at that instant and is not revoked by then.
    public func key(_ id: String, at moment: Moment) -> NodePublicKey? {
        guard !revocations.contains(where: { $0.key == id && $0.at <= moment }) else { return nil }
        return keys.first { $0.publicKey.id == id && $0.validity.covers(moment) }?.publicKey
    }

    public var json: JSON {
        var object: JSONObject = [
            "format": 1, "node": .string(node.description), "issued": .string(issued.description), "title": JSON(texts: title),
            "languages": .array(languages.map(JSON.string)), "origin": .string(origin),
            "log": .array(logKeys.map { .string($0.description) }), "witness": .array(witnessKeys.map { .string($0.description) }),
            "keys": .array(
                keys.map { key in
                    var object: JSONObject = [
                        "id": .string(key.publicKey.id), "ed25519": .string(Acts.Base64.encode(key.publicKey.bytes)),
                        "from": .string(key.validity.from.description),
                    ]
                    object["until"] = key.validity.until.map { .string($0.description) }
                    return .object(object)
                }),
            "revoked": .array(
                revocations.map {
                    ["key": .string($0.key), "at": .string($0.at.description), "reason": .string($0.reason)]
                }),
            "offices": .array(
                offices.map { office in
                    var object: JSONObject = [
                        "id": .string(office.id), "name": JSON(texts: office.name),
                        "xwing": .array(office.sealingKeys.map { .string(Acts.Base64.encode($0)) }),
                    ]
                    object["actor"] = office.actor.map(JSON.string)
                    return .object(object)
                }),
        ]
        if !mirrorKeys.isEmpty { object["mirror"] = .array(mirrorKeys.map { .string($0.description) }) }
        return .object(object)
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "document")
        guard try reader.integer("format") == 1 else { throw MalformedAct(place: "document.format", reason: "only format 1 is known") }
        let nodeText = try reader.string("node")
        guard let node = NodeName(nodeText), node.description == nodeText else {
            throw MalformedAct(place: "document.node", reason: "'\(nodeText.prefix(80))' is not a host with an optional port")
        }
        self.node = node
        issued = try reader.moment("issued")
        title = try reader.texts("title")
        languages = try reader.strings("languages")
        origin = try reader.string("origin")
        logKeys = try NodeDocument.verifierKeys(reader.strings("log"), at: "document.log")
        guard let first = logKeys.first, logKeys.allSatisfy({ $0.name == first.name }) else {
            throw MalformedAct(place: "document.log", reason: "should hold keys of one log, at least one")
        }
        witnessKeys = try NodeDocument.verifierKeys(reader.strings("witness"), at: "document.witness")
        mirrorKeys = try NodeDocument.verifierKeys(reader.optionalStrings("mirror") ?? [], at: "document.mirror")
        keys = try NodeDocument.list(&reader, "keys") { (reader) throws(MalformedAct) in
            let id = try reader.string("id")
            guard let bytes = Acts.Base64.decode(try reader.string("ed25519")), let key = NodePublicKey(bytes), key.id == id else {
                throw MalformedAct(place: "document.keys", reason: "'\(id.prefix(40))' is not an Ed25519 key under its own identifier")
            }
            let from = try reader.moment("from")
            return Key(publicKey: key, validity: KeyValidity(from: from, until: try reader.optionalMoment("until")))
        }
        revocations = try NodeDocument.list(&reader, "revoked") { (reader) throws(MalformedAct) in
            Revocation(key: try reader.string("key"), at: try reader.moment("at"), reason: try reader.string("reason"))
        }
        offices = try NodeDocument.list(&reader, "offices") { (reader) throws(MalformedAct) in
            let id = try reader.string("id")
            let name = try reader.texts("name")
            var keys: [[UInt8]] = []
            for text in try reader.strings("xwing") {
                guard let bytes = Acts.Base64.decode(text), bytes.count == 1_216 else {
                    throw MalformedAct(
                        place: "document.offices", reason: "a sealing key of '\(id.prefix(40))' is not 1,216 bytes in base64")
                }
                keys.append(bytes)
            }
            return Office(id: id, name: name, actor: try reader.optionalString("actor"), sealingKeys: keys)
        }
        try reader.finish()
        guard languages.count <= NodeDocument.most, title.count <= NodeDocument.most, Set(offices.map(\.id)).count == offices.count else {
            throw MalformedAct(place: "document", reason: "has too many languages, or an office twice")
        }
    }

    private static func list<Element>(
        _ reader: inout ObjectReader, _ name: String, _ element: (inout ObjectReader) throws(MalformedAct) -> Element
    ) throws(MalformedAct) -> [Element] {
        let values = try reader.array(name)
        guard values.count <= most else { throw MalformedAct(place: "document.\(name)", reason: "holds more than \(most)") }
        var elements: [Element] = []
        for (index, value) in values.enumerated() {
            var inner = try ObjectReader(value, at: "document.\(name)[\(index)]")
            elements.append(try element(&inner))
            try inner.finish()
        }
        return elements
    }

    private static func verifierKeys(_ texts: [String], at place: String) throws(MalformedAct) -> [VerifierKey] {
        guard texts.count <= most else { throw MalformedAct(place: place, reason: "holds more than \(most)") }
        var keys: [VerifierKey] = []
        for text in texts {
            guard let key = try? VerifierKey(text) else {
                throw MalformedAct(place: place, reason: "'\(text.prefix(80))' is not a verifier key (C2SP signed-note)")
            }
            keys.append(key)
        }
        return keys
    }
}

extension ObjectReader {
    mutating func moment(_ name: String) throws(MalformedAct) -> Moment {
        let text = try string(name)
        guard let moment = Moment(text) else {
            throw MalformedAct(place: name, reason: "'\(text.prefix(40))' is not a time in UTC with milliseconds")
        }
        return moment
    }

    mutating func optionalMoment(_ name: String) throws(MalformedAct) -> Moment? {
        guard let text = try optionalString(name) else { return nil }
        guard let moment = Moment(text) else {
            throw MalformedAct(place: name, reason: "'\(text.prefix(40))' is not a time in UTC with milliseconds")
        }
        return moment
    }
}
