/// The number of a depositary notification: `C.N.12.2026.TREATIES-IV.11 (Depositary Notification)`.
///
/// The form has varied over the years; all that is in use is read, and what was read is kept as it stood:
/// `C.N.49.2015.TREATIES-XVI.1`, `C.N.116.2018.TREATIES-XVIII-10`, `C.N.533.2010.TREATIES-6`, `C.N.7.2016.treaties XVIII.10`.
public struct NotificationNumber: Hashable, Sendable, CustomStringConvertible {
    /// As it stands on the notification.
    public let verbatim: String
    /// Within the year, from 1.
    public let serial: Int64
    public let year: Int64
    /// The Roman number of the treaty's chapter, where there is one.
    public let chapter: String?
    /// What stands after the chapter: `11`, `7.d`; for the older style the whole.
    public let rest: [String]

    public var description: String { verbatim }

    /// The number this node gives: serial, year and the treaty's number in its register, `XXVII-7-d`.
    public init(serial: Int64, year: Int64, treaty: String) {
        let parts = treaty.split(separator: "-").map(String.init)
        self.serial = serial
        self.year = year
        chapter = parts.first.flatMap { NotificationNumber.isRoman($0) ? $0 : nil }
        rest = chapter == nil ? parts : Array(parts.dropFirst())
        verbatim = "C.N.\(serial).\(year).TREATIES-\(parts.joined(separator: "."))"
    }

    /// Reads a number as people and old papers write it; `nil` where the text is none. At most 80 characters.
    public init?(_ text: String) {
        guard text.utf8.count <= 120 else { return nil }
        var own = Substring(text)
        while own.first == " " { own.removeFirst() }
        while own.last == " " { own.removeLast() }
        let verbatim = String(own)
        // "(Depositary Notification)", "(Reissued)" and their like stand behind the number.
        if let bracket = own.firstIndex(of: "(") { own = own[..<bracket] }
        let tokens = own.split { $0 == "." || $0 == " " || $0 == "-" || $0 == "–" || $0 == "/" || $0 == "\u{A0}" }.map { $0.uppercased() }
        guard tokens.count >= 5, tokens[0] == "C", tokens[1] == "N", tokens[4] == "TREATIES" || tokens[4] == "TREATY",
            let serial = NotificationNumber.number(tokens[2], digits: 1...6),
            let year = NotificationNumber.number(tokens[3], digits: 4...4),
            (1900...2200).contains(year), serial > 0
        else { return nil }
        var rest = Array(tokens.dropFirst(5))
        guard rest.count <= 5, rest.allSatisfy({ $0.utf8.count <= 12 && $0.utf8.allSatisfy(NotificationNumber.isWord) }) else { return nil }
        if let first = rest.first, NotificationNumber.isRoman(first) {
            chapter = first
            rest.removeFirst()
        } else {
            chapter = nil
        }
        self.verbatim = verbatim
        self.serial = serial
        self.year = year
        self.rest = rest.map { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } ? $0 : $0.lowercased() }
    }

    /// The treaty's number in the register, where the notification names chapter and number: `XXVII-7-d`.
    public var treaty: String? {
        guard let chapter, !rest.isEmpty else { return nil }
        return ([chapter] + rest).joined(separator: "-")
    }

    /// Whether both are the number of one notification, however they are written.
    public func isSame(as other: NotificationNumber) -> Bool { serial == other.serial && year == other.year }

    private static func isRoman(_ text: String) -> Bool { !text.isEmpty && text.allSatisfy { "IVXLCDM".contains($0) } }

    private static func isWord(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) }

    private static func number(_ text: String, digits: ClosedRange<Int>) -> Int64? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }
}
