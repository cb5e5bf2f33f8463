import Acts
import Crypto
import Foundation
import Testing

@testable import Press

@Suite("Messages to browsers")
struct PushMessageTests {
    private func bytes(_ text: String) throws -> [UInt8] { try #require(Acts.Base64.decodeFromAddress(text)) }

    @Test("RFC 8291, Appendix A: the same words, keys and salt give the same message")
    func vector() throws {
        let own = try P256.KeyAgreement.PrivateKey(rawRepresentation: try bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
        let message = try PushMessage.encrypted(
            Array("When I grow up, I want to be a watermelon".utf8),
            to: try bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            secret: try bytes("BTBZMqHH6r4Tts7J_aSIgg"), salt: try bytes("DGv6ra1nlYgDCS1FRnbzlw"), own: own)
        let expected =
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6"
            + "cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        #expect(Acts.Base64.encodeForAddress(message) == expected)
    }

    @Test("A key that is no point, a secret of another length and a message too long are refused")
    func refused() throws {
        let good = Array(P256.KeyAgreement.PrivateKey().publicKey.x963Representation)
        let secret = [UInt8](repeating: 1, count: 16)
        #expect(throws: PushMessage.Fault.self) {
            try PushMessage.encrypted([1], to: [4] + [UInt8](repeating: 9, count: 64), secret: secret)
        }
        #expect(throws: PushMessage.Fault.self) { try PushMessage.encrypted([1], to: good, secret: [1]) }
        #expect(throws: PushMessage.Fault.self) {
            try PushMessage.encrypted([UInt8](repeating: 0, count: PushMessage.longest + 1), to: good, secret: secret)
        }
        #expect(try PushMessage.encrypted([UInt8](repeating: 0, count: PushMessage.longest), to: good, secret: secret).count <= 4_096)
    }

    @Test("The node's key is made once and kept, for its owner alone")
    func key() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "chancery-push-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try PushKey(folder: folder).publicKey()
        #expect(try PushKey(folder: folder).publicKey() == first)
        let path = folder.appending(path: "push.p256").path(percentEncoded: false)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        try Data("nothing\n".utf8).write(to: folder.appending(path: "push.p256"))
        #expect(throws: PushKey.Problem.self) { try PushKey(folder: folder).publicKey() }
    }
}
