/// The record was cut: this node had signed a checkpoint that it no longer has the entries of, and goes on from less.
public struct HistoryLossAccepted: Payload, Hashable {
    public static let kind = ActKind(known: "record.history-loss-accepted")
    /// Entries the lost checkpoint covered; `nil` where not even that is known.
    public var signedSize: Int64?
    /// The root it gave, 32 bytes.
    public var signedRoot: [UInt8]?
    /// What happened.
    public var ground: String

    public init(signedSize: Int64?, signedRoot: [UInt8]?, ground: String) {
        self.signedSize = signedSize
        self.signedRoot = signedRoot
        self.ground = ground
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        signedSize = try reader.optionalInteger("signedSize")
        if let text = try reader.optionalString("signedRoot") {
            guard let root = Base64.decode(text), root.count == 32 else {
                throw MalformedAct(place: "payload.signedRoot", reason: "should be 32 bytes in base64")
            }
            signedRoot = root
        }
        ground = try reader.string("ground")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["ground": .string(ground)]
        object["signedSize"] = signedSize.map(JSON.integer)
        object["signedRoot"] = signedRoot.map { .string(Base64.encode($0)) }
        return .object(object)
    }
}
