import Seals

/// The forms of files that this library reads and writes manifests in.
public enum ProvenanceForm: String, Hashable, Sendable, CaseIterable {
    case png = "image/png"
    case jpeg = "image/jpeg"
    case webP = "image/webp"
    case gif = "image/gif"
    case pdf = "application/pdf"

    /// By a file's first bytes, whatever it is called; `nil`: none of these.
    public init?(of bytes: [UInt8]) {
        if bytes.starts(with: PNGFile.signature) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if WebPFile.isOne(bytes) {
            self = .webP
        } else if GIFFile.isOne(bytes) {
            self = .gif
        } else if bytes.starts(with: Array("%PDF-".utf8)) {
            self = .pdf
        } else {
            return nil
        }
    }

    public var mediaType: String { rawValue }
}

/// A manifest store found in a file.
struct FoundStore: Hashable, Sendable {
    /// The store's own bytes.
    let store: [UInt8]
    /// What of the file belongs to the store: just this may be left out of the file's hash.
    let place: Range<Int>
}

/// Why a file's store cannot be read, in English.
struct UnreadableStore: Error, Hashable, Sendable {
    let reason: String
}
