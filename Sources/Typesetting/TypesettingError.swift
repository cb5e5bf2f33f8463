/// Why a document was not set.
public enum TypesettingError: Error, Equatable, CustomStringConvertible {
    /// More text than `TypesettingLimits` allows. Bytes of UTF-8.
    case tooLong(bytes: Int, limit: Int)
    /// A paragraph longer than `TypesettingLimits` allows. Bytes of UTF-8.
    case paragraphTooLong(bytes: Int, limit: Int)
    /// More pages than `TypesettingLimits` allows.
    case tooManyPages(limit: Int)
    /// The system has none of the letters that a language is set in.
    case fontMissing(String)
    /// Cairo or Pango failed, in their words.
    case drawing(String)

    public var description: String {
        switch self {
        case .tooLong(let bytes, let limit): "The document has \(bytes) bytes of text; at most \(limit) are set."
        case .paragraphTooLong(let bytes, let limit): "A paragraph has \(bytes) bytes; at most \(limit) are set. Divide it."
        case .tooManyPages(let limit): "The document has more than \(limit) pages. Divide it."
        case .fontMissing(let family):
            "The typeface \(family) is not installed. On Debian: apt-get install fonts-noto-core fonts-noto-cjk"
        case .drawing(let reason): "The pages could not be drawn: \(reason)."
        }
    }
}

/// How much is set at once. What is larger is refused before any work is done on it.
public struct TypesettingLimits: Sendable {
    /// Bytes of UTF-8 in the whole document.
    public var documentBytes = 24 << 20
    /// Bytes of UTF-8 in one paragraph, heading or cell.
    public var paragraphBytes = 256 << 10
    public var pages = 5000

    public init() {}
}
