/// What an instrument is called. The name does not bear on its force (VCLT art. 2(1)(a)).
public enum InstrumentKind: String, Hashable, Sendable, CaseIterable {
    case treaty
    case convention
    case agreement
    case covenant
    case charter
    case statute
    case constitution
    /// Stands beside a parent: optional, additional or implementing.
    case `protocol`
    /// Changes its parent (VCLT arts. 39 to 41).
    case amendment
    case declaration
    case exchangeOfNotes
    case memorandum
    case other

    /// Whether it cannot be understood without another instrument.
    public var needsParent: Bool { self == .amendment }
}

/// Whether an instrument is meant to bind in international law (VCLT art. 2(1)(a), "governed by international law").
public enum InstrumentStatus: String, Hashable, Sendable, CaseIterable {
    case legal
    case political
}
