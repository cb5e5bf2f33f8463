public import Acts
import Foundation

/// Full powers or credentials that the depositary has received, with what became of them.
public struct HeldFullPowers: Hashable, Sendable {
    /// Where they were issued, where that is the State's own node.
    public struct Home: Hashable, Sendable {
        /// The node: `mfa.example.org`.
        public var node: String
        /// Its log.
        public var origin: String
        /// The act's place there.
        public var entry: Int64

        public init(node: String, origin: String, entry: Int64) {
            self.node = node
            self.origin = origin
            self.entry = entry
        }
    }

    /// The entry that holds them.
    public var entry: Int64
    public var issued: TreatyFullPowersIssued
    /// From this day on they cover nothing.
    public var revokedOn: CalendarDate?
    /// `nil`: they were presented to the depositary.
    public var home: Home?

    public init(entry: Int64, issued: TreatyFullPowersIssued, revokedOn: CalendarDate? = nil, home: Home? = nil) {
        self.entry = entry
        self.issued = issued
        self.revokedOn = revokedOn
        self.home = home
    }

    /// The first day they are good.
    var validFrom: CalendarDate { issued.validFrom ?? issued.issuedOn }

    /// Where they stand on a day.
    enum State: String, Hashable, Sendable {
        case notYet
        case good
        case expired
        case revoked
    }

    func state(on day: CalendarDate) -> State {
        if let revokedOn, day >= revokedOn { return .revoked }
        if let until = issued.validUntil, day > until { return .expired }
        return day < validFrom ? .notYet : .good
    }

    func names(_ person: String) -> Bool {
        let wanted = Self.folded(person)
        return issued.representatives.contains { Self.folded($0.name) == wanted }
    }

    /// Two spellings of a name that differ in case, accents or spacing alone are one name.
    private static func folded(_ name: String) -> String {
        String(
            String.UnicodeScalarView(
                name.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars.filter {
                    $0.properties.generalCategory != .nonspacingMark
                })
        ).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
