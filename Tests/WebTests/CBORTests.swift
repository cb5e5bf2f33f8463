import Crypto
import TestSupport
import Testing

@testable import Web

@Suite("CBOR as authenticators write it")
struct CBORTests {
    private func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex.filter { $0 != " " })
        return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
    }

    /// RFC 8949, Appendix A.
    @Test(
        "The examples of RFC 8949 are read",
        arguments: [
            ("00", CBOR(0)), ("17", CBOR(23)), ("1818", CBOR(24)), ("1903e8", CBOR(1000)), ("1a000f4240", CBOR(1_000_000)),
            ("1b000000e8d4a51000", CBOR(1_000_000_000_000)), ("1bffffffffffffffff", .unsigned(.max)), ("20", CBOR(-1)),
            ("3863", CBOR(-100)),
            ("3bffffffffffffffff", .negative(.max)), ("f4", .bool(false)), ("f5", .bool(true)), ("f6", .null), ("40", .bytes([])),
            ("4401020304", .bytes([1, 2, 3, 4])), ("6449455446", .text("IETF")), ("62c3bc", .text("ü")), ("80", .array([])),
            ("8301820203820405", .array([CBOR(1), .array([CBOR(2), CBOR(3)]), .array([CBOR(4), CBOR(5)])])),
            ("a201020304", .map([.init(key: CBOR(1), value: CBOR(2)), .init(key: CBOR(3), value: CBOR(4))])),
        ] as [(String, CBOR)])
    func examples(_ hex: String, _ value: CBOR) throws {
        #expect(try CBORReader.parse(bytes(hex)) == value)
        #expect(value.encoded == bytes(hex))
    }

    @Test(
        "What authenticators must not write is refused",
        arguments: [
            ("", "nothing"), ("1800", "a number longer than it must be"), ("190017", "a number longer than it must be"),
            ("1a0000ffff", "a number longer than it must be"), ("1b00000000ffffffff", "a number longer than it must be"),
            ("5f4101ff", "an indefinite string"), ("9f01ff", "an indefinite array"), ("bf6101ff", "an indefinite map"),
            ("c074323031332d30332d32315432303a30343a30305a", "a tag"), ("f90000", "a half"), ("fb3ff199999999999a", "a double"),
            ("f7", "undefined"),
            ("f820", "a simple value"), ("a20101 0102", "a key twice"), ("62c328", "broken UTF-8"), ("0000", "more after the end"),
            ("43 0102", "a string cut off"), ("8301", "an array cut off"), ("1c", "a reserved length"), ("ff", "a break"),
            ("9b7fffffffffffffff", "an array beyond measure"), ("5b7fffffffffffffff", "a string beyond measure"),
            ("bbffffffffffffffff", "a map beyond measure"),
        ])
    func refused(_ hex: String, _ what: Comment) {
        #expect(throws: CBORError.self, what) { try CBORReader.parse(bytes(hex)) }
    }

    @Test("Nesting and numbers of values are bounded")
    func bounds() {
        #expect(throws: CBORError.self) { try CBORReader.parse(Array(repeating: 0x81, count: 9) + [0x00]) }
        #expect(throws: Never.self) { try CBORReader.parse(Array(repeating: 0x81, count: 8) + [0x00]) }
        #expect(throws: CBORError.self) { try CBORReader.parse([0x19, 0x0F] + Array(repeating: 0, count: 70_000)) }
        #expect(throws: CBORError.self) { try CBORReader.parse([0x99, 0x0B, 0xB8] + Array(repeating: 0, count: 3_000)) }
    }

    @Test("Any bytes are read or refused, and what is read is written back as it was")
    func fuzz() {
        let seed = UInt64.random(in: .min ... .max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let input = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            if let value = try? CBORReader.parse(input) { #expect(value.encoded == input, "seed \(seed)") }
        }
    }

    @Test("Every change of a byte of a registration is refused or changes nothing that matters")
    func mutatedAttestation() throws {
        let authenticator = VirtualAuthenticator()
        let honest = try authenticator.attestationObject()
        let challenge: [UInt8] = Array(repeating: 7, count: 32)
        let client = authenticator.clientData("webauthn.create", challenge)
        let party = RelyingParty(id: "localhost", origins: ["http://localhost"])
        for place in honest.indices {
            var changed = honest
            changed[place] ^= 0x01
            _ = PasskeyVerification.register(clientDataJSON: client, attestationObject: changed, challenge: challenge, for: party)
            _ = PasskeyVerification.register(
                clientDataJSON: client, attestationObject: Array(honest.prefix(place)), challenge: challenge, for: party)
        }
    }
}
