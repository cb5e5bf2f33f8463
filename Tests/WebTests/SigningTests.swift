import Acts
import Crypto
import Foundation
import HTTPTypes
import Record
import TestSupport
import Testing

@testable import Web

/// Acts signed by persons: what is signed is what is entered, by a key the person has, or nothing is.
@Suite("Signing acts")
struct SigningTests {
    let house: TestHouse

    init() throws { house = try TestHouse() }

    /// The first officer, with a passkey.
    private func officer(_ authenticator: VirtualAuthenticator) async throws -> Person {
        _ = try await Identity.bootstrap(house.record)
        let person = try house.officer()
        try await enrol(authenticator, of: person)
        return person
    }

    private func enrol(_ authenticator: VirtualAuthenticator, of person: Person) async throws {
        let key = try #require(authenticator.publicKey)
        let draft = ActDraft(
            KeyEnrolled(holder: person.id, publicKey: key, label: "Passkey", credential: authenticator.credential), office: "depositary",
            author: person.id)
        _ = try await house.record.enter(Command([draft]))
    }

    private func prepare(_ visitor: Visitor, _ text: String = "Received.") async throws -> Answer {
        let account = try await visitor.get("/account")
        let token = try visitor.token(account, form: "/account/recovery-codes")
        return try await visitor.post("/notes/a/prepare", [("request", token), ("text", text)])
    }

    private func field(_ name: String, of page: Answer, form: String = "sign") throws -> String {
        let start = try #require(page.text.range(of: "data-test=\"\(form)\""))
        let field = try #require(page.text.range(of: "name=\"\(name)\" value=\"", range: start.upperBound..<page.text.endIndex))
        return String(page.text[field.upperBound...].prefix { $0 != "\"" })
    }

    private func digest(of page: Answer) throws -> [UInt8] {
        let mark = try #require(page.text.range(of: "data-challenge=\""))
        return try #require(Base64.decodeFromAddress(String(page.text[mark.upperBound...].prefix { $0 != "\"" })))
    }

    private func sign(
        _ page: Answer, _ visitor: Visitor, with more: [(String, String)], act: String? = nil
    ) async throws -> Answer {
        try await visitor.post(
            "/sign",
            [("request", try visitor.token(page, form: "sign")), ("act", try act ?? field("act", of: page)), ("back", "/notes/a")] + more,
            [.accept: "application/json"])
    }

    private func passkey(_ authenticator: VirtualAuthenticator, over digest: [UInt8]) throws -> [(String, String)] {
        [("passkey", try authenticator.answer(digest).canonicalText)]
    }

    private func entry(_ answer: Answer) throws -> Entry {
        let location = try #require(answer.headers[.location])
        let index = try #require(location.split(separator: "/").last.flatMap { Int64($0) })
        return try #require(try house.record.entry(at: index))
    }

    @Test("A passkey signs the act's digest; both of its blobs are kept, and anyone can check them without the node")
    func passkeySigns() async throws {
        let authenticator = VirtualAuthenticator()
        let person = try await officer(authenticator)
        try await house.visit { (visitor) async throws in
            visitor.bring(house.cookie(for: person))
            let page = try await prepare(visitor, "Received <today>.")
            #expect(page.status == .ok && page.headers[.cacheControl] == "no-store")
            #expect(page.text.contains("Received &lt;today&gt;."))
            let size = house.record.size
            let digest = try digest(of: page)
            let entry = try entry(try await sign(page, visitor, with: try passkey(authenticator, over: digest)))
            #expect(entry.index == size && entry.statement.digest == digest)
            #expect(entry.header.signatures.count == 1 && entry.header.signatures[0].passkey != nil)
            try entry.statement.check(entry.header.signatures) { $0 == authenticator.publicKey?.identifier ? authenticator.publicKey : nil }
            let shown = try await visitor.get("/record/acts/\(entry.index)")
            #expect(shown.text.contains("data-test=\"signature\"") && shown.text.contains(person.name))
            visitor.forget()
            let outside = try await visitor.get("/record/acts/\(entry.index)")
            #expect(outside.text.contains("data-test=\"signature\"") && !outside.text.contains(person.name))
        }
    }

