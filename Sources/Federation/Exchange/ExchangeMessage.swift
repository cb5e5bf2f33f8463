import Acts
import Ledger

/// What one node sends another at `/exchange/messages`: acts of its record addressed to it, each with its proof against one checkpoint.
struct ExchangeMessage: Sendable {
    /// The longest message, in bytes.
    static let longest = 16 << 20
    /// The longest blob that is sent ahead of the acts which cite it, in bytes.
    static let longestBlob = 64 << 20
    /// The most acts of one message.
    static let most = 256

    struct Item: Sendable {
        let index: Int64
        let leaf: [UInt8]
        let payload: SealedPayload
        /// The inclusion proof, from the leaf's sibling up.
        let proof: [Hash]
    }

    let to: NodeName
    let checkpoint: SignedCheckpoint
    let items: [Item]

    init(to: NodeName, checkpoint: SignedCheckpoint, items: [Item]) {
        self.to = to
        self.checkpoint = checkpoint
        self.items = items
    }

    var json: JSON {
        [
            "format": 1, "to": .string(to.description), "checkpoint": .string(checkpoint.note.string),
            "acts": .array(
                items.map { item in
                    [
                        "index": .integer(item.index), "leaf": .string(Acts.Base64.encode(item.leaf)),
                        "salt": .string(Acts.Base64.encode(item.payload.salt)),
                        "payload": .string(Acts.Base64.encode(item.payload.bytes)),
                        "proof": .array(item.proof.map { .string($0.base64) }),
                    ]
                }),
        ]
    }

    init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "message")
        guard try reader.integer("format") == 1 else { throw MalformedAct(place: "message.format", reason: "only format 1 is known") }
        guard let to = NodeName(try reader.string("to")) else { throw MalformedAct(place: "message.to", reason: "is no node's name") }
        self.to = to
        checkpoint = try ExchangeMessage.checkpoint(&reader)
        let list = try reader.array("acts")
        try reader.finish()
        guard (1...ExchangeMessage.most).contains(list.count) else {
            throw MalformedAct(place: "message.acts", reason: "should be 1 to \(ExchangeMessage.most) acts")
        }
        var items: [Item] = []
        for (index, value) in list.enumerated() {
            var inner = try ObjectReader(value, at: "message.acts[\(index)]")
            let place = try inner.integer("index")
            let leaf = try inner.base64("leaf")
            let payload = SealedPayload(salt: try inner.base64("salt"), bytes: try inner.base64("payload"))
            let proof = try ExchangeMessage.hashes(&inner)
            try inner.finish()
            items.append(Item(index: place, leaf: leaf, payload: payload, proof: proof))
        }
        self.items = items
    }

    static func checkpoint(_ reader: inout ObjectReader) throws(MalformedAct) -> SignedCheckpoint {
        let text = try reader.string("checkpoint")
        guard let checkpoint = try? SignedCheckpoint(parsing: Array(text.utf8)) else {
            throw MalformedAct(place: "checkpoint", reason: "is not a signed checkpoint (C2SP tlog-checkpoint)")
        }
        return checkpoint
    }

    static func hashes(_ reader: inout ObjectReader) throws(MalformedAct) -> [Hash] {
        let texts = try reader.strings("proof")
        guard texts.count <= 63 else { throw MalformedAct(place: "proof", reason: "has more than 63 hashes") }
        var hashes: [Hash] = []
        for text in texts {
            guard let hash = Hash(base64: text) else { throw MalformedAct(place: "proof", reason: "holds what is no hash") }
            hashes.append(hash)
        }
        return hashes
    }
}

/// The answer: for each act, the receipt or why it was refused for good.
struct ExchangeAnswer: Sendable {
    enum Outcome: Sendable {
        /// The receiver's own entry, with the salt of its payload, and the proof against the answer's checkpoint.
        ///
        /// `kept` is the proof of the act that the receiver keeps, where it received the act before, with another checkpoint.
        case received(index: Int64, leaf: [UInt8], salt: [UInt8], proof: [Hash], kept: String?)
        case refused(code: String, reason: String)
    }

    let checkpoint: SignedCheckpoint
    /// In the message's order, by the act's place in the sender's record.
    let outcomes: [(act: Int64, outcome: Outcome)]

    init(checkpoint: SignedCheckpoint, outcomes: [(act: Int64, outcome: Outcome)]) {
        self.checkpoint = checkpoint
        self.outcomes = outcomes
    }

    var json: JSON {
        [
            "checkpoint": .string(checkpoint.note.string),
            "receipts": .array(
                outcomes.map { act, outcome -> JSON in
                    switch outcome {
                    case .received(let index, let leaf, let salt, let proof, let kept):
                        var object: JSONObject = [
                            "act": .integer(act), "index": .integer(index), "leaf": .string(Acts.Base64.encode(leaf)),
                            "salt": .string(Acts.Base64.encode(salt)), "proof": .array(proof.map { .string($0.base64) }),
                        ]
                        object["kept"] = kept.map(JSON.string)
                        return .object(object)
                    case .refused(let code, let reason):
                        return ["act": .integer(act), "refused": .string(code), "reason": .string(reason)]
                    }
                }),
        ]
    }

    init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "answer")
        checkpoint = try ExchangeMessage.checkpoint(&reader)
        let list = try reader.array("receipts")
        try reader.finish()
        guard list.count <= ExchangeMessage.most else { throw MalformedAct(place: "answer.receipts", reason: "are too many") }
        var outcomes: [(act: Int64, outcome: Outcome)] = []
        for (index, value) in list.enumerated() {
            var inner = try ObjectReader(value, at: "answer.receipts[\(index)]")
            let act = try inner.integer("act")
            if let code = try inner.optionalString("refused") {
                let reason = try inner.string("reason")
                outcomes.append((act, .refused(code: String(code.prefix(64)), reason: String(reason.prefix(1_000)))))
            } else {
                let place = try inner.integer("index")
                let leaf = try inner.base64("leaf")
                let salt = try inner.base64("salt")
                let proof = try ExchangeMessage.hashes(&inner)
                let kept = try inner.optionalString("kept")
                outcomes.append((act, .received(index: place, leaf: leaf, salt: salt, proof: proof, kept: kept)))
            }
            try inner.finish()
        }
        self.outcomes = outcomes
    }
}
