public import Acts
public import Ledger

/// A document that can be released in part: every paragraph or field a salted leaf of a Merkle tree, whose root is signed at issue.
///
/// A leaf is `H(0x00 || "chancery-redactable-leaf/1" || salt || length of path || path || bytes)` with RFC 6962's leaf prefix; the salt is
/// 128 bits of its own, without which a removed name could be guessed from a list of candidates. Leaves stand in the order of their hashes
/// and so tell nothing about the order, and decoys among them nothing about the number, of what was removed; hashes hide lengths.
public struct RedactableDocument: Hashable, Sendable {
    /// One paragraph or field.
    public struct Part: Hashable, Sendable {
        /// Its place, unique in the document: `en/0003`, `to/0001`. Parts are read in the order of their paths.
        public let path: String
        public let text: String

        public init(path: String, text: String) {
            self.path = path
            self.text = text
        }
    }

    /// A part with the salt of its leaf. Secret until released.
    public struct Leaf: Hashable, Sendable {
        public let part: Part
        /// 16 bytes, never used for anything else.
        public let salt: [UInt8]

        public init(part: Part, salt: [UInt8]) {
            self.part = part
            self.salt = salt
        }

        /// The leaf's hash.
        public var hash: Hash {
            var bytes = Array("chancery-redactable-leaf/1".utf8)
            bytes += salt
            let path = Array(part.path.utf8)
            bytes += withUnsafeBytes(of: UInt32(path.count).bigEndian) { Array($0) }
            bytes += path
            bytes += Array(part.text.utf8)
            return Hash.leaf(bytes)
        }
    }

    public static let saltBytes = 16
    public static let maximumParts = 20_000
    public static let maximumPathBytes = 200
    public static let maximumTextBytes = 1 << 20

    public enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        case empty
        case tooMany(Int)
        case path(String)
        case repeatedPath(String)
        case tooLong(path: String)
        case unknownPath(String)

        public var description: String {
            switch self {
            case .empty: "A document without a part cannot be issued."
            case .tooMany(let count): "\(count) parts are more than the \(RedactableDocument.maximumParts) a document may have."
            case .path(let path):
                "\"\(path)\" cannot be a path: 1 to \(RedactableDocument.maximumPathBytes) bytes without control characters."
            case .repeatedPath(let path): "Two parts have the path \(path). Give each its own."
            case .tooLong(let path): "\(path) is longer than \(RedactableDocument.maximumTextBytes) bytes. Divide it."
            case .unknownPath(let path): "The document has no part \(path)."
            }
        }
    }

    /// In the order of their paths.
    public let leaves: [Leaf]
    /// Hashes of nothing, that nobody can tell from removed parts.
    public let decoys: [Hash]

    /// Issues a document with new salts.
    ///
    /// - Parameters:
    ///   - parts: 1 to 20,000, each with a path of its own.
    ///   - random: where salts and decoys come from: the system's generator, except in tests.
    public init(parts: [Part], random: inout some RandomNumberGenerator) throws(Fault) {
        guard !parts.isEmpty else { throw .empty }
        guard parts.count <= Self.maximumParts else { throw .tooMany(parts.count) }
        var seen: Set<String> = []
        var salts: Set<[UInt8]> = []
        var leaves: [Leaf] = []
        for part in parts {
            let bytes = part.path.utf8.count
            guard (1...Self.maximumPathBytes).contains(bytes),
                !part.path.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
            else { throw .path(part.path) }
            guard seen.insert(part.path).inserted else { throw .repeatedPath(part.path) }
            guard part.text.utf8.count <= Self.maximumTextBytes else { throw .tooLong(path: part.path) }
            var salt = Self.bytes(Self.saltBytes, &random)
            while !salts.insert(salt).inserted { salt = Self.bytes(Self.saltBytes, &random) }
            leaves.append(Leaf(part: part, salt: salt))
        }
        self.leaves = leaves.sorted { Self.precedes($0.part.path, $1.part.path) }
        decoys = (0..<Self.decoyCount(parts: parts.count, &random)).compactMap { _ in Hash(Self.bytes(Hash.byteCount, &random)) }
    }

    /// Takes up a document that was issued, with its own salts.
    public init(leaves: [Leaf], decoys: [Hash]) {
        self.leaves = leaves.sorted { Self.precedes($0.part.path, $1.part.path) }
        self.decoys = decoys
    }

    /// Fills up to the next multiple of 8 and adds up to 8 more at random, so that the number of leaves bounds nothing closely.
    static func decoyCount(parts: Int, _ random: inout some RandomNumberGenerator) -> Int {
        (8 - parts % 8) % 8 + Int.random(in: 0...8, using: &random)
    }

    static func bytes(_ count: Int, _ random: inout some RandomNumberGenerator) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    /// Paths compare by their bytes.
    static func precedes(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }

    /// All leaves, decoys among them, in the order of the tree: by hash.
    public var hashes: [Hash] { (leaves.map(\.hash) + decoys).sorted() }

    /// The root that is signed.
    public var root: Hash { Hash.root(over: hashes) }

    /// As it is kept, sealed: `{"decoys":[…],"leaves":[[path, salt, text],…]}`.
    public var json: JSON {
        [
            "decoys": .array(decoys.map { .string($0.base64) }),
            "leaves": .array(
                leaves.map { .array([.string($0.part.path), .string(Base64.encode($0.salt)), .string($0.part.text)]) }),
        ]
    }

    /// Reads what ``json`` wrote.
    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "document")
        var decoys: [Hash] = []
        for text in try reader.strings("decoys") {
            guard let hash = Hash(base64: text) else { throw MalformedAct(place: "document.decoys", reason: "must be hashes in base64") }
            decoys.append(hash)
        }
        var leaves: [Leaf] = []
        let rows = try reader.array("leaves")
        guard rows.count <= Self.maximumParts, decoys.count <= Self.maximumParts else {
            throw MalformedAct(place: "document.leaves", reason: "must be at most \(Self.maximumParts)")
        }
        for (index, row) in rows.enumerated() { leaves.append(try Self.leaf(row, at: "document.leaves[\(index)]")) }
        try reader.finish()
        self.init(leaves: leaves, decoys: decoys)
    }

    /// `[path, salt, text]`.
    static func leaf(_ row: JSON, at place: String) throws(MalformedAct) -> Leaf {
        guard let fields = row.array, fields.count == 3, let path = fields[0].string, let salt = fields[1].string.flatMap(Base64.decode),
            salt.count == saltBytes, let text = fields[2].string, (1...maximumPathBytes).contains(path.utf8.count),
            text.utf8.count <= maximumTextBytes
        else { throw MalformedAct(place: place, reason: "must be a path, a salt of 16 bytes in base64 and a text") }
        return Leaf(part: Part(path: path, text: text), salt: salt)
    }
}
