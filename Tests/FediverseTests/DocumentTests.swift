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

    @Test("An activity that nests deeper or is longer than the bounds is not read")
    func bounds() {
        let deep = String(repeating: "[", count: 17) + String(repeating: "]", count: 17)
        #expect(throws: IncomingActivity.Problem.self) { try IncomingActivity(Array("{\"id\":\(deep)}".utf8)) }
        #expect(throws: IncomingActivity.Problem.self) {
            try IncomingActivity(Array("{\"id\":\"\(String(repeating: "a", count: 300_000))\"}".utf8))
        }
    }
}
