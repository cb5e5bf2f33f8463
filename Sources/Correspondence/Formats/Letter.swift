import Acts
import Federation

/// What is confidential of a note, in clear: it exists in memory only, while a page is made for a person of its audience.
struct Letter: Hashable, Sendable {
    var subject: String
    var body: String
    var attachments: [Attachment] = []

    /// A file whose ciphertext is a blob.
    struct Attachment: Hashable, Sendable {
        var name: String
        /// Bytes in clear.
        var size: Int64
        /// SHA-256 of the ciphertext, 64 hexadecimal digits.
        var blob: String
        /// 32 bytes.
        var key: [UInt8]
    }

    init(subject: String, body: String, attachments: [Attachment] = []) {
        self.subject = subject
        self.body = body
        self.attachments = attachments
    }

    init(bytes: [UInt8]) throws {
        var reader = try ObjectReader(try JSONParser.parse(bytes, limits: .init(bytes: SealedContent.mostBytes, depth: 8)), at: "letter")
        subject = try reader.string("subject")
        body = try reader.string("body")
        for (index, value) in try reader.array("attachments").enumerated() {
            var reader = try ObjectReader(value, at: "letter.attachments[\(index)]")
            let name = try reader.string("name")
            let size = try reader.integer("size")
            let blob = try reader.string("blob")
            guard let key = Base64.decode(try reader.string("key")) else {
                throw MalformedAct(place: "letter.attachments[\(index)].key", reason: "should be base64")
            }
            try reader.finish()
            attachments.append(Attachment(name: name, size: size, blob: blob, key: key))
        }
        try reader.finish()
    }

    var bytes: [UInt8] {
        let json: JSON = [
            "subject": .string(subject), "body": .string(body),
            "attachments": .array(
                attachments.map {
                    ["name": .string($0.name), "size": .integer($0.size), "blob": .string($0.blob), "key": .string(Base64.encode($0.key))]
                }),
        ]
        return json.canonicalBytes
    }
}

/// Seals and opens letters with the keys of the node's offices and of those it can write to.
struct LetterSealing: Sendable {
    static let note = "note"
    static let call = "call"

    let node: NodeName
    let ring: OfficeKeyring

    func party(_ office: String) -> SealingParty { SealingParty(node: node, office: office) }

    /// Seals to offices of this node and of others, and always to the sender's own.
    ///
    /// - Throws: a `Refusal`, as all that follows does.
    func seal(
        _ bytes: [UInt8], purpose: String = note, from office: String, to parties: [SealingParty], of addressees: [Addressee]
    ) throws -> SealedContent {
        try Self.refusing {
            try SealedContent.seal(
                bytes, purpose: purpose, from: party(office), to: try keys(of: [party(office)] + parties, addressees))
        }
    }

    /// The clear text of what is sealed to one of the offices.
    func open(_ content: JSON, as offices: some Sequence<String>) throws -> [UInt8] {
        try Self.refusing { try SealedContent(json: content).open(with: try offices.sorted().flatMap { try ring.keys(of: $0) }) }
    }

    func letter(_ content: JSON, as offices: some Sequence<String>) throws -> Letter { try Letter(bytes: try open(content, as: offices)) }

    /// A file's content, with the key that its letter holds.
    func open(_ ciphertext: [UInt8], of file: Letter.Attachment) throws -> [UInt8] {
        try Self.refusing { try SealedFile.open(ciphertext, key: file.key) }
    }

    /// A file under a key of its own.
    func seal(file bytes: [UInt8]) throws -> SealedFile { try Self.refusing { try SealedFile.seal(bytes) } }

    /// The same ciphertext, its key sealed to others.
    func forward(
        _ content: JSON, by office: String, as offices: some Sequence<String>, to parties: [SealingParty], of addressees: [Addressee]
    ) throws -> SealedContent {
        try Self.refusing {
            try SealedContent(json: content).forwarded(
                by: party(office), with: try offices.sorted().flatMap { try ring.keys(of: $0) },
                to: try keys(of: [party(office)] + parties, addressees))
        }
    }

    private static func refusing<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as SealingError {
            throw error.refusal
        }
    }

    private func keys(of parties: [SealingParty], _ addressees: [Addressee]) throws -> [(SealingParty, SealingPublicKey)] {
        var keys: [(SealingParty, SealingPublicKey)] = []
        var seen: Set<SealingParty> = []
        for party in parties where seen.insert(party).inserted {
            if party.node == node {
                keys.append((party, try ring.publicKey(of: party.office)))
            } else if let key = addressees.first(where: { $0.party == party })?.keys.first {
                keys.append((party, key))
            } else {
                throw CorrespondenceCommands.unknownOffice(party.description)
            }
        }
        return keys
    }
}
