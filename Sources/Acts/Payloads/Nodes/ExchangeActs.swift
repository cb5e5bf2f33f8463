/// An act of another node's record came in, addressed to this one, with the proof that it stands in that record.
///
/// Its own kind, author and marking are in ``leaf``; desks read from it what is theirs.
public struct ExchangeReceived: Payload, Hashable {
    public static let kind = ActKind(known: "exchange.received")
    /// The node that sent it.
    public var node: String
    /// That node's log.
    public var origin: String
    /// The act's place there.
    public var index: Int64
    /// The act's leaf, as that log hashed it.
    public var leaf: [UInt8]
    /// Its payload, canonical JSON, and the salt that its commitment covers with it.
    public var payload: SealedPayload
    /// The `.tlog-proof` of it (C2SP tlog-proof).
    public var proof: String

    public init(node: String, origin: String, index: Int64, leaf: [UInt8], payload: SealedPayload, proof: String) {
        self.node = node
        self.origin = origin
        self.index = index
        self.leaf = leaf
        self.payload = payload
        self.proof = proof
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        node = try reader.string("node")
        origin = try reader.string("origin")
        index = try reader.integer("index")
        leaf = try reader.base64("leaf")
        payload = SealedPayload(salt: try reader.base64("salt"), bytes: try reader.base64("payload"))
        proof = try reader.string("proof")
        try reader.finish()
    }

    public var json: JSON {
        [
            "node": .string(node), "origin": .string(origin), "index": .integer(index), "leaf": .string(Base64.encode(leaf)),
            "salt": .string(Base64.encode(payload.salt)), "payload": .string(Base64.encode(payload.bytes)), "proof": .string(proof),
        ]
    }

    /// The act as it stands in the other record.
    ///
    /// - Throws: ``MalformedAct`` where leaf and payload do not belong together.
    public func entry() throws(MalformedAct) -> Entry {
        let header = try EntryHeader(leaf: leaf)
        guard header.statement.payloadCommitment == payload.commitment else {
            throw MalformedAct(place: "payload.payload", reason: "is not the one that the leaf commits to")
        }
        return Entry(index: index, leaf: leaf, header: header, content: .present(payload))
    }
}

/// An act of this record was received by another node, which has entered it in its own record: the receipt.
public struct ExchangeDelivered: Payload, Hashable {
    public static let kind = ActKind(known: "exchange.delivered")
    /// The act's place in this record.
    public var entry: Int64
    public var node: String
    public var receipt: Receipt

    /// The other node's ``ExchangeReceived`` entry, which its log proves.
    public struct Receipt: Hashable, Sendable {
        /// The other node's log.
        public var origin: String
        public var index: Int64
        public var leaf: [UInt8]
        /// The salt of that entry's payload, whose content this node knows: it sent it.
        public var salt: [UInt8]
        /// The `.tlog-proof` of it.
        public var proof: String
        /// The `.tlog-proof` with which the act was sent, as that entry keeps it: with it the entry's payload can be written again,
        /// byte for byte. Receipts of the first days lack it.
        public var sent: String?

        public init(origin: String, index: Int64, leaf: [UInt8], salt: [UInt8], proof: String, sent: String? = nil) {
            self.origin = origin
            self.index = index
            self.leaf = leaf
            self.salt = salt
            self.proof = proof
            self.sent = sent
        }

        init(json: JSON, at place: String) throws(MalformedAct) {
            var reader = try ObjectReader(json, at: place)
            origin = try reader.string("origin")
            index = try reader.integer("index")
            leaf = try reader.base64("leaf")
            salt = try reader.base64("salt")
            proof = try reader.string("proof")
            sent = try reader.optionalString("sent")
            try reader.finish()
        }

        var json: JSON {
            var object: JSONObject = [
                "origin": .string(origin), "index": .integer(index), "leaf": .string(Base64.encode(leaf)),
                "salt": .string(Base64.encode(salt)), "proof": .string(proof),
            ]
            object["sent"] = sent.map(JSON.string)
            return .object(object)
        }
    }

    public init(entry: Int64, node: String, receipt: Receipt) {
        self.entry = entry
        self.node = node
        self.receipt = receipt
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        entry = try reader.integer("entry")
        node = try reader.string("node")
        receipt = try Receipt(json: try reader.required("receipt"), at: "payload.receipt")
        try reader.finish()
    }

    public var json: JSON { ["entry": .integer(entry), "node": .string(node), "receipt": receipt.json] }
}

/// Another node refused an act for good: it is not tried again.
public struct ExchangeRefused: Payload, Hashable {
    public static let kind = ActKind(known: "exchange.refused")
    /// The act's place in this record.
    public var entry: Int64
    public var node: String
    /// The refusal's code, such as `exchange.no-office`.
    public var code: String
    public var reason: String

    public init(entry: Int64, node: String, code: String, reason: String) {
        self.entry = entry
        self.node = node
        self.code = code
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        entry = try reader.integer("entry")
        node = try reader.string("node")
        code = try reader.string("code")
        reason = try reader.string("reason")
        try reader.finish()
    }

    public var json: JSON {
        ["entry": .integer(entry), "node": .string(node), "code": .string(code), "reason": .string(reason)]
    }
}

extension ObjectReader {
    /// Bytes in padded base64.
    package mutating func base64(_ name: String) throws(MalformedAct) -> [UInt8] {
        guard let bytes = Base64.decode(try string(name)) else {
            throw MalformedAct(place: name, reason: "should be base64")
        }
        return bytes
    }
}