    @Test("What is not signed as it should be is refused, and nothing is entered", arguments: ["other", "unverified", "foreign", "none"])
    func refusedSignatures(_ fault: String) async throws {
        var authenticator = VirtualAuthenticator()
        let person = try await officer(authenticator)
        let expected: String
        switch fault {
        case "unverified":
            authenticator.flags = 0x01
            expected = "passkey.refused"
        case "foreign":
            authenticator.origin = "http://elsewhere.example"
            expected = "passkey.refused"
        case "none": expected = "signing.unsigned"
        default: expected = "passkey.refused"
        }
        let used = authenticator
        try await house.visit { (visitor) async throws in
            visitor.bring(house.cookie(for: person))
            let page = try await prepare(visitor)
            let size = house.record.size
            let digest = fault == "other" ? Array(repeating: 7, count: 32) : try digest(of: page)
            let answer = try await sign(page, visitor, with: fault == "none" ? [] : try passkey(used, over: digest))
            #expect(answer.code == expected)
            #expect(house.record.size == size)
        }
    }

    @Test("A revoked key signs nothing any more")
    func revokedKey() async throws {
        let authenticator = VirtualAuthenticator()
        let person = try await officer(authenticator)
        try await house.visit { (visitor) async throws in
            visitor.bring(house.cookie(for: person))
            let page = try await prepare(visitor)
            let key = try #require(authenticator.publicKey).identifier
            try await house.house.identity.revoke(key, of: person.id, reason: "lost", by: person, request: "revoked")
            let answer = try await sign(page, visitor, with: try passkey(authenticator, over: try digest(of: page)))
            #expect(answer.status == .forbidden)
        }
    }

    @Test("A prepared act is good for its author alone, for twelve hours, once, and not with one byte changed")
    func preparedActs() async throws {
        let authenticator = VirtualAuthenticator()
        let person = try await officer(authenticator)
        let (other, _) = try await house.house.identity.invite(
            "Second", to: "depositary", as: [.depositaryOfficer], by: person, request: "invite")
        let second = try #require(try Identity.people(in: house.record).first { $0.id == other })
        try await house.visit { (visitor) async throws in
            let session = house.cookie(for: person)
            visitor.bring(session)
            let page = try await prepare(visitor)
            let act = try field("act", of: page)
            let answer = try passkey(authenticator, over: try digest(of: page))
            // The first and last characters of each half, and one in the middle.
            for place in [0, act.count / 3, act.count - 60, act.count - 2] {
                var characters = Array(act)
                characters[place] = characters[place] == "A" ? "B" : "A"
                #expect(try await sign(page, visitor, with: answer, act: String(characters)).code == "signing.not-prepared")
            }
            visitor.bring(house.cookie(for: second))
            let theirs = try await prepare(visitor)
            #expect(try await sign(theirs, visitor, with: answer, act: act).code == "signing.not-prepared")
            visitor.bring(session)
            let again = try await prepare(visitor)
            #expect(try await sign(page, visitor, with: answer).status == .seeOther)
            #expect(try await sign(again, visitor, with: answer, act: act).code == "record.replayed")
            house.clock.advance(seconds: 12 * 3600 + 1)
            visitor.bring(house.cookie(for: person))
            let late = try await prepare(visitor)
            #expect(try await sign(late, visitor, with: answer, act: act).code == "signing.not-prepared")
        }
    }

    @Test("A rule that has come to stand in the way is heard when the act is entered")
    func ruleAtEntry() async throws {
        let authenticator = VirtualAuthenticator()
        let person = try await officer(authenticator)
        try await house.visit { (visitor) async throws in
            visitor.bring(house.cookie(for: person))
            let page = try await prepare(visitor, "no")
            #expect(try await sign(page, visitor, with: try passkey(authenticator, over: try digest(of: page))).code == "notes.no")
        }
    }

    // MARK: Key files

    /// What `chancery sign` does with a signing request.
    private func file(_ request: [UInt8], signedWith key: Curve25519.Signing.PrivateKey) throws -> SignatureFile {
        let act = try SigningRequest(file: request)
        let publicKey = try #require(PublicKey(algorithm: .ed25519, bytes: Array(key.publicKey.rawRepresentation)))
        return try SignatureFile(
            digest: act.digest, key: publicKey,
            signature: ActSignature(key: publicKey.identifier, algorithm: .ed25519, signature: Array(try key.signature(for: act.digest))))
    }

