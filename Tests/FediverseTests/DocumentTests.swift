import Acts
import Testing

@testable import Fediverse

@Suite("Documents of the fediverse")
struct DocumentTests {
    static let note = NoteDocument(
        id: "https://mfa.example/notes/7k3m-92qd/1/fr", actor: "https://mfa.example/actors/press",
        followers: "https://mfa.example/actors/press/followers", url: "https://mfa.example/statements/7k3m-92qd?text=fr", language: "fr",
        content: NoteDocument.html(title: "L’été & <l’hiver>", paragraphs: ["Un\ndeux"]), published: Moment("2026-11-26T12:00:00.000Z")!,
        siblings: [.init(language: "ar", url: "https://mfa.example/statements/7k3m-92qd?text=ar")])

    /// Mastodon reads the first key of the map, GoToSocial the one whose value is the content: with one key both read the same.
    @Test("A Note has one language: one key in contentMap, its value equal to content to the byte")
    func oneLanguage() throws {
        let object = Self.note.object
        let map = try #require(object["contentMap"]?.object)
        #expect(map.names == ["fr"])
        #expect(map["fr"]?.string.map { Array($0.utf8) } == object["content"]?.string.map { Array($0.utf8) })
        #expect(object["content"] == "<p><strong>L’été &amp; &lt;l’hiver&gt;</strong></p><p>Un<br>deux</p>")
        #expect(object["to"] == ["https://www.w3.org/ns/activitystreams#Public"])
    }

    @Test("The HTML of a Note is of the elements that every server keeps")
    func ownHTMLSurvives() {
        let html = NoteDocument.html(
            notice: "Corrected", title: "T", paragraphs: ["a", "b"], links: [("words", "https://mfa.example/v/X")])
        let cleaned = RemoteHTML.clean(html).replacing(" rel=\"nofollow noopener noreferrer ugc\"", with: "")
        #expect(cleaned == html)
    }

    @Test("The key's name is #main-key: servers ignore a Delete by a key of another form")
    func mainKey() {
        let actor = ActorDocument(
            id: "https://mfa.example/actors/press", form: .organization, username: "press", host: "mfa.example", name: "Press",
            url: "https://mfa.example/", sharedInbox: "https://mfa.example/fediverse/inbox", publicKeyPEM: "PEM", multikey: "z6Mk")
        #expect(actor.json["publicKey"]?["id"] == "https://mfa.example/actors/press#main-key")
        #expect(actor.json["publicKey"]?["owner"] == actor.json["id"])
        #expect(actor.json["type"] == "Organization")
    }

    @Test(
        "Names are found by account and by address, on this host alone (RFC 7033)",
        arguments: [
            ("acct:press@mfa.example", "press"), ("acct:PRESS@MFA.example", "press"), ("@press@mfa.example", "press"),
            ("https://mfa.example/actors/press", "press"), ("acct:press@other.example", nil), ("acct:@mfa.example", nil), ("press", nil),
            ("https://mfa.example/actors/press/inbox", nil),
        ] as [(String, String?)])
    func webfinger(_ resource: String, _ name: String?) {
        #expect(Discovery.username(in: resource, host: "mfa.example", actors: "https://mfa.example/actors/") == name)
    }

    @Test(
        "Accounts are read as people write them (RFC 7565), and nothing that would part an address",
        arguments: [
            ("@press@mfa.example", "acct:press@mfa.example"), ("Press@MFA.example:8443", "acct:Press@mfa.example:8443"),
            ("press", nil), ("@press@mfa@example", nil), ("pre&ss@mfa.example", nil), ("pre ss@mfa.example", nil), ("@@", nil),
            ("press@mfa.example/x", nil), ("press@", nil), ("%70ress@mfa.example", nil),
        ] as [(String, String?)])
    func accounts(_ text: String, _ resource: String?) {
        #expect(AccountName(text)?.resource == resource)
    }

    @Test("A descriptor names the actor by its own type alone (RFC 7033, 4.4)")
    func descriptors() {
        let actor = ActorDocument(
            id: "https://mfa.example/actors/press", form: .organization, username: "press", host: "mfa.example", name: "Press",
            url: "https://mfa.example/", sharedInbox: "https://mfa.example/fediverse/inbox", publicKeyPEM: "PEM", multikey: "z6Mk")
        #expect(Discovery.actor(in: Discovery.descriptor(of: actor)) == actor.id)
        #expect(Discovery.actor(in: ["links": [["rel": "self", "type": "text/html", "href": "https://mfa.example/"]]]) == nil)
        #expect(Discovery.actor(in: ["links": "none"]) == nil)
    }

    static func activity(_ type: String, _ object: JSON, actor: String = "https://far.example/users/a", id: String? = nil) -> JSON {
        ["id": .string(id ?? "https://far.example/act/1"), "type": .string(type), "actor": .string(actor), "object": object]
    }

