public import Acts
public import Ledger

/// A document released in part, as a file: what is shown, with its salts; hashes for the rest; and the exemptions cited.
///
/// Which hash belongs to which removal is not told, and decoys stand among them: the number, order and length of what was removed stay
/// unknown, but for the marks that the releasing office chooses to set.
public struct RedactedRelease: Hashable, Sendable {
    public static let format = "chancery-release/1"
    public static let maximumBytes = 64 << 20

    /// A mark in the text: something was removed here, on that ground. Neighbours on the same ground are one mark.
    public struct Removal: Hashable, Sendable {
        /// The path of the shown part before it; `nil` at the beginning.
        public let after: String?
        /// The law's identifier.
        public let regime: String
        /// The provision cited.
        public let exemption: String

        public init(after: String?, regime: String, exemption: String) {
            self.after = after
            self.regime = regime
            self.exemption = exemption
        }
    }

    public let commitment: RedactionCommitment
    /// Over the commitment's message. Empty where the commitment stands in a record, whose proof is then the signature.
    public let signatures: [Signature]
    /// In the order of their paths.
    public let shown: [RedactableDocument.Leaf]
    /// Sorted.
    public let hidden: [Hash]
    public let removals: [Removal]

    /// A signature over a commitment, with the key it is by.
    public struct Signature: Hashable, Sendable {
        public let key: PublicKey
        public let bytes: [UInt8]
        public init(key: PublicKey, bytes: [UInt8]) {
            self.key = key
            self.bytes = bytes
        }
    }

    public init(
        commitment: RedactionCommitment, signatures: [Signature], shown: [RedactableDocument.Leaf], hidden: [Hash], removals: [Removal]
    ) {
        self.commitment = commitment
        self.signatures = signatures
        self.shown = shown
        self.hidden = hidden
        self.removals = removals
    }

    /// Makes a release of a document.
    ///
    /// - Parameter withheld: by path, the law and the exemption on which that part is held back. Everything else is shown.
    /// - Throws: a fault for a path that the document does not have.
    public init(
        of document: RedactableDocument, commitment: RedactionCommitment, signatures: [Signature] = [],
        withholding withheld: [String: (regime: String, exemption: String)]
    ) throws(RedactableDocument.Fault) {
        let paths = Set(document.leaves.map(\.part.path))
        for path in withheld.keys.sorted() where !paths.contains(path) { throw .unknownPath(path) }
        var shown: [RedactableDocument.Leaf] = []
        var hidden = document.decoys
        var removals: [Removal] = []
        for leaf in document.leaves {
            guard let ground = withheld[leaf.part.path] else {
                shown.append(leaf)
                continue
            }
            hidden.append(leaf.hash)
            let removal = Removal(after: shown.last?.part.path, regime: ground.regime, exemption: ground.exemption)
            if removals.last != removal { removals.append(removal) }
        }
        self.init(commitment: commitment, signatures: signatures, shown: shown, hidden: hidden.sorted(), removals: removals)
    }

    public var json: JSON {
        [
            "format": .string(Self.format),
            "commitment": commitment.json,
            "signatures": .array(signatures.map { ["key": $0.key.json, "signature": .string(Base64.encode($0.bytes))] }),
            "shown": .array(
                shown.map { .array([.string($0.part.path), .string(Base64.encode($0.salt)), .string($0.part.text)]) }),
            "hidden": .array(hidden.map { .string($0.base64) }),
            "removals": .array(
                removals.map {
                    ["after": $0.after.map(JSON.string) ?? .null, "regime": .string($0.regime), "exemption": .string($0.exemption)]
                }),
        ]
    }

    /// Reads a release file from outside, at most 64 MiB; nothing is verified yet.
    public init(file: [UInt8]) throws(MalformedAct) {
        do {
            try self.init(json: try JSONParser.parse(file, limits: .init(bytes: Self.maximumBytes, depth: 8)))
        } catch let error as JSONError {
            throw MalformedAct(place: "release", reason: "is not JSON: \(error)")
        } catch let error as MalformedAct {
            throw error
        } catch { throw MalformedAct(place: "release", reason: "\(error)") }
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "release")
        guard try reader.string("format") == Self.format else {
            throw MalformedAct(place: "release.format", reason: "must be \(Self.format)")
        }
        commitment = try RedactionCommitment(json: try reader.required("commitment"), at: "release.commitment")
        var signatures: [Signature] = []
        for (index, value) in try reader.array("signatures").enumerated() {
            var part = try ObjectReader(value, at: "release.signatures[\(index)]")
            let key = try PublicKey(json: try part.required("key"), at: "release.signatures[\(index)].key")
            guard index < 16, let bytes = Base64.decode(try part.string("signature")), bytes.count <= 8_192 else {
                throw MalformedAct(place: "release.signatures[\(index)]", reason: "must be a signature in base64, one of at most 16")
            }
            try part.finish()
            signatures.append(Signature(key: key, bytes: bytes))
        }
        self.signatures = signatures
        var shown: [RedactableDocument.Leaf] = []
        for (index, row) in try reader.array("shown").enumerated() {
            guard index < RedactableDocument.maximumParts else { throw MalformedAct(place: "release.shown", reason: "has too many parts") }
            shown.append(try RedactableDocument.leaf(row, at: "release.shown[\(index)]"))
        }
        self.shown = shown
        var hidden: [Hash] = []
        for (index, text) in try reader.array("hidden").enumerated() {
            guard index < 2 * RedactableDocument.maximumParts, let hash = text.string.flatMap({ Hash(base64: $0) }) else {
                throw MalformedAct(place: "release.hidden[\(index)]", reason: "must be a hash in base64")
            }
            hidden.append(hash)
        }
        self.hidden = hidden
        var removals: [Removal] = []
        for (index, value) in try reader.array("removals").enumerated() {
            var part = try ObjectReader(value, at: "release.removals[\(index)]")
            let after: String?
            switch part.value("after") {
            case .string(let path)?: after = path
            case .null?, nil: after = nil
            default: throw MalformedAct(place: "release.removals[\(index)].after", reason: "must be a path or null")
            }
            removals.append(Removal(after: after, regime: try part.string("regime"), exemption: try part.string("exemption")))
            try part.finish()
        }
        self.removals = removals
        try reader.finish()
    }
}
