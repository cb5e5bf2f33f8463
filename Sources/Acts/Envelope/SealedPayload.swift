import Crypto
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A payload in canonical form with the random salt that its commitment hides it behind.
///
/// The entry's leaf holds only the commitment, SHA-256(salt || payload): the leaf can be public while the payload is not, and
/// the payload can be erased while the log still verifies. Without the salt, a short payload could be guessed from its hash.
public struct SealedPayload: Hashable, Sendable {
    /// Bytes in a salt.
    public static let saltLength = 32

    /// 32 random bytes.
    public let salt: [UInt8]
    /// The payload, canonical JSON (RFC 8785), UTF-8.
    public let bytes: [UInt8]
    /// SHA-256(salt || bytes), 32 bytes.
    public let commitment: [UInt8]

    public init(salt: [UInt8], bytes: [UInt8]) {
        self.salt = salt
        self.bytes = bytes
        self.commitment = SealedPayload.commitment(salt: salt, bytes: bytes)
    }

    /// Seals a payload under a fresh random salt.
    public init(_ payload: JSON) {
        self.init(salt: SealedPayload.freshSalt(), bytes: payload.canonicalBytes)
    }

    public init(_ payload: some Payload) {
        self.init(payload.json)
    }

    /// 32 random bytes from the system. On Linux by one call, where Swift's generator would make four; every act needs one.
    private static func freshSalt() -> [UInt8] {
        var salt = [UInt8](repeating: 0, count: saltLength)
        #if os(Linux)
            if getentropy(&salt, saltLength) == 0 { return salt }
        #endif
        var generator = SystemRandomNumberGenerator()
        for index in salt.indices { salt[index] = generator.next() }
        return salt
    }

    public static func commitment(salt: [UInt8], bytes: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        salt.withUnsafeBytes { hash.update(bufferPointer: $0) }
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return Array(hash.finalize())
    }

    /// The payload as a value.
    public func json() throws(MalformedAct) -> JSON {
        if let last = Self.last.withLock({ $0 }), last.bytes == bytes { return last.json }
        let json: JSON
        do {
            json = try JSONParser.parse(bytes)
        } catch {
            throw MalformedAct(place: "payload", reason: error.description)
        }
        Self.last.withLock { $0 = (bytes, json) }
        return json
    }

    /// What was read last: an entry goes from view to view, and each reads its payload.
    private static let last = Mutex<(bytes: [UInt8], json: JSON)?>(nil)
}
