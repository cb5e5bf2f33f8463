import Crypto

/// A party of a joint statement proposes to the others that all of them correct it, or withdraw it. The act goes to their nodes; it is
/// confidential. It is signed and stopped as the statement was.
public struct JointChangeProposed: Payload, Hashable {
    public static let kind = ActKind(known: "press.joint-change-proposed")

    public enum Change: Hashable, Sendable {
        /// The text as it is to stand, and what the correction changes, by language tag.
        case correction(StatementContent, [String: String])
        /// Why it is taken back, by language tag.
        case withdrawal([String: String])
    }

    /// The joint statement as it was proposed first.
    public var original: NoteReference
    /// Its parties, whoever proposes the change first.
    public var parties: [String]
    public var change: Change
    /// When it is done, where enough have signed; `nil`: as soon as enough have.
    public var at: Moment?
    /// How many must have signed: as many as for the statement.
    public var quorum: Int64
    /// The proposer's own draft of a correction.
    public var draft: Int64?

    public init(original: NoteReference, parties: [String], change: Change, at: Moment? = nil, quorum: Int64, draft: Int64? = nil) {
        self.original = original
        self.parties = parties
        self.change = change
        self.at = at
        self.quorum = quorum
        self.draft = draft
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        original = try NoteReference(json: try reader.required("original"), at: "payload.original")
        parties = try reader.strings("parties")
        if let content = reader.value("content") {
            change = .correction(try StatementContent(json: content, at: "payload.content"), try reader.texts("correction"))
        } else {
            change = .withdrawal(try reader.texts("reason"))
        }
        at = nil
        if let text = try reader.optionalString("at") {
            guard let moment = Moment(text) else { throw MalformedAct(place: "payload.at", reason: "should be a moment of RFC 3339") }
            at = moment
        }
        quorum = try reader.integer("quorum")
        draft = try reader.value("draft") == nil ? nil : reader.integer("draft")
        try reader.finish()
        guard (2...JointProposed.mostParties).contains(parties.count), Set(parties).count == parties.count else {
            throw MalformedAct(place: "payload.parties", reason: "should name 2 to \(JointProposed.mostParties) offices, each once")
        }
        guard (2...Int64(parties.count)).contains(quorum) else {
            throw MalformedAct(place: "payload.quorum", reason: "should be 2 or more, and no more than there are parties")
        }
        if case .correction(let content, _) = change, !content.media.isEmpty {
            throw MalformedAct(place: "payload.content.media", reason: "should be empty")
        }
    }

    public var json: JSON {
        var object: JSONObject = [
            "original": original.json, "parties": .array(parties.map(JSON.string)), "quorum": .integer(quorum),
        ]
        switch change {
        case .correction(let content, let correction):
            object["content"] = content.json
            object["correction"] = JSON(texts: correction)
        case .withdrawal(let reason): object["reason"] = JSON(texts: reason)
        }
        object["at"] = at.map { .string($0.description) }
        object["draft"] = draft.map(JSON.integer)
        return .object(object)
    }

    /// What is signed: what changes in which statement, who speaks, and when. 64 hexadecimal digits.
    public var digest: String {
        var hash = SHA256()
        hash.update(data: Array("chancery joint change v1\n".utf8))
        hash.update(data: json.canonicalBytes)
        let digits = Array("0123456789abcdef")
        return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
