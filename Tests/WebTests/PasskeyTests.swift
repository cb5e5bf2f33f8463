import Acts
import Crypto
import Testing

@testable import Web

@Suite("Passkeys")
struct PasskeyTests {
    let party = RelyingParty(id: "localhost", origins: ["http://localhost"])
    let challenge = RandomIdentifier.bytes(32)

    static let keys: [VirtualAuthenticator.Key] = [.p256(.init()), .ed25519(.init())]

    @Test("An answer by the right key over the right challenge is believed, for P-256 and Ed25519", arguments: [0, 1])
    func good(_ index: Int) throws {
        let authenticator = VirtualAuthenticator(PasskeyTests.keys[index])
        let (assertion, signature) = try authenticator.assertion(challenge)
        let verdict = PasskeyVerification.verify(
            assertion, signature: signature, by: try #require(authenticator.publicKey), challenge: challenge, for: party)
        #expect(throws: Never.self) { try verdict.get() }
    }

    private func failure(
        _ change: (inout VirtualAuthenticator) -> Void = { _ in }, type: String = "webauthn.get", challenge given: [UInt8]? = nil,
        key: PublicKey? = nil, spoil: (inout ActSignature.PasskeyAssertion, inout [UInt8]) -> Void = { _, _ in }
    ) throws -> PasskeyFailure? {
        var authenticator = VirtualAuthenticator()
        change(&authenticator)
        var (assertion, signature) = try authenticator.assertion(given ?? challenge, type: type)
        spoil(&assertion, &signature)
        let verdict = PasskeyVerification.verify(
            assertion, signature: signature, by: try key ?? #require(authenticator.publicKey), challenge: challenge, for: party)
        guard case .failure(let failure) = verdict else { return nil }
        return failure
    }

    @Test("Each step of WebAuthn Level 2, 7.2 that does not hold is named")
    func everyStep() throws {
        #expect(try failure(type: "webauthn.create") == .wrongType("webauthn.create"))
        #expect(try failure(challenge: Array(repeating: 0, count: 32)) == .wrongChallenge)
        #expect(try failure({ $0.origin = "http://localhost:8080" }) == .wrongOrigin("http://localhost:8080"))
        #expect(try failure({ $0.origin = "https://localhost" }) == .wrongOrigin("https://localhost"))
        #expect(try failure({ $0.origin = "http://localhost.evil.example" }) == .wrongOrigin("http://localhost.evil.example"))
        #expect(try failure({ $0.crossOrigin = true }) == .crossOrigin)
        #expect(try failure({ $0.relyingParty = "evil.example" }) == .wrongRelyingParty)
        #expect(try failure({ $0.flags = 0x04 }) == .userNotPresent)
        #expect(try failure({ $0.flags = 0x01 }) == .userNotVerified)
        #expect(try failure(key: VirtualAuthenticator().publicKey) == .badSignature)
        #expect(try failure(spoil: { _, signature in signature = [] }) == .badSignature)
        #expect(try failure(spoil: { assertion, _ in assertion.authenticatorData[36] ^= 1 }) == .badSignature)
    }

    @Test("Data that is not of its form is malformed, not a crash")
    func malformed() throws {
        func isMalformed(_ failure: PasskeyFailure?) -> Bool {
            if case .malformed? = failure { true } else { false }
        }
        #expect(isMalformed(try failure(spoil: { assertion, _ in assertion.authenticatorData = [] })))
        #expect(isMalformed(try failure(spoil: { assertion, _ in assertion.authenticatorData.append(0) })))
        #expect(isMalformed(try failure(spoil: { assertion, _ in assertion.clientDataJSON = Array("{}".utf8) })))
        #expect(isMalformed(try failure(spoil: { assertion, _ in assertion.clientDataJSON = Array("[".utf8) })))
        #expect(isMalformed(try failure(spoil: { assertion, _ in assertion.clientDataJSON = [0xFF] })))
        #expect(isMalformed(try failure({ $0.flags = 0x05 | 0x80 })))
        #expect(isMalformed(try failure({ $0.flags = 0x05 | 0x40 })))
    }

    @Test("A registration gives the key and its name, without attestation or with its own", arguments: [0, 1], [false, true])
    func registration(_ index: Int, _ selfSigned: Bool) throws {
        let authenticator = VirtualAuthenticator(PasskeyTests.keys[index])
        let client = authenticator.clientData("webauthn.create", challenge)
        let registration = try PasskeyVerification.register(
            clientDataJSON: client, attestationObject: try authenticator.attestationObject(selfSigned: selfSigned ? client : nil),
            challenge: challenge, for: party
        ).get()
        #expect(registration.publicKey == authenticator.publicKey)
        #expect(registration.credential == authenticator.credential)
    }

    @Test("A registration is refused for another page, another challenge, a key that was not asked for, or a false attestation")
    func refusedRegistration() throws {
        func failure(
            _ change: (inout VirtualAuthenticator) -> Void = { _ in }, type: String = "webauthn.create",
            object: (VirtualAuthenticator) throws -> [UInt8] = { try $0.attestationObject() }
        ) throws -> PasskeyFailure? {
            var authenticator = VirtualAuthenticator()
            change(&authenticator)
            let outcome = PasskeyVerification.register(
                clientDataJSON: authenticator.clientData(type, challenge), attestationObject: try object(authenticator),
                challenge: challenge, for: party)
            guard case .failure(let failure) = outcome else { return nil }
            return failure
        }
        #expect(try failure(type: "webauthn.get") == .wrongType("webauthn.get"))
        #expect(try failure({ $0.origin = "https://evil.example" }) == .wrongOrigin("https://evil.example"))
        #expect(try failure({ $0.relyingParty = "evil.example" }) == .wrongRelyingParty)
        #expect(try failure({ $0.flags = 0x01 }) == .userNotVerified)
        #expect(
            try failure(object: { authenticator in
                CBOR.map([
                    .init(key: .text("fmt"), value: .text("none")), .init(key: .text("attStmt"), value: .map([])),
                    .init(key: .text("authData"), value: .bytes(authenticator.authenticatorData(withCredential: false))),
                ]).encoded
            }) == .noCredential)
        #expect(try failure(object: { try $0.attestationObject(selfSigned: [1, 2, 3]) }) == .badAttestation)
        #expect(
            try failure(object: { authenticator in
                CBOR.map([
                    .init(key: .text("fmt"), value: .text("fido-u2f")), .init(key: .text("attStmt"), value: .map([])),
                    .init(key: .text("authData"), value: .bytes(authenticator.authenticatorData(withCredential: true))),
                ]).encoded
            }) == .badAttestation)
    }

