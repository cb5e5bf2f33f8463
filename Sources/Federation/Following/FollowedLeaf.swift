import Acts

/// Of a leaf what the list of followed acts is searched by.
struct FollowedLeaf: Hashable, Sendable {
    let kind: String
    let dossier: String?
    let received: Moment
    /// Whether it is marked public, as opposed to restricted, released or not.
    let isPublic: Bool
    /// SHA-256 of salt and payload, 32 bytes.
    let commitment: [UInt8]

    /// `nil` for a leaf that no reader of docs/protocol.md, section 1, could read.
    init?(_ leaf: [UInt8]) {
        if let quick = leaf.withUnsafeBytes({ Scanner(bytes: $0).leaf() }) {
            self = quick
            return
        }
        guard let header = try? EntryHeader(leaf: leaf) else { return nil }
        self.init(
            kind: header.statement.kind.description, dossier: header.statement.dossier, received: header.received,
            isPublic: header.statement.marking == .public, commitment: header.statement.payloadCommitment)
    }

    private init(kind: String, dossier: String?, received: Moment, isPublic: Bool, commitment: [UInt8]) {
        self.kind = kind
        self.dossier = dossier
        self.received = received
        self.isPublic = isPublic
        self.commitment = commitment
    }

    /// Reads the members of a leaf where they stand, without building the whole: most of the cost of following is here. Whatever is
    /// not as this program writes it gives `nil`, and is read in full.
    private struct Scanner {
        let bytes: UnsafeRawBufferPointer
        var offset = 1

        init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

        func leaf() -> FollowedLeaf? {
            var scanner = self
            return scanner.scan()
        }

        private mutating func scan() -> FollowedLeaf? {
            guard bytes.first == UInt8(ascii: "{") else { return nil }
            var kind: String?
            var dossier: String?
            var received: Moment?
            var isPublic = false
            var commitment: [UInt8]?
            while true {
                guard let name = string(), take(UInt8(ascii: ":")) else { return nil }
                switch name.count {
                case 4 where name.elementsEqual("kind".utf8):
                    guard let text = plainText() else { return nil }
                    kind = text
                case 7 where name.elementsEqual("dossier".utf8):
                    guard let text = plainText() else { return nil }
                    dossier = text
                case 7 where name.elementsEqual("marking".utf8):
                    if offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") {
                        guard let value = string(), value.elementsEqual("public".utf8) else { return nil }
                        isPublic = true
                    } else if !skipValue() {
                        return nil
                    }
                case 7 where name.elementsEqual("payload".utf8):
                    guard let text = plainText(), let value = Acts.Base64.decode(text), value.count == 32 else { return nil }
                    commitment = value
                case 8 where name.elementsEqual("received".utf8):
                    guard let text = plainText(), let moment = Moment(text) else { return nil }
                    received = moment
                default:
                    guard skipValue() else { return nil }
                }
                if take(UInt8(ascii: "}")) { break }
                guard take(UInt8(ascii: ",")) else { return nil }
            }
            guard offset == bytes.count, let kind, let received, let commitment else { return nil }
            return FollowedLeaf(kind: kind, dossier: dossier, received: received, isPublic: isPublic, commitment: commitment)
        }

        private mutating func take(_ byte: UInt8) -> Bool {
            guard offset < bytes.count, bytes[offset] == byte else { return false }
            offset += 1
            return true
        }

        /// A string without escapes.
        private mutating func plainText() -> String? {
            guard let value = string(), !value.contains(UInt8(ascii: "\\")) else { return nil }
            return String(validating: value, as: UTF8.self)
        }

        /// The bytes between the quotes, escapes as they stand.
        private mutating func string() -> UnsafeRawBufferPointer? {
            guard take(UInt8(ascii: "\"")) else { return nil }
            let start = offset
            while offset < bytes.count {
                let byte = bytes[offset]
                if byte == UInt8(ascii: "\"") {
                    offset += 1
                    return UnsafeRawBufferPointer(rebasing: bytes[start..<(offset - 1)])
                }
                offset += byte == UInt8(ascii: "\\") ? 2 : 1
            }
            return nil
        }

        private mutating func skipValue() -> Bool {
            var depth = 0
            while offset < bytes.count {
                switch bytes[offset] {
                case UInt8(ascii: "\""):
                    guard string() != nil else { return false }
                    if depth == 0 { return true }
                    continue
                case UInt8(ascii: "{"), UInt8(ascii: "["):
                    depth += 1
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    if depth == 0 { return true }
                    depth -= 1
                    if depth == 0 {
                        offset += 1
                        return true
                    }
                case UInt8(ascii: ","):
                    if depth == 0 { return true }
                default: break
                }
                offset += 1
            }
            return false
        }
    }
}
