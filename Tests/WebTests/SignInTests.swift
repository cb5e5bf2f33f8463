import Acts
import Crypto
import Foundation
import HTTPTypes
import Record
import Testing

@testable import Web

@Suite("Signing in")
struct SignInTests {
    let house: TestHouse

    init() throws { house = try TestHouse() }

    private func link() async throws -> String {
        try #require(try await Identity.bootstrap(house.record))
    }

    private func signInByLink(_ visitor: Visitor) async throws {
        let token = try await link()
        let page = try await visitor.get("/sign-in/link?token=\(token)")
        let answer = try await visitor.post(
            "/sign-in/link", [("request", try visitor.token(page, form: "confirm-link")), ("token", token)])
        #expect(answer.status == .seeOther && answer.headers[.location] == "/account")
    }

    private func addPasskey(_ visitor: Visitor, _ authenticator: VirtualAuthenticator) async throws {
        let challenge = try #require(
            try await visitor.json("/account/challenge").json["challenge"]?.string.flatMap(Base64.decodeFromAddress))
        let answer = try await visitor.postJSON("/account/passkeys", try authenticator.registration(challenge))
        #expect(answer.status == .created)
    }

    private func challenge(_ visitor: Visitor) async throws -> [UInt8] {
        try #require(try await visitor.json("/sign-in/challenge").json["challenge"]?.string.flatMap(Base64.decodeFromAddress))
    }

    @Test("A fresh node makes its first office, its first officer and a link, and again only while nobody can sign in")
    func bootstrap() async throws {
        _ = try await link()
        let people = try Identity.people(in: house.record)
        #expect(people.count == 1)
        #expect(people[0].holds(.administrator) && people[0].holds(.depositaryOfficer))
        let size = house.record.size
        _ = try await link()
        #expect(try Identity.people(in: house.record).count == 1)
        #expect(house.record.size == size + 1)
        try await house.visit { (visitor) async throws in
            try await signInByLink(visitor)
            try await addPasskey(visitor, VirtualAuthenticator())
        }
        #expect(try await Identity.bootstrap(house.record) == nil)
    }

    @Test("A link signs in once; looking at it does not use it up")
    func linkOnce() async throws {
        let token = try await link()
        try await house.visit { (visitor) async throws in
            for _ in 0..<3 { #expect(try await visitor.get("/sign-in/link?token=\(token)").status == .ok) }
            let page = try await visitor.get("/sign-in/link?token=\(token)")
            #expect(page.headers[.referrerPolicy] == "strict-origin" && page.headers[.cacheControl] == "no-store")
            let request = try visitor.token(page, form: "confirm-link")
            #expect(try await visitor.post("/sign-in/link", [("request", request), ("token", token)]).status == .seeOther)
            #expect(try await visitor.get("/account").status == .ok)
            visitor.forget()
            let again = try await visitor.json("/sign-in/link?token=\(token)")
            #expect(again.status == .forbidden && again.code == "sign-in.used")
        }
    }

    @Test("A link is good for one hour, and a newer one replaces it")
    func linkExpires() async throws {
        let first = try await link()
        let second = try await Identity.issueLink(for: try house.officer().id, in: house.record)
        try await house.visit { (visitor) async throws in
            let replaced = try await visitor.json("/sign-in/link?token=\(first)")
            #expect(replaced.code == "sign-in.replaced")
            #expect(try await visitor.get("/sign-in/link?token=\(second)").status == .ok)
            house.clock.advance(seconds: 3_600)
            #expect(try await visitor.json("/sign-in/link?token=\(second)").code == "sign-in.expired")
            #expect(try await visitor.json("/sign-in/link?token=nonsense").code == "sign-in.unknown-link")
        }
    }

    @Test("Neither a link's token nor a recovery code is anywhere in the record")
    func onlyHashes() async throws {
        let token = try await link()
        let codes = try await house.house.identity.newRecoveryCodes(for: try house.officer(), request: "r")
        for index in 0..<house.record.size {
            let entry = try #require(try house.record.entry(at: index))
            guard case .present(let sealed) = entry.content else { continue }
            let text = String(decoding: entry.leaf + sealed.bytes, as: UTF8.self)
            for secret in [token] + codes { #expect(!text.contains(secret)) }
        }
    }

    @Test("A passkey is added, signs in, and signs in no more once it is revoked", arguments: [false, true])
    func passkey(_ isEd25519: Bool) async throws {
        let authenticator = VirtualAuthenticator(isEd25519 ? .ed25519(.init()) : .p256(.init()))
        try await house.visit { (visitor) async throws in
            try await signInByLink(visitor)
            try await addPasskey(visitor, authenticator)
            visitor.forget()
            let person = try house.officer().id
            let answer = try await visitor.postJSON(
                "/sign-in/passkey?next=/record", try authenticator.answer(try await challenge(visitor), userHandle: person))
            #expect(answer.status == .ok)
            #expect(try answer.json["next"] == "/record")
            let account = try await visitor.get("/account")
            #expect(account.status == .ok && account.text.contains("data-test=\"passkey\""))
            let key = try #require(authenticator.publicKey).identifier
            let revoke = "/account/passkeys/\(key)/revoke"
            #expect(try await visitor.post(revoke, [("request", try visitor.token(account, form: revoke))]).status == .seeOther)
            visitor.forget()
            let refused = try await visitor.postJSON("/sign-in/passkey", try authenticator.answer(try await challenge(visitor)))
            #expect(refused.status == .forbidden && refused.code == "passkey.unknown")
        }
    }

    @Test("A passkey's answer is good once, over this node's challenge, for this person")
    func passkeyRefusals() async throws {
        let authenticator = VirtualAuthenticator()
        try await house.visit { (visitor) async throws in
            try await signInByLink(visitor)
            try await addPasskey(visitor, authenticator)
            visitor.forget()
            let answer = try authenticator.answer(try await challenge(visitor))
            #expect(try await visitor.postJSON("/sign-in/passkey", answer).status == .ok)
            visitor.forget()
            #expect(try await visitor.postJSON("/sign-in/passkey", answer).code == "passkey.refused")
            let invented = try authenticator.answer(RandomIdentifier.bytes(64))
            #expect(try await visitor.postJSON("/sign-in/passkey", invented).code == "passkey.refused")
            let other = try authenticator.answer(try await challenge(visitor), userHandle: "somebody-else")
            #expect(try await visitor.postJSON("/sign-in/passkey", other).code == "passkey.unknown")
            var impostor = VirtualAuthenticator(.p256(.init()), credential: authenticator.credential)
            #expect(
                try await visitor.postJSON("/sign-in/passkey", try impostor.answer(try await challenge(visitor))).code == "passkey.refused")
            impostor.origin = "https://evil.example"
            #expect(
                try await visitor.postJSON("/sign-in/passkey", try impostor.answer(try await challenge(visitor))).code == "passkey.refused")
            #expect(try await visitor.postJSON("/sign-in/passkey", ["id": 7, "response": []]).status == .badRequest)
        }
    }

    @Test("A passkey belongs to one person, and enrolling it twice is refused")
    func enrolledTwice() async throws {
        let authenticator = VirtualAuthenticator()
        try await house.visit { (visitor) async throws in
            try await signInByLink(visitor)
            try await addPasskey(visitor, authenticator)
            let challenge = try #require(
                try await visitor.json("/account/challenge").json["challenge"]?.string.flatMap(Base64.decodeFromAddress))
            let again = try await visitor.postJSON("/account/passkeys", try authenticator.registration(challenge))
            #expect(again.status == .conflict && again.code == "passkey.enrolled")
        }
    }

    @Test("Ten recovery codes are shown once, and each signs in once, however it is typed")
    func recoveryCodes() async throws {
        try await house.visit { (visitor) async throws in
            try await signInByLink(visitor)
            let account = try await visitor.get("/account")
            let page = try await visitor.post(
                "/account/recovery-codes", [("request", try visitor.token(account, form: "new-recovery-codes"))])
            let codes = page.text.matches(of: /recovery-code">([0-9A-Z-]{19})</).map { String($0.output.1) }
            #expect(codes.count == 10 && Set(codes).count == 10)
            #expect(page.headers[.cacheControl] == "no-store")
            let later = try await visitor.get("/account").text
            for code in codes { #expect(!later.contains(code)) }
            visitor.forget()

            func use(_ code: String) async throws -> Answer {
                let page = try await visitor.get("/sign-in")
                return try await visitor.post(
                    "/sign-in/recovery", [("request", try visitor.token(page, form: "recovery-form")), ("code", code)])
            }
            #expect(try await use(codes[0].lowercased().replacing("-", with: " ")).status == .seeOther)
            #expect(try await visitor.get("/account").text.contains("9 codes are left"))
            visitor.forget()
            let again = try await use(codes[0])
            #expect(again.status == .forbidden && again.text.contains("data-test=\"refusal\""))
            #expect(try await use("AAAA-BBBB-CCCC-DDDD").status == .forbidden)
            #expect(try await use(codes[1]).status == .seeOther)
        }
    }

    @Test("Signing out ends the session, also for who kept a copy of the cookie")
    func signOut() async throws {
        try await house.visit { (visitor) async throws in
            try await signInByLink(visitor)
            let copy = visitor.cookies
            let page = try await visitor.get("/record")
            #expect(try await visitor.post("/sign-out", [("request", try visitor.token(page, form: "sign-out"))]).status == .seeOther)
            #expect(visitor.cookies["session"] == nil)
            visitor.bring("session=\(copy["session"] ?? "")")
            #expect(try await visitor.json("/account").status == .unauthorized)
        }
    }

    @Test("A session ends after its working day, by an act that ends all, and with the last appointment")
    func sessionsEnd() async throws {
        _ = try await link()
        let officer = try house.officer()
        let administrator = officer
        try await house.visit { (visitor) async throws in
            visitor.bring(house.cookie(for: officer))
            #expect(try await visitor.get("/account").status == .ok)
            let other = house.cookie(for: officer)
            let account = try await visitor.get("/account")
            #expect(
                try await visitor.post("/account/sessions/end", [("request", try visitor.token(account, form: "end-sessions"))]).status
                    == .seeOther)
            for cookie in [other, house.cookie(for: officer)].prefix(1) {
                visitor.bring(cookie)
                #expect(try await visitor.json("/account").status == .unauthorized)
            }
            visitor.bring(house.cookie(for: officer))
            #expect(try await visitor.get("/account").status == .ok, "a session begun afterwards is good")
            house.clock.advance(seconds: 12 * 3_600)
            #expect(try await visitor.json("/account").status == .unauthorized)

            let (second, _) = try await house.house.identity.invite(
                "Second", to: "depositary", as: [.reader], by: administrator, request: "i1")
            let person = try #require(try Identity.people(in: house.record).first { $0.id == second })
            visitor.bring(house.cookie(for: person))
            #expect(try await visitor.get("/account").status == .ok)
            try await house.house.identity.appoint(second, in: "depositary", as: [], by: administrator, request: "i2")
            #expect(try await visitor.json("/account").status == .unauthorized)
        }
    }

    @Test("A cookie that was changed in any place is as none")
    func forgedCookies() async throws {
        _ = try await link()
        let cookie = house.cookie(for: try house.officer())
        let token = String(cookie.dropFirst("session=".count))
        #expect(house.house.identity.session(token) != nil)
        for place in token.indices {
            var forged = token
            forged.replaceSubrange(place...place, with: token[place] == "A" ? "B" : "A")
            #expect(house.house.identity.session(forged) == nil, "\(forged)")
        }
        for forged in ["", "x", "....", String(token.reversed()), token + "A", String(repeating: "A", count: 4_000)] {
            #expect(house.house.identity.session(forged) == nil)
        }
    }

    @Test("The cookie is out of reach of scripts and other sites, and of plain HTTP where the node has HTTPS")
    func cookieAttributes() async throws {
        _ = try await link()
        let plain = house.house.identity.cookie(for: try house.officer().id)
        #expect(plain.contains("; HttpOnly") && plain.contains("; SameSite=Lax") && !plain.contains("Secure"))
        let secure = try TestHouse(origin: "https://notes.example").house.identity.cookie(for: "x")
        #expect(secure.hasPrefix("__Host-session=") && secure.contains("; Secure") && secure.contains("; Path=/"))
    }

    @Test("After twenty failures an address has to wait, and then may try again")
    func rateLimit() async throws {
        try await house.visit { (visitor) async throws in
            func attempt() async throws -> Answer {
                let page = try await visitor.get("/sign-in")
                return try await visitor.post(
                    "/sign-in/recovery", [("request", try visitor.token(page, form: "recovery-form")), ("code", "WRONG")],
                    [.accept: "application/json"])
            }
            for _ in 0..<20 { #expect(try await attempt().status == .forbidden) }
            let refused = try await attempt()
            #expect(refused.status == .tooManyRequests && refused.code == "sign-in.too-many")
            #expect(refused.headers[.retryAfter] == "300")
            house.clock.advance(seconds: 300)
            #expect(try await attempt().status == .forbidden)
        }
    }

    @Test("After signing in one goes to a page of this node, wherever the address would lead")
    func nextPage() async throws {
        let authenticator = VirtualAuthenticator()
        try await house.visit { (visitor) async throws in
            try await signInByLink(visitor)
            try await addPasskey(visitor, authenticator)
            for (next, place) in [
                ("/record", "/record"), ("//evil.example", "/account"), ("https://evil.example", "/account"), ("/\\evil", "/account"),
                ("/a/../b", "/account"), ("", "/account"),
            ] {
                visitor.forget()
                let answer = try await visitor.postJSON(
                    "/sign-in/passkey?next=\(PercentCoding.encode(next))", try authenticator.answer(try await challenge(visitor)))
                #expect(try answer.json["next"]?.string == place)
            }
        }
    }

    @Test("The key file is its owner's alone and survives a restart; a broken one is said to be broken")
    func keyFile() throws {
        let path = house.folder.appending(path: HouseKeys.fileName)
        let attributes = try FileManager.default.attributesOfItem(atPath: path.path(percentEncoded: false))
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        let before = try Data(contentsOf: path)
        _ = try HouseKeys(folder: house.folder)
        #expect(try Data(contentsOf: path) == before)
        try Data([1, 2, 3]).write(to: path)
        #expect(throws: HouseKeysError.self) { try HouseKeys(folder: house.folder) }
    }
}
