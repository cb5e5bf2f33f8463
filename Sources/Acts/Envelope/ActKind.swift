/// What sort of act an entry is, with the version of its payload's form: `treaty.deposit@1`.
///
/// A node keeps and shows kinds it does not know; it never drops them.
public struct ActKind: Hashable, Sendable, LosslessStringConvertible {
    /// Desk and act, lowercase words joined by `.` and `-`: `treaty.deposit`.
    public let name: String
    /// From 1.
    public let version: Int
    /// `NAME@VERSION`; kept, since every leaf and every row of the acts' view holds it.
    public let description: String

    /// `nil` unless the name is 1 to 64 of `a`–`z`, `0`–`9`, `.` and `-`, and the version 1 to 999.
    public init?(name: String, version: Int) {
        guard (1...64).contains(name.utf8.count), (1...999).contains(version),
            name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D })
        else { return nil }
        self.init(checked: name, version: version)
    }

    private init(checked name: String, version: Int) {
        self.name = name
        self.version = version
        description = "\(name)@\(version)"
    }

    public init?(_ description: String) {
        guard let mark = description.utf8.lastIndex(of: 0x40) else { return nil }
        let digits = description.utf8[description.utf8.index(after: mark)...]
        // One spelling for each version: no sign, no leading zero.
        guard (1...3).contains(digits.count), digits.first != 0x30, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        self.init(name: String(description[..<mark]), version: digits.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }

    /// For the kinds this program defines, whose names are literals.
    package init(known name: StaticString, version: Int = 1) {
        self.init(checked: name.description, version: version)
    }

    public static func == (left: ActKind, right: ActKind) -> Bool { left.description == right.description }

    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}
