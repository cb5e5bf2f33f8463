public import Acts

/// An actor of this node: an office that speaks, as other servers read it (ActivityPub, section 4).
public struct ActorDocument: Sendable {
    public enum Form: String, Hashable, Sendable {
        case person = "Person"
        case organization = "Organization"
        /// The node itself, which signs what it asks of others; its document is given unsigned, or two strict servers never meet.
        case application = "Application"
    }

    /// Its address, which is its identifier.
    public var id: String
    public var form: Form
    /// The name before the `@`.
    public var username: String
    /// The host after it, with its port.
    public var host: String
    public var name: String
    /// Names by language tag, the first of which is ``name``'s.
    public var names: [String: String]
    public var summary: String
    /// The page for people.
    public var url: String
    public var sharedInbox: String
    public var publicKeyPEM: String
    /// Ed25519, as a Multikey.
    public var multikey: String
    /// What the proof key is called after the actor's identifier.
    public var proofKeyName = ActorDocument.firstProofKey
    /// Proof keys before it that go on counting, each with its name.
    public var formerProofKeys: [(name: String, multikey: String)] = []
    public var published: Moment?

    /// The name of an actor's first proof key.
    public static let firstProofKey = "ed25519-key"

    public init(
        id: String, form: Form, username: String, host: String, name: String, names: [String: String] = [:], summary: String = "",
        url: String, sharedInbox: String, publicKeyPEM: String, multikey: String, published: Moment? = nil
    ) {
        self.id = id
        self.form = form
        self.username = username
        self.host = host
        self.name = name
        self.names = names
        self.summary = summary
        self.url = url
        self.sharedInbox = sharedInbox
        self.publicKeyPEM = publicKeyPEM
        self.multikey = multikey
        self.published = published
    }

    public var keyID: String { "\(id)#main-key" }
    public var proofKeyID: String { "\(id)#\(proofKeyName)" }
    public var inbox: String { "\(id)/inbox" }
    public var outbox: String { "\(id)/outbox" }
    public var followers: String { "\(id)/followers" }
    public var following: String { "\(id)/following" }

    static let context: JSON = [
        .string(ActivityStreams.context), "https://w3id.org/security/v1", "https://w3id.org/security/multikey/v1",
        [
            "toot": "http://joinmastodon.org/ns#", "discoverable": "toot:discoverable", "indexable": "toot:indexable",
            "manuallyApprovesFollowers": "as:manuallyApprovesFollowers", "schema": "http://schema.org#",
            "PropertyValue": "schema:PropertyValue", "value": "schema:value",
            "webfinger": "https://purl.archive.org/socialweb/webfinger#webfinger",
        ],
    ]

    private func method(_ key: (name: String, multikey: String)) -> JSON {
        [
            "id": .string("\(id)#\(key.name)"), "type": "Multikey", "controller": .string(id),
            "publicKeyMultibase": .string(key.multikey),
        ]
    }

    public var json: JSON {
        var object: JSONObject = [
            "@context": Self.context, "id": .string(id), "type": .string(form.rawValue), "preferredUsername": .string(username),
            "name": .string(name), "url": .string(url), "inbox": .string(inbox), "outbox": .string(outbox),
            "webfinger": .string("\(username)@\(host)"), "endpoints": ["sharedInbox": .string(sharedInbox)],
            "publicKey": ["id": .string(keyID), "owner": .string(id), "publicKeyPem": .string(publicKeyPEM)],
            "assertionMethod": .array(([(proofKeyName, multikey)] + formerProofKeys).map(method)),
            "manuallyApprovesFollowers": false,
        ]
        if !summary.isEmpty { object["summary"] = .string(summary) }
        if form != .application {
            object["followers"] = .string(followers)
            object["following"] = .string(following)
            object["discoverable"] = true
            object["indexable"] = true
            object["attachment"] = [["type": "PropertyValue", "name": "Web", "value": .string("<a href=\"\(url)\" rel=\"me\">\(url)</a>")]]
        }
        if names.count > 1 { object["nameMap"] = JSON(texts: names) }
        object["published"] = published.map { .string(ActivityStreams.time($0)) }
        return .object(object)
    }
}

/// What another server's actor document says, as far as this node needs it.
public struct RemoteActor: Hashable, Sendable {
    public var id: String
    public var name: String
    public var inbox: String
    public var sharedInbox: String?
    public var key: RemoteKey
    /// Addresses that it says are its own too, such as where it was before.
    public var alsoKnownAs: [String]

    /// What is wrong with a document.
    public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// - Parameters:
    ///   - json: what was answered.
    ///   - address: where it was asked for, which must be what it calls itself.
    public init(json: JSON, at address: String) throws(Problem) {
        guard let id = json["id"]?.string, id == address else {
            throw Problem(description: "It does not call itself \(address.prefix(200)).")
        }
        guard let inbox = json["inbox"]?.string, Origin.sameOrigin(inbox, id) else {
            throw Problem(description: "It has no inbox on its own host.")
        }
        let keys: [JSON] = json["publicKey"]?.array ?? json["publicKey"].map { [$0] } ?? []
        guard let key = keys.prefix(8).first(where: { $0["owner"]?.string == id }), let keyID = key["id"]?.string,
            let pem = key["publicKeyPem"]?.string, Origin.sameOrigin(keyID, id)
        else { throw Problem(description: "It has no public key that it owns.") }
        self.id = id
        self.inbox = inbox
        let shared = json["endpoints"]?["sharedInbox"]?.string
        sharedInbox = shared.flatMap { Origin.sameOrigin($0, id) ? $0 : nil }
        name = String((json["preferredUsername"]?.string ?? json["name"]?.string ?? "").prefix(200))
        self.key = RemoteKey(id: keyID, owner: id, pem: pem)
        alsoKnownAs = json["alsoKnownAs"]?.identifiers ?? []
    }
}
