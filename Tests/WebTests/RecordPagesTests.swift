import Acts
import Crypto
import Foundation
import HTTPTypes
import Ledger
import Record
import Testing

@testable import Web

@Suite("The record's pages")
struct RecordPagesTests {
    let house: TestHouse

    init() throws { house = try TestHouse() }

    @Test("The checkpoint is served as it was signed, and told unchanged by its tag")
    func checkpoint() async throws {
        try await house.remark("One")
        try await house.visit { (visitor) async throws in
            let answer = try await visitor.get("/record/checkpoint")
            #expect(try answer.mediaType == "text/plain" && answer.text == house.record.servedCheckpoint().text)
            let checkpoint = try SignedCheckpoint(parsing: answer.body)
            let keys = [house.record.verifierKey, house.record.mlDSA44VerifierKey]
            #expect(try checkpoint.verified(origin: "notes.example/record", by: keys.map { try $0.verifier() }).count == 2)
            let tag = try #require(answer.headers[.eTag])
            #expect(try await visitor.get("/record/checkpoint", [.ifNoneMatch: tag]).status == .notModified)
            try await house.remark("Two")
            #expect(try await visitor.get("/record/checkpoint", [.ifNoneMatch: tag]).status == .ok)
        }
    }

    @Test("Tiles and bundles at C2SP's paths make the root that the checkpoint names")
    func tiles() async throws {
        let entries = try await house.record.enter(
            Command((0..<300).map { ActDraft(Remark(text: "Remark \($0)"), office: "depositary", author: "node") }))
        #expect(entries.count == 300)
        let size = house.record.size
        try await house.visit { (visitor) async throws in
            let full = try await visitor.get("/record/tile/entries/000")
            let rest = try await visitor.get("/record/tile/entries/001.p/\(size - 256)")
            #expect(full.mediaType == "application/octet-stream" && full.headers[.cacheControl]?.contains("immutable") == true)
            let leaves = try EntryBundle(parsing: full.body).entries + EntryBundle(parsing: rest.body).entries
            #expect(leaves.count == Int(size))
            let hashes = Hash.leaves(leaves)
            #expect(Hash.root(over: hashes) == house.record.checkpoint.root)
            #expect(try await visitor.get("/record/tile/0/000").body == Hash.bytes(of: Array(hashes.prefix(256))))
            #expect(try await visitor.get("/record/tile/0/001.p/\(size - 256)").body == Hash.bytes(of: Array(hashes.dropFirst(256))))
            #expect(try await visitor.get("/record/tile/1/000.p/1").body == Hash.root(over: Array(hashes.prefix(256))).bytes)
        }
    }

    @Test(
        "What is not a published tile's only spelling is not there",
        arguments: [
            "0/001", "0/1", "0/0000", "0/000.p/0", "0/000.p/256", "0/000.p/001", "0/000.p/-1", "64/000", "-1/000", "00/000", "0/x000/000",
            "0/x999/999", "entries/x999/999", "0/000.p", "0/000/x", "", "0", "0/000.p/200", "entries/000.p/200", "x/000",
        ])
    func noSuchTile(_ path: String) async throws {
        try await house.remark("One")
        try await house.visit { (visitor) async throws in
            let answer = try await visitor.json("/record/tile/\(path)")
            #expect(answer.status == .notFound || answer.status == .permanentRedirect || answer.status == .badRequest, "\(path)")
        }
    }