    private func download(_ page: Answer, _ visitor: Visitor) async throws -> [UInt8] {
        let answer = try await visitor.post(
            "/sign/request",
            [
                ("request", try visitor.token(page, form: "signing-request")),
                ("act", try field("act", of: page, form: "signing-request")),
            ])
        #expect(answer.status == .ok && answer.headers[.contentDisposition]?.contains("signing-request.json") == true)
        return answer.body
    }

    private func enrol(_ key: Curve25519.Signing.PrivateKey, _ visitor: Visitor) async throws -> Answer {
        let account = try await visitor.get("/account")
        let pem = """
            -----BEGIN PUBLIC KEY-----
            \(Base64.encode([0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00] + Array(key.publicKey.rawRepresentation)))
            -----END PUBLIC KEY-----
            """
        return try await visitor.post(
            "/account/keys", [("request", try visitor.token(account, form: "enrol-key")), ("label", "Token in the safe"), ("key", pem)])
    }

    private func bring(_ file: SignatureFile, _ page: Answer, _ visitor: Visitor) async throws -> Answer {
        try await visitor.post(
            "/sign",
            [
                ("request", try visitor.token(page, form: "sign-file")), ("act", try field("act", of: page, form: "sign-file")),
                ("signature", String(decoding: file.file, as: UTF8.self)),
            ], [.accept: "application/json"])
    }

    @Test("A key file is enrolled by an act that it signs itself, and signs acts from then on, without JavaScript")
    func keyFile() async throws {
        let person = try await officer(VirtualAuthenticator())
        let key = Curve25519.Signing.PrivateKey()
        try await house.visit { (visitor) async throws in
            visitor.bring(house.cookie(for: person))
            let enrolment = try await enrol(key, visitor)
            #expect(enrolment.status == .ok)
            let stranger = try file(try await download(enrolment, visitor), signedWith: Curve25519.Signing.PrivateKey())
            #expect(try await bring(stranger, enrolment, visitor).code == "signing.wrong-signature")
            let proof = try file(try await download(enrolment, visitor), signedWith: key)
            #expect(try await bring(proof, enrolment, visitor).headers[.location] == "/account")
            #expect(try await visitor.get("/account").text.contains("Token in the safe"))
            let page = try await prepare(visitor)
            #expect(try await bring(proof, page, visitor).code == "signing.other-act")
            let signed = try file(try await download(page, visitor), signedWith: key)
            let entry = try entry(try await bring(signed, page, visitor))
            #expect(entry.header.signatures == [signed.signature])
            // One key has one holder, and is enrolled once.
            #expect(try await enrol(key, visitor).status == .conflict)
        }
    }

    @Test(
        "Only public keys that can sign acts are enrolled",
        arguments: ["", "nonsense", "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----", "{\"algorithm\":\"rsa\"}"])
    func keyForms(_ text: String) {
        #expect(throws: Refusal.self) { try PublicKeyText.parse(text) }
    }

    // MARK: Two persons

    private func twoPersons(_ person: Person) async throws -> (Person, VirtualAuthenticator) {
        let (id, _) = try await house.house.identity.invite(
            "Second", to: "depositary", as: [.depositaryOfficer], by: person, request: "invite")
        let second = try #require(try Identity.people(in: house.record).first { $0.id == id })
        let authenticator = VirtualAuthenticator()
        try await enrol(authenticator, of: second)
        let rules = OfficeRulesSet(office: "depositary", twoPersons: true)
        _ = try await house.record.enter(Command([ActDraft(rules, office: "depositary", author: person.id)]))
        return (second, authenticator)
    }

