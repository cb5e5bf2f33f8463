import Acts
import Crypto
import CryptoExtras
import Foundation
import Testing

@testable import Fediverse

/// Each row is one of the ways in which servers of today sign, or fail to, and what this node makes of it.
@Suite("Signatures of requests")
struct SignatureTests {
    static let now = Moment("2026-11-26T12:00:00.000Z")!
    static let actor = "https://far.example/users/a"
    static let keys: (request: RequestKey, remote: RemoteKey) = {
        let pem = try! RequestKey.makePEM()
        let key = try! RequestKey(id: "\(actor)#main-key", pem: pem)
        return (key, RemoteKey(id: "\(actor)#main-key", owner: actor, pem: key.publicPEM))
    }()

    static func request(_ body: String = #"{"a":1}"#, query: String = "") -> SignedRequest {
        SignedRequest(
            method: "POST", scheme: "https", authority: "mfa.example", path: "/actors/press/inbox", query: query,
            fields: ["host": "mfa.example", "content-type": "application/activity+json"], body: Array(body.utf8))
    }

    static func signed(_ request: SignedRequest, at moment: Moment = now, standard: Bool = false) throws -> SignedRequest {
        var request = request
        let fields =
            standard
            ? try StandardSignature.fields(signing: request, with: keys.request, at: moment)
            : try CavageSignature.fields(signing: request, with: keys.request, at: moment)
        for field in fields { request.fields[field.name] = field.value }
        return request
    }

    static func verify(_ request: SignedRequest, actor: String = actor, at moment: Moment = now) throws {
        let signature = try RequestSignature(in: request)
        try signature.check(request, at: moment)
        try signature.verify(request, with: keys.remote, actor: actor)
    }

    @Test("What this node signs, it believes: draft-cavage-12 and RFC 9421", arguments: [false, true])
    func roundTrip(_ standard: Bool) throws {
        try Self.verify(try Self.signed(Self.request(), standard: standard))
        try Self.verify(try Self.signed(Self.request(query: "x=1"), standard: standard))
    }

