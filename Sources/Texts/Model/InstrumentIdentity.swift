public import Acts

/// Which instrument a text is of, as Akoma Ntoso's IRIs name it: who made it, when, and its number or short name.
public struct InstrumentIdentity: Hashable, Sendable {
    /// Who made it, in lower-case letters, digits, dots and hyphens: `un`, `un-conf-bbnj`.
    public let actor: String
    /// When it was adopted; of a draft, when it was issued.
    public let date: CalendarDate
    /// Its number or short name, in the same characters: `bbnj`, `xxi-10`.
    public let name: String

    public init(actor: String, date: CalendarDate, name: String) throws(TextFault) {
        for word in [actor, name] {
            guard (1...80).contains(word.utf8.count), word.utf8.allSatisfy(Self.mayStand), let first = word.utf8.first, first != 0x2D,
                first != 0x2E
            else {
                throw TextFault(
                    .identifier, "'\(word.prefix(80))' cannot stand in an instrument's address.",
                    mend: "Use 1 to 80 lower-case letters, digits, dots and hyphens.")
            }
        }
        self.actor = actor
        self.date = date
        self.name = name
    }

    /// The work's IRI after the guidelines of the United Nations (AKN4UN): `/akn/un/act/provision/un/2023-06-19/bbnj`.
    public var workIRI: String { "/akn/un/act/provision/\(actor)/\(date)/\(name)" }

    private static func mayStand(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E
    }
}
