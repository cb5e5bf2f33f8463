/// The state of a log at one size: whose log, how many entries, which root (C2SP tlog-checkpoint v1.0.0).
public struct Checkpoint: Sendable {
    /// Who the log is: a non-empty line, by custom an URL without scheme and the name of the log's key.
    public let origin: String

    /// The number of entries, at most 2^63 - 1.
    public let size: UInt64

    /// The root of the tree over them.
    public let root: Hash

    /// Further lines, none of them empty. The specification advises against any: witnesses do not vouch for them, and
    /// ML-DSA signatures do not cover them.
    public let extensionLines: [String]

    /// - Throws: ``CheckpointError`` for an origin or line that a checkpoint cannot hold, or too large a size.
    public init(origin: String, size: UInt64, root: Hash, extensionLines: [String] = []) throws(CheckpointError) {
        guard Checkpoint.isLine(origin) else { throw .badOrigin }
        guard size <= Decimal.largest else { throw .badSize }
        guard extensionLines.allSatisfy(Checkpoint.isLine) else { throw .badExtensionLine }
        self.origin = origin
        self.size = size
        self.root = root
        self.extensionLines = extensionLines
    }

    /// Reads the text of a note.
    ///
    /// - Parameter text: the text with its last newline.
    /// - Throws: ``CheckpointError`` telling the first line that is wrong.
    public init(parsing text: [UInt8]) throws(CheckpointError) {
        guard text.last == 0x0a else { throw .endsEarly }
        let lines = text.dropLast().split(separator: 0x0a, omittingEmptySubsequences: false)
        guard lines.count >= 3 else { throw .endsEarly }
        guard let origin = String(validating: lines[0], as: UTF8.self), Checkpoint.isLine(origin) else { throw .badOrigin }
        guard let size = Decimal.decode(lines[1]) else { throw .badSize }
        guard lines[2].count == 44, let bytes = Base64.decode(lines[2]), let root = Hash(bytes) else { throw .badRoot }
        var extensionLines: [String] = []
        for line in lines.dropFirst(3) {
            guard let line = String(validating: line, as: UTF8.self), Checkpoint.isLine(line) else { throw .badExtensionLine }
            extensionLines.append(line)
        }
        self.origin = origin
        self.size = size
        self.root = root
        self.extensionLines = extensionLines
    }

    /// The text of the note, with its last newline.
    public var text: String {
        var text = "\(origin)\n\(size)\n\(root.base64)\n"
        for line in extensionLines { text += line + "\n" }
        return text
    }

    /// Signs the checkpoint.
    ///
    /// A log must never sign two checkpoints of which neither extends the other: store the last one signed where a restored
    /// backup cannot bring an older one back.
    ///
    /// - Throws: ``NoteError``, or what a signer throws.
    public func signed(by signers: [any NoteSigner]) throws -> SignedNote {
        try SignedNote(text: text, signers: signers)
    }

    /// Whether the origin is this one, byte for byte.
    public func isFrom(_ origin: String) -> Bool { self.origin.utf8.elementsEqual(origin.utf8) }

    static func isLine(_ text: String) -> Bool {
        !text.isEmpty && !text.utf8.contains { $0 < 0x20 }
    }
}

extension Checkpoint: Hashable {
    /// Whether both have the same bytes.
    public static func == (left: Checkpoint, right: Checkpoint) -> Bool {
        left.size == right.size && left.root == right.root && left.text.utf8.elementsEqual(right.text.utf8)
    }

    /// Hashes size and root.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(size)
        hasher.combine(root)
    }
}

/// Why a text is no checkpoint, or values make none.
public enum CheckpointError: Error, Hashable, Sendable {
    /// Fewer than three lines, or no newline at the end.
    case endsEarly
    /// The first line is empty or holds a control character.
    case badOrigin
    /// The second line is no size: decimal, no leading zeros, at most 2^63 - 1.
    case badSize
    /// The third line is no hash in base64.
    case badRoot
    /// A further line is empty or holds a control character.
    case badExtensionLine
    /// The checkpoint is of another log.
    case otherOrigin(expected: String, found: String)
}

extension CheckpointError: CustomStringConvertible {
    /// A sentence for an operator's log.
    public var description: String {
        switch self {
        case .endsEarly: "a checkpoint has at least three lines, each with a newline"
        case .badOrigin: "the origin line is empty or holds a control character"
        case .badSize: "the size line is not a decimal number of at most 2^63 - 1 without leading zeros"
        case .badRoot: "the root line is not 32 bytes in padded base64"
        case .badExtensionLine: "an extension line is empty or holds a control character"
        case .otherOrigin(let expected, let found): "the checkpoint is of \"\(found)\", not of \"\(expected)\""
        }
    }
}