    @Test("What was signed for one body, path or host does not count for another", arguments: [false, true])
    func nothingCanBeChanged(_ standard: Bool) throws {
        var request = try Self.signed(Self.request(), standard: standard)
        request.body = Array(#"{"a":2}"#.utf8)
        #expect(throws: SignatureFailure.wrongDigest) { try Self.verify(request) }
        request = try Self.signed(Self.request(), standard: standard)
        request.path = "/actors/legal/inbox"
        #expect(throws: SignatureFailure.wrongSignature) { try Self.verify(request) }
        request = try Self.signed(Self.request(), standard: standard)
        request.authority = "other.example"
        #expect(throws: SignatureFailure.self) { try Self.verify(request) }
    }

    @Test("No digest, no signature, only a date: none of them is taken")
    func tooLittle() throws {
        #expect(throws: SignatureFailure.missing) { try Self.verify(Self.request()) }
        var request = try Self.signed(Self.request())
        request.fields["digest"] = nil
        #expect(throws: SignatureFailure.noDigest) { try Self.verify(request) }
        request = try Self.signed(Self.request())
        request.fields["signature"] = request.fields["signature"]?.replacingOccurrences(
            of: "(request-target) host date digest", with: "date")
        #expect(throws: SignatureFailure.notCovered("(request-target)")) { try Self.verify(request) }
        request.fields["signature"] = request.fields["signature"]?.replacingOccurrences(
            of: "headers=\"date\"", with: "headers=\"(request-target) host date\"")
        #expect(throws: SignatureFailure.notCovered("digest")) { try Self.verify(request) }
    }

    @Test("A digest's name counts in whatever case it is written")
    func lowerCaseDigest() throws {
        let body = Array("abc".utf8)
        let value = Acts.Base64.encode(SHA256.hash(data: body))
        #expect(CavageSignature.isDigest("sha-256=\(value)", of: body))
        #expect(CavageSignature.isDigest("SHA-512=xyz, SHA-256=\(value)", of: body))
        #expect(!CavageSignature.isDigest("SHA-256=\(value),sha-256=\(value)", of: body))
        #expect(!CavageSignature.isDigest("SHA-512=\(value)", of: body))
    }

    @Test(
        "An hour old and five minutes ahead is the most",
        arguments: [(-3_599, true), (-3_602, false), (299, true), (302, false), (-172_800, false)]
    )
    func freshness(_ seconds: Int64, _ counts: Bool) throws {
        let moment = Moment(milliseconds: Self.now.milliseconds + seconds * 1000)
        for standard in [false, true] {
            let request = try Self.signed(Self.request(), at: moment, standard: standard)
            if counts { try Self.verify(request) } else { #expect(throws: SignatureFailure.self) { try Self.verify(request) } }
        }
    }

    @Test("The key must be the actor's own, not one of its host")
    func keyOfAnotherActor() throws {
        let request = try Self.signed(Self.request())
        #expect(throws: SignatureFailure.otherOwner(key: "\(Self.actor)#main-key", actor: "https://far.example/users/b")) {
            try Self.verify(request, actor: "https://far.example/users/b")
        }
    }

    @Test("A corrupt signature and another algorithm are refused")
    func corrupt() throws {
        var request = try Self.signed(Self.request())
        request.fields["signature"] = request.fields["signature"]?.replacingOccurrences(of: "rsa-sha256", with: "hmac-sha256")
        #expect(throws: SignatureFailure.unknownAlgorithm("hmac-sha256")) { try Self.verify(request) }
        request = try Self.signed(Self.request())
        request.fields["signature"] = request.fields["signature"]?.replacingOccurrences(of: "rsa-sha256", with: "hs2019")
        try Self.verify(request)
        request.fields["date"] = HTTPDate.text(Moment(milliseconds: Self.now.milliseconds + 1000))
        #expect(throws: SignatureFailure.wrongSignature) { try Self.verify(request) }
    }

    @Test("A request counts once")
    func replay() throws {
        let memory = ReplayMemory(limit: 2)
        let signature = try RequestSignature(in: try Self.signed(Self.request()))
        #expect(memory.take(signature, at: Self.now))
        #expect(!memory.take(signature, at: Self.now))
        let other = try RequestSignature(in: try Self.signed(Self.request("{}")))
        #expect(memory.take(other, at: Self.now))
        let third = try RequestSignature(in: try Self.signed(Self.request("[]")))
        #expect(!memory.take(third, at: Self.now), "a full memory takes nothing more")
        #expect(memory.take(third, at: Moment(milliseconds: Self.now.milliseconds + 4_000_000)))
    }

    @Test("Whatever stands in the field, it is refused or read and never more")
    func fuzz() {
        var lot = SystemRandomNumberGenerator()
        let seed = Array(#"keyId="https://a/b#c",algorithm="rsa-sha256",headers="(request-target) host",created=12,signature="aGk=""#.utf8)
        for _ in 0..<20_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...6, using: &lot) {
                let place = Int.random(in: 0..<bytes.count, using: &lot)
                switch Int.random(in: 0..<3, using: &lot) {
                case 0: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &lot)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &lot), at: place)
                }
            }
            _ = try? CavageSignature(field: String(decoding: bytes, as: UTF8.self))
        }
    }

    @Test(
        "Dates of HTTP (RFC 9110, 5.6.7)",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37.000Z"), ("Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00.000Z"),
            ("Thu, 26 Nov 2026 12:00:00 GMT", "2026-11-26T12:00:00.000Z"),
        ])
    func dates(_ text: String, _ moment: String) {
        #expect(HTTPDate.moment(text) == Moment(moment))
        #expect(Moment(moment).map(HTTPDate.text) == text)
        #expect(HTTPDate.moment(String(text.dropLast(3)) + "CET") == nil)
    }
}
