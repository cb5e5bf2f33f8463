import Acts
import Crypto
import Foundation
import TestSupport
import Testing

@testable import Federation

@Suite("Signed messages between nodes")
struct MessageSignatureTests {
    /// RFC 9421, B.1.4: the public half of the RFC's Ed25519 test key.
    static let testKey = "JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="

    static let now = Moment(milliseconds: 1_800_000_000_000)
    static let node = NodeName("mfa.example.org")!

    static func key() -> NodeKey { NodeKey(Curve25519.Signing.PrivateKey(), validity: KeyValidity(from: Moment(milliseconds: 0))) }

    static func request(_ fields: [(name: String, value: String)] = [], path: String = "/exchange/messages") -> MessageSignature.Request {
        var all = ["content-type": "application/json"]
        for (name, value) in fields { all[name] = value }
        return MessageSignature.Request(method: "POST", authority: "depositary.example.org", path: path, fields: all)
    }

    @Test("The RFC's own Ed25519 example verifies (RFC 9421, B.2.6)")
    func rfcExample() throws {
        let request = MessageSignature.Request(
            method: "POST", authority: "example.com", path: "/foo", query: "?param=Value&Pet=dog",
            fields: [
                "date": "Tue, 20 Apr 2021 02:07:55 GMT", "content-type": "application/json", "content-length": "18",
                "signature-input":
                    "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
                    + ";created=1618884473;keyid=\"test-key-ed25519\"",
                "signature":
                    "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
            ])
        let signature = try MessageSignature(in: request)
        #expect(signature.created == 1_618_884_473)
        #expect(signature.keyID == "test-key-ed25519")
        let key = try #require(NodePublicKey(Base64.decode(Self.testKey) ?? []))
        let base = try MessageSignature.base(of: signature.components, parameters: signature.parameters, in: request)
        #expect(key.isValid(signature.signature, of: base))
        var other = request
        other.method = "PUT"
        #expect(
            !key.isValid(
                signature.signature, of: try MessageSignature.base(of: signature.components, parameters: signature.parameters, in: other)))
    }

    @Test("A message signed by this program is read back, and its signer found")
    func roundTrip() throws {
        let key = Self.key()
        let body = Array("{}".utf8)
        let fields = try MessageSignature.fields(signing: Self.request(), body: body, as: Self.node, with: key, at: Self.now, nonce: "abc")
        let request = Self.request(fields)
        let signature = try MessageSignature(in: request)
        #expect(signature.nonce == "abc")
        let signer = try signature.verify(request, body: body, at: Self.now) { node, id in
            node == Self.node && id == key.publicKey.id ? key.publicKey : nil
        }
        #expect(signer == Self.node)
    }

    @Test("What was signed for another time, place, body or purpose is refused (RFC 9421, 3.2)")
    func refusals() throws {
        let key = Self.key()
        let body = Array("{}".utf8)
        let fields = try MessageSignature.fields(signing: Self.request(), body: body, as: Self.node, with: key, at: Self.now, nonce: "abc")
        func failure(
            _ request: MessageSignature.Request, _ body: [UInt8], after seconds: Int64 = 0, knows: Bool = true
        ) -> MessageSignature.Failure? {
            do {
                let signature = try MessageSignature(in: request)
                _ = try signature.verify(request, body: body, at: Moment(milliseconds: Self.now.milliseconds + seconds * 1000)) { _, _ in
                    knows ? key.publicKey : nil
                }
                return nil
            } catch {
                return error as? MessageSignature.Failure
            }
        }
        let good = Self.request(fields)
        #expect(failure(good, body) == nil)
        #expect(failure(good, body, after: 300) == nil)
        #expect(failure(good, body, after: 301) == .tooOld(seconds: 301))
        #expect(failure(good, body, after: -61) == .fromTheFuture(seconds: 61))
        #expect(failure(good, Array("{ }".utf8)) == .wrongDigest)
        #expect(failure(Self.request(fields, path: "/elsewhere"), body) == .wrongSignature)
        #expect(failure(Self.request(), body) == .missing)
        #expect(failure(good, body, knows: false) == .unknownKey("did:web:mfa.example.org#\(key.publicKey.id)"))
        var queried = good
        queried.query = "?x=1"
        #expect(failure(queried, body) == .notCovered("@query"))
        var doubled = good
        doubled.fields["content-type"] = "application/json, text/plain"
        #expect(failure(doubled, body) == .wrongSignature)
    }

    @Test(
        "Fields that are not of the form are refused, never misread (RFC 9651)",
        arguments: [
            "", "node", "node=", "node=(", "node=()", "node=(\"@method\"", "node=(\"@method\" ", "node=(\"@method\";sf)", "node=(@method)",
            "node=(\"@method\");created=\"x\"", "node=(\"@method\");created=1;created=2;keyid=\"k\"",
            "node=(\"a\\x\");created=1;keyid=\"k\"",
            "Node=(\"@method\");created=1;keyid=\"k\"", "node=(\"@method\");created=99999999999999999999;keyid=\"k\"",
            "a=(\"@method\");created=1;keyid=\"k\",a=(\"@method\");created=1;keyid=\"k\"",
        ])
    func malformed(input: String) {
        var request = Self.request()
        request.fields["signature-input"] = input
        request.fields["signature"] = "node=:AAAA:, a=:AAAA:"
        #expect(throws: MessageSignature.Failure.self) { try MessageSignature(in: request) }
    }

    @Test("Ten thousand garbled fields end in an answer, never in a crash")
    func fuzz() {
        var generator = SeededGenerator(seed: 9_421)
        let good = Array(
            "node=(\"@method\" \"@path\" \"content-digest\");created=1800000000;nonce=\"abc\";keyid=\"did:web:a#b\";alg=\"ed25519\"".utf8)
        var read = 0
        for _ in 0..<10_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &generator), at: place)
                }
            }
            var request = Self.request()
            request.fields["signature-input"] = String(decoding: bytes, as: UTF8.self)
            request.fields["signature"] = "node=:AAAA:"
            if let signature = try? MessageSignature(in: request) {
                read += 1
                #expect(signature.parameters.utf8.count <= bytes.count)
            }
        }
        #expect(read > 0)
    }

    @Test("A nonce is taken once, and again only when its message would be too old anyway")
    func nonces() {
        let memory = OwnNonces(limit: 3)
        #expect(memory.take("a", of: Self.node, at: Self.now))
        #expect(!memory.take("a", of: Self.node, at: Self.now))
        #expect(memory.take("b", of: Self.node, at: Self.now))
        #expect(memory.take("c", of: Self.node, at: Self.now))
        // Full: nothing is forgotten before its time.
        #expect(!memory.take("d", of: Self.node, at: Self.now))
        let later = Moment(milliseconds: Self.now.milliseconds + MessageSignature.oldest + MessageSignature.youngest + 1)
        #expect(memory.take("a", of: Self.node, at: later))
    }
}
