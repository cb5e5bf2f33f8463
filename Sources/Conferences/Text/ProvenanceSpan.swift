/// Where words of a provision come from: so many bytes, entered by that step of the negotiation.
public struct ProvenanceSpan: Hashable, Sendable {
    /// UTF-8 bytes of the provision's words.
    public var bytes: Int
    /// The step, a version of the text: the one that brought these words.
    public var version: Int
    /// The amendment that brought them; `nil` where they were tabled.
    public var amendment: String?

    public init(bytes: Int, version: Int, amendment: String? = nil) {
        self.bytes = bytes
        self.version = version
        self.amendment = amendment
    }
}

/// The origins of all words of a provision, in reading order; neighbouring spans have different origins.
public struct Provenance: Hashable, Sendable {
    public private(set) var spans: [ProvenanceSpan] = []

    public init(bytes: Int, version: Int, amendment: String? = nil) {
        append(ProvenanceSpan(bytes: bytes, version: version, amendment: amendment))
    }

    init() {}

    mutating func append(_ span: ProvenanceSpan) {
        guard span.bytes > 0 else { return }
        if let last = spans.last, last.version == span.version, last.amendment == span.amendment {
            spans[spans.count - 1].bytes += span.bytes
        } else {
            spans.append(span)
        }
    }

    /// The spans of a stretch of the words.
    func slice(_ range: Range<Int>) -> Provenance {
        var result = Provenance()
        var start = 0
        for span in spans {
            let own = max(start, range.lowerBound)..<max(max(start, range.lowerBound), min(start + span.bytes, range.upperBound))
            result.append(ProvenanceSpan(bytes: own.count, version: span.version, amendment: span.amendment))
            start += span.bytes
        }
        return result
    }

    static func + (left: Provenance, right: Provenance) -> Provenance {
        var result = left
        for span in right.spans { result.append(span) }
        return result
    }
}
