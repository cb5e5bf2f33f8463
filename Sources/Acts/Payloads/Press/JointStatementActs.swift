import Crypto

/// An office proposes to offices of other nodes that they say the same thing together. The act goes to their nodes; it is confidential.
public struct JointProposed: Payload, Hashable {
    public static let kind = ActKind(known: "press.joint-proposed")
    /// Everybody who is to speak, `NODE/OFFICE`, the proposer first.
    public var parties: [String]
    public var content: StatementContent
    /// When it is released, where enough have signed; `nil`: as soon as all have.
    public var at: Moment?
    /// How many must have signed by that hour, the proposer among them.
    public var quorum: Int64
    /// The proposer's own draft.
    public var draft: Int64

    /// Most offices that speak together.
    public static let mostParties = 64

    public init(parties: [String], content: StatementContent, at: Moment? = nil, quorum: Int64, draft: Int64) {
        self.parties = parties
        self.content = content
        self.at = at
        self.quorum = quorum
        self.draft = draft
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        parties = try reader.strings("parties")
        content = try StatementContent(json: try reader.required("content"), at: "payload.content")
        at = nil
        if let text = try reader.optionalString("at") {
            guard let moment = Moment(text) else { throw MalformedAct(place: "payload.at", reason: "should be a moment of RFC 3339") }
            at = moment
        }
        quorum = try reader.integer("quorum")
        draft = try reader.integer("draft")
        try reader.finish()
        guard (2...Self.mostParties).contains(parties.count), Set(parties).count == parties.count else {
            throw MalformedAct(place: "payload.parties", reason: "should name 2 to \(Self.mostParties) offices, each once")
        }
        guard (2...Int64(parties.count)).contains(quorum) else {
            throw MalformedAct(place: "payload.quorum", reason: "should be 2 or more, and no more than there are parties")
        }
        guard content.media.isEmpty else { throw MalformedAct(place: "payload.content.media", reason: "should be empty") }
    }

    public var json: JSON {
        var object: JSONObject = [
            "parties": .array(parties.map(JSON.string)), "content": content.json, "quorum": .integer(quorum), "draft": .integer(draft),
        ]
        object["at"] = at.map { .string($0.description) }
        return .object(object)
    }

    /// What is signed: the text in all languages, who speaks, and when. 64 hexadecimal digits.
    public var digest: String {
        var hash = SHA256()
        hash.update(data: Array("chancery joint statement v1\n".utf8))
        hash.update(data: json.canonicalBytes)
        let digits = Array("0123456789abcdef")
        return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

/// What one party of a joint statement says of it: which one, to the byte, and who says it. The act goes to every other party's node.
public protocol JointReply: Payload, Hashable {
    /// The proposal's entry in the proposer's record.
    var proposal: NoteReference { get }
    /// Of the proposal that was read.
    var digest: String { get }
    /// `NODE/OFFICE`.
    var by: String { get }
    init(proposal: NoteReference, digest: String, by: String)
}

extension JointReply {
    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        let proposal = try NoteReference(json: try reader.required("proposal"), at: "payload.proposal")
        let digest = try reader.string("digest")
        let by = try reader.string("by")
        try reader.finish()
        self.init(proposal: proposal, digest: digest, by: by)
    }

    public var json: JSON { ["proposal": proposal.json, "digest": .string(digest), "by": .string(by)] }
}

/// A party signs a joint statement: it will be released in its name too.
public struct JointSigned: JointReply {
    public static let kind = ActKind(known: "press.joint-signed")
    public var proposal: NoteReference
    public var digest: String
    public var by: String

    public init(proposal: NoteReference, digest: String, by: String) {
        self.proposal = proposal
        self.digest = digest
        self.by = by
    }
}

/// A party stops a joint statement before its release, at every node that hears of it in time.
public struct JointStopped: JointReply {
    public static let kind = ActKind(known: "press.joint-stopped")
    public var proposal: NoteReference
    public var digest: String
    public var by: String

    public init(proposal: NoteReference, digest: String, by: String) {
        self.proposal = proposal
        self.digest = digest
        self.by = by
    }
}

/// That a released statement was made together: by whom, and who had signed when this node released it.
public struct JointRelease: Hashable, Sendable {
    /// The proposal's entry in the proposer's record.
    public var proposal: NoteReference
    /// Of the proposal: the same at every party's node.
    public var digest: String
    /// `NODE/OFFICE`, the proposer first.
    public var parties: [String]
    /// Those of them whose signature this node held.
    public var signed: [String]

    public init(proposal: NoteReference, digest: String, parties: [String], signed: [String]) {
        self.proposal = proposal
        self.digest = digest
        self.parties = parties
        self.signed = signed
    }

    init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        proposal = try NoteReference(json: try reader.required("proposal"), at: "\(place).proposal")
        digest = try reader.string("digest")
        parties = try reader.strings("parties")
        signed = try reader.strings("signed")
        try reader.finish()
    }

    var json: JSON {
        [
            "proposal": proposal.json, "digest": .string(digest), "parties": .array(parties.map(JSON.string)),
            "signed": .array(signed.map(JSON.string)),
        ]
    }
}