    @Test("Keys of other algorithms and points off the curve are refused")
    func keys() throws {
        func key(_ pairs: [(Int64, CBOR)]) -> CBOR { .map(pairs.map { .init(key: CBOR($0.0), value: $0.1) }) }
        let zero = CBOR.bytes(Array(repeating: 0, count: 32))
        #expect(throws: PasskeyFailure.unsupportedAlgorithm) {
            try COSEKey.publicKey(key([(1, CBOR(2)), (3, CBOR(-35)), (-1, CBOR(2)), (-2, zero), (-3, zero)]))
        }
        #expect(throws: PasskeyFailure.self) {
            try COSEKey.publicKey(
                key([(1, CBOR(2)), (3, CBOR(-7)), (-1, CBOR(1)), (-2, zero), (-3, .bytes(Array(repeating: 1, count: 32)))]))
        }
        #expect(throws: PasskeyFailure.self) { try COSEKey.publicKey(.map([])) }
        #expect(throws: PasskeyFailure.self) { try COSEKey.publicKey(.null) }
    }

    @Test("A challenge is good once, for its purpose, on this node, for five minutes")
    func challenges() throws {
        let challenges = Challenges(key: SymmetricKey(size: .bits256))
        let now = Moment(milliseconds: 1_000_000)
        let one = challenges.make(.signIn, now: now)
        #expect(!challenges.take(one, .registration(session: "x"), now: now))
        #expect(challenges.take(one, .signIn, now: now))
        #expect(!challenges.take(one, .signIn, now: now))
        let late = challenges.make(.signIn, now: now)
        #expect(!challenges.take(late, .signIn, now: now.adding(milliseconds: Challenges.lifetime)))
        let foreign = Challenges(key: SymmetricKey(size: .bits256)).make(.signIn, now: now)
        #expect(!challenges.take(foreign, .signIn, now: now))
        var longer = challenges.make(.signIn, now: now)
        longer[28] ^= 1
        #expect(!challenges.take(longer, .signIn, now: now))
        #expect(!challenges.take([], .signIn, now: now))
        let ofSession = challenges.make(.registration(session: "a"), now: now)
        #expect(!challenges.take(ofSession, .registration(session: "b"), now: now))
        #expect(challenges.take(ofSession, .registration(session: "a"), now: now))
    }
}
