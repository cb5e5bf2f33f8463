import Crypto

/// A statement was released: everybody may read it, and it stays. A correction is a further release of the same statement.
public struct StatementReleased: Payload, Hashable {
    public static let kind = ActKind(known: "press.released")
    /// The statement's identifier: the code of its first version in small letters, `7k3m-92qd`.
    public var statement: String
    /// From 1.
    public var version: Int64
    /// What is printed on every rendering and typed by whoever asks whether it is genuine: eight characters worked out from
    /// everything else that the act says, `7K3M-92QD`.
    public var code: String
    /// The draft's first entry in the node's record.
    public var draft: Int64
    /// The office that speaks.
    public var office: String
    /// Its name at the time, by language tag.
    public var officeName: [String: String]
    /// Who held it at the time, by language tag.
    public var holder: [String: String]
    public var content: StatementContent
    /// The code of the version that this one corrects.
    public var corrects: String?
    /// What the correction changes, by language tag.
    public var correction: [String: String]
    /// With whom it was made; `nil`: the office speaks alone.
    public var joint: JointRelease?

    /// - Parameter statement: the identifier of the statement whose next version this is; `nil` for a first version.
    public init(
        statement: String? = nil, version: Int64 = 1, draft: Int64, office: String, officeName: [String: String],
        holder: [String: String] = [:], content: StatementContent, corrects: String? = nil, correction: [String: String] = [:],
        joint: JointRelease? = nil
    ) {
        self.statement = statement ?? ""
        self.version = version
        code = ""
        self.draft = draft
        self.office = office
        self.officeName = officeName
        self.holder = holder
        self.content = content
        self.corrects = corrects
        self.correction = correction
        self.joint = joint
        code = StatementCode.code(of: unmarked)
        if statement == nil { self.statement = code.lowercased() }
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        statement = try reader.string("statement")
        version = try reader.integer("version")
        code = try reader.string("code")
        draft = try reader.integer("draft")
        office = try reader.string("office")
        officeName = try reader.texts("officeName")
        holder = try reader.value("holder") == nil ? [:] : reader.texts("holder")
        content = try StatementContent(json: try reader.required("content"), at: "payload.content")
        corrects = try reader.optionalString("corrects")
        correction = try reader.value("correction") == nil ? [:] : reader.texts("correction")
        joint = try reader.value("joint").map { value throws(MalformedAct) in try JointRelease(json: value, at: "payload.joint") }
        try reader.finish()
        guard version >= 1 else { throw MalformedAct(place: "payload.version", reason: "should be 1 or more") }
        guard hasItsOwnCode else { throw MalformedAct(place: "payload.code", reason: "is not the code of what the act says") }
    }

    /// Whether the code is the one worked out from everything else, and the identifier of a first version its code.
    public var hasItsOwnCode: Bool {
        code == StatementCode.code(of: unmarked) && (version > 1 || statement == code.lowercased())
    }

    /// What the code is worked out from.
    private var unmarked: JSON {
        guard case .object(var object) = json else { return json }
        object["code"] = nil
        if version == 1 { object["statement"] = nil }
        return .object(object)
    }

    public var json: JSON {
        var object: JSONObject = [
            "statement": .string(statement), "version": .integer(version), "code": .string(code), "draft": .integer(draft),
            "office": .string(office), "officeName": JSON(texts: officeName), "content": content.json,
        ]
        if !holder.isEmpty { object["holder"] = JSON(texts: holder) }
        object["corrects"] = corrects.map(JSON.string)
        if !correction.isEmpty { object["correction"] = JSON(texts: correction) }
        object["joint"] = joint?.json
        return .object(object)
    }
}

/// A statement was taken back. It stays readable, as withdrawn.
public struct StatementWithdrawn: Payload, Hashable {
    public static let kind = ActKind(known: "press.withdrawn")
    public var statement: String
    /// Why, by language tag.
    public var reason: [String: String]
    /// With whom it was taken back; `nil`: the office did so alone.
    public var joint: JointRelease?

    public init(statement: String, reason: [String: String], joint: JointRelease? = nil) {
        self.statement = statement
        self.reason = reason
        self.joint = joint
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        statement = try reader.string("statement")
        reason = try reader.texts("reason")
        joint = try reader.value("joint").map { value throws(MalformedAct) in try JointRelease(json: value, at: "payload.joint") }
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = ["statement": .string(statement), "reason": JSON(texts: reason)]
        object["joint"] = joint?.json
        return .object(object)
    }
}

/// The short code of a statement's version: 40 bits of a digest, in letters and digits that are not taken for one another.
public enum StatementCode {
    /// Crockford's base 32: without I, L, O and U.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// The first 40 bits of SHA-256("chancery statement v1" LF || canonical JSON), as `7K3M-92QD`.
    public static func code(of json: JSON) -> String {
        var hash = SHA256()
        hash.update(data: Array("chancery statement v1\n".utf8))
        hash.update(data: json.canonicalBytes)
        var bits: UInt64 = 0
        for byte in hash.finalize().prefix(5) { bits = bits << 8 | UInt64(byte) }
        var text = ""
        for place in 0..<8 {
            if place == 4 { text.append("-") }
            text.append(alphabet[Int(bits >> UInt64(35 - 5 * place) & 31)])
        }
        return text
    }

    /// Reads a code as people type it: small letters, without the hyphen, O for 0, I and L for 1; `nil` where it is none.
    public static func reading(_ text: String) -> String? {
        guard text.utf8.count <= 64 else { return nil }
        var read = ""
        for character in text.uppercased() {
            switch character {
            case "-", "–", "‑", " ", "\u{A0}": continue
            case "O": read.append("0")
            case "I", "L": read.append("1")
            default:
                guard alphabet.contains(character) else { return nil }
                read.append(character)
            }
        }
        guard read.count == 8 else { return nil }
        return "\(read.prefix(4))-\(read.suffix(4))"
    }
}
