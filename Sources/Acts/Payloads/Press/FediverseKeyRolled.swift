/// An office of this node got new keys on the fediverse: one of RSA for its requests, one of Ed25519 for its proofs. The ones before them go on
/// counting for a while, since other servers keep keys that they have seen.
public struct FediverseKeyRolled: Payload, Hashable {
    public static let kind = ActKind(known: "press.fediverse-key-rolled")
    public var office: String
    /// The new pair's name: the first 16 hexadecimal digits of the SHA-256 of its RSA public key in PEM.
    public var key: String
    /// The RSA public key, in PEM (SubjectPublicKeyInfo).
    public var publicKey: String
    /// The Ed25519 public key, as a Multikey.
    public var multikey: String
    /// Until when the keys before it are published and signed with, in POSIX milliseconds; `nil`: they count no more, such as stolen ones.
    public var overlapUntil: Int64?

    public init(office: String, key: String, publicKey: String, multikey: String, overlapUntil: Int64?) {
        self.office = office
        self.key = key
        self.publicKey = publicKey
        self.multikey = multikey
        self.overlapUntil = overlapUntil
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        office = try reader.string("office")
        key = try reader.string("key")
        publicKey = try reader.string("publicKey")
        multikey = try reader.string("multikey")
        overlapUntil = try reader.optionalInteger("overlapUntil")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "office": .string(office), "key": .string(key), "publicKey": .string(publicKey), "multikey": .string(multikey),
        ]
        object["overlapUntil"] = overlapUntil.map(JSON.integer)
        return .object(object)
    }
}
