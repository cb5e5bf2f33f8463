/// Takes bytes apart line by line; only lines that end in a newline count.
struct LineReader {
    /// What has not been read yet.
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    /// The next line without its newline, nil when no newline is left.
    mutating func next() -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: 0x0a) else { return nil }
        let line = rest[..<end]
        rest = rest[(end + 1)...]
        return line
    }
}

extension ArraySlice<UInt8> {
    /// What follows `prefix`, nil when the bytes do not begin with it.
    func withoutPrefix(_ prefix: String) -> ArraySlice<UInt8>? {
        starts(with: prefix.utf8) ? dropFirst(prefix.utf8.count) : nil
    }
}
