/// Where notifications to a State or organization are sent. A later act on the same actor replaces the earlier.
public struct TreatyContactPoint: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.contact-point")
    public var actor: ActorCode
    /// Such as "Permanent Mission to the United Nations", as the actor wants to be addressed.
    public var name: String?
    /// Addresses of electronic mail; none: notifications are given by other means.
    public var addresses: [String]
    /// The tag of the language wanted, `en` or `fr`; `nil`: both.
    public var language: String?

    public init(actor: ActorCode, name: String? = nil, addresses: [String], language: String? = nil) {
        self.actor = actor
        self.name = name
        self.addresses = addresses
        self.language = language
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        actor = try reader.actor("actor")
        name = try reader.optionalString("name")
        addresses = try reader.strings("addresses")
        language = try reader.optionalString("language")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["actor": .string(actor.rawValue), "addresses": .array(addresses.map(JSON.string))]
        object["name"] = name.map(JSON.string)
        object["language"] = language.map(JSON.string)
        return .object(object)
    }
}
