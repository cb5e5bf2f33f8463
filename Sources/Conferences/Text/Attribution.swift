/// Whose words stand in a bracket: `[EU: shall]`, `[G77, AOSIS: should]`, `[Norway and EU: may]`.
public enum Attribution {
    /// UTF-8 bytes that an attribution may have.
    static let mostBytes = 200

    /// The names before a colon, and where the words begin; `nil` where nobody is named.
    /// - Parameters:
    ///   - bytes: what stands in the bracket.
    ///   - knowsName: whether a name is a delegation's or a group's. Names of two capitals or more always are.
    static func read(_ bytes: ArraySlice<UInt8>, knowsName: (String) -> Bool) -> (names: [String], end: Int)? {
        let room = bytes.prefix(mostBytes)
        guard let colon = room.firstIndex(where: { $0 == 0x3A || $0 == 0x5B || $0 == 0x5D || $0 == 0x0A }), room[colon] == 0x3A,
            colon > room.startIndex
        else { return nil }
        var text = String(decoding: room[..<colon], as: UTF8.self)
        text.removeAll { $0 == "*" || $0 == "_" }
        var names: [String] = []
        for part in text.replacingWords(["and", "et", "y", "dan"], with: ",").split(whereSeparator: { ",;/&+".contains($0) }) {
            var name = part
            while name.first == " " { name.removeFirst() }
            while name.last == " " { name.removeLast() }
            guard !name.isEmpty else { continue }
            names.append(String(name))
        }
        guard !names.isEmpty, names.count <= 40, names.allSatisfy({ isName($0) || knowsName($0) }) else { return nil }
        var end = colon + 1
        while end < bytes.endIndex, bytes[end] == 0x20 || bytes[end] == 0x2A || bytes[end] == 0x5F { end += 1 }
        return (names, end)
    }

    /// `EU`, `G77`, `G-77`, `AOSIS`, `LDCs`: two capitals or a capital and a figure, and no small letter but a last `s`.
    private static func isName(_ name: String) -> Bool {
        var capitals = 0
        var figures = 0
        let body = name.hasSuffix("s") ? name.dropLast() : name[...]
        guard (2...12).contains(body.utf8.count) else { return false }
        for byte in body.utf8 {
            switch byte {
            case 0x41...0x5A: capitals += 1
            case 0x30...0x39: figures += 1
            case 0x2D: continue
            default: return false
            }
        }
        return capitals >= 2 || (capitals == 1 && figures >= 1)
    }

    /// Names as they stand before attributed words.
    public static func text(_ names: [String]) -> String { names.joined(separator: ", ") }
}

extension String {
    /// Whole words between spaces, taken for a sign.
    fileprivate func replacingWords(_ words: Set<String>, with sign: String) -> String {
        split(separator: " ", omittingEmptySubsequences: false).map { words.contains(String($0)) ? sign : String($0) }
            .joined(separator: " ")
    }
}