    @Test("Where the office wants two persons, the act is entered when another one approves it, with both signatures")
    func approval() async throws {
        let first = VirtualAuthenticator()
        let person = try await officer(first)
        let (second, theirs) = try await twoPersons(person)
        try await house.visit { (visitor) async throws in
            visitor.bring(house.cookie(for: person))
            let page = try await prepare(visitor)
            let digest = try digest(of: page)
            let waiting = try await sign(page, visitor, with: try passkey(first, over: digest))
            let address = try #require(waiting.headers[.location])
            #expect(address.hasPrefix("/approvals/"))
            #expect(try entry(waiting).kind == ActPrepared.kind)
            let own = try await visitor.get(address)
            #expect(own.text.contains("data-test=\"own\""))
            let mine = try await visitor.post(
                address,
                [("request", try visitor.token(own, form: "turn-down")), ("decision", "approve")] + (try passkey(first, over: digest)),
                [.accept: "application/json"])
            #expect(mine.code == "signing.own-act")
            visitor.bring(house.cookie(for: second))
            #expect(try await visitor.json("/approvals").json["waiting"]?.array?.count == 1)
            let shown = try await visitor.get(address)
            let unsigned = try await visitor.post(
                address, [("request", try visitor.token(shown, form: "approve")), ("decision", "approve")], [.accept: "application/json"])
            #expect(unsigned.code == "signing.unsigned")
            let approved = try await visitor.post(
                address,
                [("request", try visitor.token(shown, form: "approve")), ("decision", "approve")] + (try passkey(theirs, over: digest)))
            let entry = try entry(approved)
            #expect(entry.kind == Remark.kind && entry.statement.digest == digest && entry.header.signatures.count == 2)
            #expect(try house.record.entry(at: entry.index - 1)?.kind == ActReviewed.kind)
            #expect(try await visitor.json("/approvals").json["waiting"]?.array?.isEmpty == true)
            #expect(try await visitor.get(address, [.accept: "application/json"]).code == "signing.not-waiting")
        }
    }

    @Test("An act that is turned down is not entered, and the reason is kept")
    func turnedDown() async throws {
        let first = VirtualAuthenticator()
        let person = try await officer(first)
        let (second, _) = try await twoPersons(person)
        try await house.visit { (visitor) async throws in
            visitor.bring(house.cookie(for: person))
            let page = try await prepare(visitor)
            let waiting = try await sign(page, visitor, with: try passkey(first, over: try digest(of: page)))
            let address = try #require(waiting.headers[.location])
            visitor.bring(house.cookie(for: second))
            let shown = try await visitor.get(address)
            let size = house.record.size
            let answer = try await visitor.post(
                address,
                [("request", try visitor.token(shown, form: "turn-down")), ("decision", "refuse"), ("reason", "The date is wrong.")])
            #expect(answer.headers[.location] == "/approvals" && house.record.size == size + 1)
            let review = try #require(try house.record.entry(at: size)?.payload(as: ActReviewed.self))
            #expect(!review.approved && review.reason == "The date is wrong.")
        }
    }

    @Test("An office may let acts be entered unsigned; until it says so, none is")
    func unsigned() async throws {
        let person = try await officer(VirtualAuthenticator())
        try await house.visit { (visitor) async throws in
            visitor.bring(house.cookie(for: person))
            let page = try await prepare(visitor)
            #expect(try await sign(page, visitor, with: []).code == "signing.unsigned")
            let office = try await visitor.get("/offices/depositary")
            let set = try await visitor.post(
                "/offices/depositary/rules", [("request", try visitor.token(office, form: "set-rules")), ("unsignedActs", "yes")])
            #expect(set.headers[.location] == "/offices/depositary")
            let again = try await prepare(visitor)
            #expect(try entry(try await sign(again, visitor, with: [])).header.signatures.isEmpty)
        }
    }

    @Test("A sealed act that arrives by lot is refused or opens to what was sealed")
    func sealedActsByLot() throws {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        let now = try #require(Moment("2026-11-22T12:00:00.000Z"))
        let key = SymmetricKey(size: .bits256)
        let draft = ActDraft(Remark(text: "Received."), office: "depositary", author: "somebody")
        let act = try SigningRequest(draft)
        let sealed = try SealedAct.make(act, now: now, key: key)
        #expect(SealedAct.open(sealed, now: now, key: key) == act)
        #expect(SealedAct.open(sealed, now: now.adding(milliseconds: SealedAct.lifetime), key: key) == nil)
        for _ in 0..<2_000 {
            var bytes = Array(sealed.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[place] = UInt8.random(in: 0x20...0x7E, using: &generator)
            }
            let changed = String(decoding: bytes, as: UTF8.self)
            let opened = SealedAct.open(changed, now: now, key: key)
            #expect(opened == nil || changed == sealed, "seed \(seed)")
        }
    }
}