    @Test("An act's page and its JSON say who, what, when in both times, and give what recomputes its commitment")
    func act() async throws {
        let entries = try await house.record.enter(
            Command([
                ActDraft(
                    Remark(text: "The <text> & more"), dossier: "notes/a", office: "depositary", author: "node",
                    effective: CalendarDate("2024-02-29"), references: [Reference(0)])
            ]))
        let entry = try #require(entries.first)
        try await house.visit { (visitor) async throws in
            let page = try await visitor.get("/record/acts/\(entry.index)").text
            for part in [
                "The &lt;text&gt; &amp; more", "29 February 2024", "22 November 2026, 12:00 UTC", "/notes/a", "/record/acts/0",
                "record.remark@1", "data-test=\"seal\"", "data-state=\"unverified\"", "/record/acts/\(entry.index).tlog-proof",
            ] {
                #expect(page.contains(part), "\(part)")
            }
            let json = try await visitor.json("/record/acts/\(entry.index)").json
            #expect(json["kind"] == "record.remark@1" && json["effective"] == "2024-02-29" && json["dossier"] == "notes/a")
            #expect(json["received"]?.string == entry.header.received.description && json["references"] == [0])
            let leaf = try #require(json["leaf"]?.string.flatMap { Acts.Base64.decode($0) })
            #expect(leaf == entry.leaf && json["leafHash"]?.string == Hash.leaf(leaf).base64)
            let salt = try #require(json["salt"]?.string.flatMap { Acts.Base64.decode($0) })
            let payload = try #require(json["payload"]).canonicalBytes
            #expect(
                SealedPayload.commitment(salt: salt, bytes: payload) == json["commitment"]?.string.flatMap { Acts.Base64.decode($0) })
        }
    }

    @Test(
        "An act has one address",
        arguments: [
            "-1", "00", "01", "99999999", "9223372036854775807", "9223372036854775808", "1e3", "0x10", "%D9%A3", "1.0", "+1", "%31%20",
        ])
    func oneAddress(_ text: String) async throws {
        try await house.remark("One")
        try await house.visit { (visitor) async throws in
            #expect(try await visitor.json("/record/acts/\(text)").status == .notFound)
            #expect(try await visitor.json("/record/acts/\(text).tlog-proof").status == .notFound)
        }
    }

    @Test("A kind that nobody here knows is shown as it stands, and kept")
    func unknownKind() async throws {
        let kind = try #require(ActKind("future.thing@7"))
        let payload = SealedPayload(["outer": ["inner": "<value>"], "list": [1, true]])
        let entries = try await house.record.enter(
            Command([ActDraft(kind: kind, payload: payload, office: "depositary", author: "node")]))
        try await house.visit { (visitor) async throws in
            let page = try await visitor.get("/record/acts/\(entries[0].index)").text
            #expect(page.contains("future.thing@7") && page.contains("outer.inner") && page.contains("&lt;value&gt;"))
            #expect(page.contains("list[1]"))
            #expect(try await visitor.json("/record/acts?kind=future.thing%407").json["acts"]?.array?.count == 1)
        }
    }

    @Test("The proof is one C2SP file that carries the entry, and verifies with nothing else")
    func proof() async throws {
        let entries = try await house.remark("One", "Two", "Three")
        try await house.visit { (visitor) async throws in
            for entry in entries {
                let answer = try await visitor.get("/record/acts/\(entry.index).tlog-proof")
                #expect(answer.status == .ok)
                let file = try ProofFile(parsing: answer.body)
                let extra = try JSONParser.parse(try #require(file.extra))
                #expect(extra.canonicalBytes == file.extra)
                let leaf = try #require(extra["leaf"]?.string.flatMap { Acts.Base64.decode($0) })
                #expect(leaf == entry.leaf)
                try file.verify(
                    leaf: Hash.leaf(leaf), origin: "notes.example/record", verifiers: [try house.record.verifierKey.verifier()])
                let payload = try #require(extra["payload"]?.string.flatMap { Acts.Base64.decode($0) })
                let salt = try #require(extra["salt"]?.string.flatMap { Acts.Base64.decode($0) })
                #expect(SealedPayload.commitment(salt: salt, bytes: payload) == entry.statement.payloadCommitment)
            }
        }
    }

    @Test("A restricted payload goes to its audience alone, in every representation, and to all from its release")
    func restricted() async throws {
        _ = try await Identity.bootstrap(house.record)
        let marking = Marking.restricted(
            .init(audience: ["depositary"], label: "TLP:AMBER", release: CalendarDate("2026-12-01")))
        let index = try await house.remark("Quiet words", marking: marking)[0].index
        let paths = [
            "/record/acts/\(index)", "/record/acts/\(index)?format=json", "/record/acts/\(index).tlog-proof", "/record/acts?limit=500",
        ]
        let encoded = Acts.Base64.encode(Array("{\"text\":\"Quiet words\"}".utf8))
        try await house.visit { (visitor) async throws in
            for path in paths {
                let answer = try await visitor.get(path)
                #expect(answer.status == .ok && !answer.text.contains("Quiet") && !answer.text.contains(encoded), "\(path)")
            }
            visitor.bring(house.cookie(for: try house.officer()))
            for path in paths {
                let answer = try await visitor.get(path)
                #expect(answer.text.contains("Quiet") || answer.text.contains(encoded) || path.hasSuffix("proof"), "\(path)")
                #expect(answer.headers[.cacheControl] == "no-store", "\(path)")
            }
            visitor.forget()
            house.clock.advance(seconds: 10 * 86_400)
            #expect(try await visitor.get("/record/acts/\(index)").text.contains("Quiet words"))
        }
    }

    @Test("The list of acts goes from the newest back, a page at a time, by kind, dossier and office")
    func list() async throws {
        _ = try await Identity.bootstrap(house.record)
        for number in 0..<7 { try await house.remark("Remark \(number)", dossier: number % 2 == 0 ? "notes/even" : "notes/odd") }
        try await house.visit { (visitor) async throws in
            var seen: [Int64] = []
            var path = "/record/acts?limit=3&format=json&kind=record.remark%401"
            while true {
                let page = try await visitor.get(path).json
                let entries = (page["acts"]?.array ?? []).compactMap { $0["entry"]?.integer }
                #expect(entries.count <= 3)
                seen += entries
                guard let next = page["next"]?.string else { break }
                path = next
            }
            #expect(seen.count == 7 && seen == seen.sorted(by: >) && Set(seen).count == 7)
            #expect(try await visitor.json("/record/acts?dossier=notes%2Feven").json["acts"]?.array?.count == 4)
            #expect(try await visitor.json("/record/acts?office=nobody").json["acts"]?.array?.isEmpty == true)
            let page = try await visitor.get("/record/acts?limit=2")
            #expect(page.text.contains("rel=\"next\""))
        }
    }

    @Test("The record's page shows checkpoint, key and growth, and gives them as JSON")
    func index() async throws {
        try await house.remark("One")
        house.clock.advance(seconds: 86_400)
        try await house.remark("Two")
        try await house.visit { (visitor) async throws in
            let page = try await visitor.get("/record").text
            #expect(page.contains(house.record.checkpoint.root.base64) && page.contains("<svg class=\"picture\""))
            #expect(page.contains("<title id=\"growth-title\">"))
            let json = try await visitor.json("/record").json
            #expect(json["key"]?.string == house.record.verifierKey.description && json["size"]?.integer == house.record.size)
            #expect(json["mlDSA44Key"]?.string == house.record.mlDSA44VerifierKey.description)
            #expect(page.contains(house.record.mlDSA44VerifierKey.description))
            #expect(try json["checkpoint"]?.string == house.record.servedCheckpoint().text)
        }
    }
}
