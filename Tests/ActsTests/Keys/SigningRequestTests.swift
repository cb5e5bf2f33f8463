import Crypto
import Testing

@testable import Acts

/// An act goes out to be signed and comes back signed; nothing about it can change on the way unseen.
@Suite("Signing away from the node")
struct SigningRequestTests {
    static func draft() -> ActDraft {
        let act = TreatyParticipation(
            treaty: "IV-11", actor: ActorCode(rawValue: "FRA")!, action: .ratification, date: CalendarDate("2026-03-04")!)
        return ActDraft(
            act, dossier: "treaties/IV-11", office: "depositary", author: "p-1", effective: CalendarDate("2026-03-04"),
            marking: .restricted(.init(audience: ["b", "a"], label: "TLP:AMBER")),
            references: [Reference(3), Reference(4, origin: "x.example/record")],
            request: "r-1")
    }

    @Test("A request read back is the request, and its statement signs to the same digest")
    func comesBackWhole() throws {
        let request = try SigningRequest(Self.draft(), node: "https://treaties.example.org")
        let file = try request.file()
        let back = try SigningRequest(file: file)
        #expect(back == request)
        #expect(back.digest == Self.draftDigest(request))
        #expect(back.statement.json.canonicalBytes == back.statement.canonicalBytes)
        #expect(back.draft(signatures: []).statement == request.statement)
    }

    private static func draftDigest(_ request: SigningRequest) -> [UInt8] {
        Array(SHA256.hash(data: Array("chancery act v1\n".utf8) + request.statement.canonicalBytes))
    }

    @Test("A changed payload, salt, statement or digest is refused", arguments: ["payload", "salt", "statement", "digest", "format"])
    func refusesChanges(member: String) throws {
        var object = try #require(try JSONParser.parse(SigningRequest(Self.draft()).file()).object)
        switch member {
        case "payload": object["payload"] = ["treaty": "IV-11", "actor": "DEU", "action": "ratification", "date": "2026-03-04"]
        case "salt": object["salt"] = .string(Base64.encode([UInt8](repeating: 7, count: 32)))
        case "statement":
            var statement = try #require(object["statement"]?.object)
            statement["office"] = "another"
            object["statement"] = .object(statement)
        case "digest": object["digest"] = .string(Base64.encode([UInt8](repeating: 7, count: 32)))
        default: object["format"] = "chancery-signing-request/2"
        }
        #expect(throws: MalformedAct.self) { try SigningRequest(file: JSON.object(object).canonicalBytes) }
    }

    @Test("Any byte changed is refused or changes nothing that is signed")
    func anyByteChanged() throws {
        let request = try SigningRequest(Self.draft())
        let file = try request.file()
        for index in file.indices {
            var changed = file
            changed[index] ^= 0x11
            if let read = try? SigningRequest(file: changed) {
                #expect(read.digest == request.digest && read.payload == request.payload, "byte \(index)")
            }
        }
    }

    @Test("A signature file holds its key's signature, and is refused when any part is another's")
    func signatureFiles() throws {
        let request = try SigningRequest(Self.draft())
        let secret = P256.Signing.PrivateKey()
        let key = try #require(PublicKey(algorithm: .p256, bytes: Array(secret.publicKey.x963Representation)))
        let bytes = Array(try secret.signature(for: request.digest).derRepresentation)
        let signature = ActSignature(key: key.identifier, algorithm: .p256, signature: bytes)
        let file = try SignatureFile(digest: request.digest, key: key, signature: signature)
        let back = try SignatureFile(file: file.file)
        #expect(back == file)
        try request.statement.check([back.signature]) { $0 == key.identifier ? key : nil }
        #expect(throws: MalformedAct.self) {
            try SignatureFile(digest: [UInt8](repeating: 1, count: 32), key: key, signature: signature)
        }
        let other = try #require(PublicKey(algorithm: .p256, bytes: Array(P256.Signing.PrivateKey().publicKey.x963Representation)))
        #expect(throws: MalformedAct.self) { try SignatureFile(digest: request.digest, key: other, signature: signature) }
        for index in file.file.indices {
            var changed = file.file
            changed[index] ^= 0x01
            if let read = try? SignatureFile(file: changed) { #expect(read.digest == file.digest, "byte \(index)") }
        }
    }
}
