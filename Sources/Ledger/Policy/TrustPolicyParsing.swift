extension TrustPolicy {
    /// Reads a policy file.
    ///
    /// - Throws: ``PolicyError/atLine(_:_:)`` telling the line and what is wrong with it, or ``PolicyError/noQuorum``.
    public init(parsing bytes: [UInt8]) throws(PolicyError) {
        guard bytes.count <= TrustPolicy.longest else { throw .tooLong(bytes.count) }
        var builder = TrustPolicyBuilder()
        for (place, line) in bytes.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
            do {
                try TrustPolicy.read(line, into: &builder)
            } catch {
                throw .atLine(place + 1, error)
            }
        }
        self = try builder.policy()
    }

    /// Reads a policy file from a string.
    ///
    /// - Throws: ``PolicyError``.
    public init(parsing text: String) throws(PolicyError) {
        try self.init(parsing: Array(text.utf8))
    }

    private static func read(_ line: ArraySlice<UInt8>, into builder: inout TrustPolicyBuilder) throws(PolicyError) {
        // Comments, too, may hold only the allowed octets.
        guard !line.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f }) else { throw .controlCharacter }
        let words = line.split { $0 == 0x20 || $0 == 0x09 }.map { Array($0) }
        guard let keyword = words.first, keyword.first != 0x23 else { return }
        let arguments = words.dropFirst().map { OpaqueText(bytes: $0) }
        switch String(decoding: keyword, as: UTF8.self) {
        case "log":
            guard 1...2 ~= arguments.count else { throw .wrongNumberOfWords }
            try builder.add(Log(key: key(arguments[0]), url: arguments.count > 1 ? arguments[1] : nil))
        case "witness":
            guard 2...3 ~= arguments.count else { throw .wrongNumberOfWords }
            try builder.add(
                Witness(name: arguments[0], key: key(arguments[1]), url: arguments.count > 2 ? arguments[2] : nil))
        case "group":
            guard arguments.count >= 3 else { throw .wrongNumberOfWords }
            let members = Array(arguments.dropFirst(2))
            let threshold =
                switch arguments[1] {
                case OpaqueText("all"): members.count
                case OpaqueText("any"): 1
                // A number too large for an Int is too large for any group.
                default: Decimal.decode(arguments[1].bytes).flatMap { Int(exactly: $0) } ?? 0
                }
            try builder.add(Group(name: arguments[0], threshold: threshold, members: members))
        case "quorum":
            guard arguments.count == 1 else { throw .wrongNumberOfWords }
            try builder.set(arguments[0] == OpaqueText("none") ? .none : .member(arguments[0]))
        default:
            throw .unknownKeyword(OpaqueText(bytes: keyword))
        }
    }

    private static func key(_ word: OpaqueText) throws(PolicyError) -> VerifierKey {
        guard let text = String(validating: word.bytes, as: UTF8.self), let key = try? VerifierKey(text) else {
            throw .badKey(word)
        }
        return key
    }
}
