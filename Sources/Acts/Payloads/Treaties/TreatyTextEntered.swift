public import Ledger

/// A version of an instrument's text in one language was entered. The text itself is a blob, named by its SHA-256.
public struct TreatyTextEntered: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.text-entered")
    /// Akoma Ntoso 3.0 (OASIS, "Naming Convention", 8; registered as application/akn+xml).
    public static let akomaNtoso = "application/akn+xml"

    public var treaty: String
    /// The language's tag (BCP 47).
    public var language: String
    /// The version's number in that language, from 1.
    public var version: Int64
    /// What the version is called: "Draft of 3 March 2026", "Text as adopted".
    public var label: String
    /// SHA-256 of the blob, the bytes that were adopted, signed and registered.
    public var sha256: Hash
    public var mediaType: String
    /// Equally authentic (VCLT art. 33(1)), or a translation.
    public var isAuthentic: Bool
    /// How many provisions the text has.
    public var provisions: Int64
    /// The act that effected the correction by which it came, where the text was authenticated before (VCLT art. 79).
    public var correction: Int64?
    /// Where the text comes from.
    public var source: String?

    public init(
        treaty: String, language: String, version: Int64, label: String, sha256: Hash, mediaType: String = Self.akomaNtoso,
        isAuthentic: Bool, provisions: Int64, correction: Int64? = nil, source: String? = nil
    ) {
        self.treaty = treaty
        self.language = language
        self.version = version
        self.label = label
        self.sha256 = sha256
        self.mediaType = mediaType
        self.isAuthentic = isAuthentic
        self.provisions = provisions
        self.correction = correction
        self.source = source
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        treaty = try reader.string("treaty")
        language = try reader.string("language")
        version = try reader.integer("version")
        label = try reader.string("label")
        sha256 = try reader.hash("sha256")
        mediaType = try reader.string("mediaType")
        isAuthentic = try reader.optionalBool("authentic") ?? false
        provisions = try reader.integer("provisions")
        correction = try reader.optionalInteger("correction")
        source = try reader.optionalString("source")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "treaty": .string(treaty), "language": .string(language), "version": .integer(version), "label": .string(label),
            "sha256": .string(sha256.hexadecimal), "mediaType": .string(mediaType), "authentic": .bool(isAuthentic),
            "provisions": .integer(provisions),
        ]
        object["correction"] = correction.map(JSON.integer)
        object["source"] = source.map(JSON.string)
        return .object(object)
    }
}

extension ObjectReader {
    /// A SHA-256 in 64 hexadecimal digits.
    mutating func hash(_ name: String) throws(MalformedAct) -> Hash {
        let text = try string(name)
        guard let hash = Hash(hexadecimal: text) else {
            throw MalformedAct(place: "\(place).\(name)", reason: "should be a SHA-256 in 64 hexadecimal digits")
        }
        return hash
    }

    /// An object of SHA-256 values by language tag.
    mutating func hashes(_ name: String) throws(MalformedAct) -> [String: Hash] {
        var hashes: [String: Hash] = [:]
        for (language, text) in try texts(name) {
            guard let hash = Hash(hexadecimal: text) else {
                throw MalformedAct(place: "\(place).\(name).\(language)", reason: "should be a SHA-256 in 64 hexadecimal digits")
            }
            hashes[language] = hash
        }
        return hashes
    }
}