    @Test("FEP-fe34: nobody speaks for another actor, another host or by hidden ways")
    func authority() throws {
        let own: JSON = ["id": "https://far.example/p/1", "type": "Note", "attributedTo": "https://far.example/users/a", "content": "x"]
        #expect(try IncomingActivity(json: Self.activity("Create", own)).meaning != .other("Create"))
        for foreign: JSON in [
            ["id": "https://far.example/p/1", "type": "Note", "attributedTo": "https://far.example/users/b"],
            ["id": "https://else.example/p/1", "type": "Note", "attributedTo": "https://far.example/users/a"],
            ["id": "https://far.example:8443/p/1", "type": "Note", "attributedTo": "https://far.example/users/a"],
        ] {
            #expect(throws: IncomingActivity.Problem.self) { try IncomingActivity(json: Self.activity("Create", foreign)) }
            #expect(throws: IncomingActivity.Problem.self) { try IncomingActivity(json: Self.activity("Update", foreign)) }
        }
        #expect(throws: IncomingActivity.Problem.self) {
            try IncomingActivity(json: Self.activity("Follow", "https://mfa.example/actors/press", id: "https://else.example/1"))
        }
        #expect(throws: IncomingActivity.Problem.self) {
            try IncomingActivity(json: Self.activity("Delete", "https://mfa.example/notes/x"))
        }
        #expect(throws: IncomingActivity.Problem.self) {
            try IncomingActivity(json: Self.activity("Create", ["@graph": [own], "id": "https://far.example/p/1"]))
        }
        #expect(
            try IncomingActivity(json: Self.activity("Delete", ["id": "https://FAR.example/p/1", "type": "Tombstone"])).meaning
                == .delete("https://FAR.example/p/1"))
    }

    @Test("An actor moves itself and nobody else (FEP-7628), and blocks whom it likes")
    func movesAndBlocks() throws {
        var move = try #require(Self.activity("Move", "https://far.example/users/a").object)
        move["target"] = "https://new.example/users/a"
        #expect(try IncomingActivity(json: .object(move)).meaning == .move(to: "https://new.example/users/a"))
        move["target"] = "https://far.example/users/a"
        #expect(try IncomingActivity(json: .object(move)).meaning == .other("Move"), "to where it is already")
        move["target"] = "mailto:a@new.example"
        #expect(try IncomingActivity(json: .object(move)).meaning == .other("Move"))
        move["object"] = "https://far.example/users/b"
        #expect(throws: IncomingActivity.Problem.self) { try IncomingActivity(json: .object(move)) }
        #expect(
            try IncomingActivity(json: Self.activity("Block", "https://mfa.example/actors/press")).meaning
                == .block("https://mfa.example/actors/press"))
    }

    @Test(
        "What is not addressed to everybody is not for everybody (ActivityPub, 6.2)",
        arguments: [
            (["to": ["https://www.w3.org/ns/activitystreams#Public"]], true), (["cc": "as:Public"], true), (["to": "Public"], true),
            (["to": "https://mfa.example/actors/press"], false), (["to": "https://far.example/users/a/followers", "cc": []], false),
            ([:], false),
        ] as [(JSONObject, Bool)])
    func audience(_ addressed: JSONObject, _ isPublic: Bool) throws {
        var note: JSONObject = [
            "id": "https://far.example/p/1", "type": "Note", "attributedTo": "https://far.example/users/a", "content": "x",
            "inReplyTo": "https://mfa.example/notes/x/1/en",
        ]
        for member in addressed.members { note[member.name] = member.value }
        guard case .reply(let post) = try IncomingActivity(json: Self.activity("Create", .object(note))).meaning else {
            Issue.record("it is a reply")
            return
        }
        #expect(post.isPublic == isPublic)
    }

    @Test("A former proof key stays beside the new one, and the update carries both")
    func formerKeys() throws {
        var actor = ActorDocument(
            id: "https://mfa.example/actors/press", form: .person, username: "press", host: "mfa.example", name: "Press",
            url: "https://mfa.example/", sharedInbox: "https://mfa.example/fediverse/inbox", publicKeyPEM: "PEM", multikey: "z6New")
        actor.proofKeyName = "ed25519-key-0123"
        actor.formerProofKeys = [(ActorDocument.firstProofKey, "z6Old")]
        let update = OutgoingActivity.update(actor, at: try #require(Moment("2026-11-26T12:00:00.000Z")))
        let methods = try #require(update["object"]?["assertionMethod"]?.array)
        #expect(methods.map { $0["id"]?.string } == ["\(actor.id)#ed25519-key-0123", "\(actor.id)#ed25519-key"])
        #expect(methods.map { $0["publicKeyMultibase"]?.string } == ["z6New", "z6Old"])
        #expect(update["object"]?["publicKey"]?["id"] == "https://mfa.example/actors/press#main-key")
        #expect(update["object"]?["@context"] == nil)
    }

    @Test("An activity that nests deeper or is longer than the bounds is not read")
    func bounds() {
        let deep = String(repeating: "[", count: 17) + String(repeating: "]", count: 17)
        #expect(throws: IncomingActivity.Problem.self) { try IncomingActivity(Array("{\"id\":\(deep)}".utf8)) }
        #expect(throws: IncomingActivity.Problem.self) {
            try IncomingActivity(Array("{\"id\":\"\(String(repeating: "a", count: 300_000))\"}".utf8))
        }
    }
}
