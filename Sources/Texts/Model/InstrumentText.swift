public import Acts

/// An instrument's text in one language: a title and a tree of provisions.
///
/// What is held is always a text that can be written, hashed and cited: every identifier stands once, what must come first comes
/// first, and the limits of ``TextLimits`` are kept. Equal values have equal canonical bytes (``AkomaNtoso/bytes(of:)``).
///
///     let text = try AkomaNtoso.read(bytes)
///     for place in text.places { print(place.eId, place.provision.number ?? "") }
public struct InstrumentText: Hashable, Sendable {
    public let identity: InstrumentIdentity
    public let language: TextLanguage
    public let authenticity: TextAuthenticity
    /// Which version of the text it is, and of what day: an adopted text has one, a draft many.
    public let version: TextVersion
    public let title: InlineText
    /// The preamble if there is one, the operative provisions, the conclusions if there are any, the annexes.
    public let provisions: [Provision]
    /// Every provision at its place, in reading order.
    public let places: [Place]

    /// - Throws: ``TextFault`` where two provisions share an identifier, the order is not that of an instrument, or a limit is passed.
    public init(
        identity: InstrumentIdentity, language: TextLanguage, authenticity: TextAuthenticity, version: TextVersion, title: InlineText,
        provisions: [Provision]
    ) throws(TextFault) {
        guard !title.isEmpty else {
            throw TextFault(.structure, "the text has no title.", mend: "Write the instrument's full title.")
        }
        if case .translation(let source?) = authenticity, source == language {
            throw TextFault(
                .structure, "a translation from \(language) into \(language) is none.", mend: "Name the language it was translated from.")
        }
        var stage = 0
        for provision in provisions {
            let own = Self.stage(of: provision.kind)
            guard own > 0, own > stage || own == stage && (own == 2 || own == 4) else {
                throw TextFault(
                    .structure, place: provision.wId.text, "a \(provision.kind.rawValue) cannot stand here.",
                    mend: "A text is a preamble, then its provisions, then its conclusions, then its annexes.")
            }
            stage = own
        }
        guard provisions.contains(where: { Self.stage(of: $0.kind) == 2 }) else {
            throw TextFault(
                .structure, "the text has no operative provision.",
                mend: "Write at least one article or paragraph between preamble and conclusions.")
        }
        guard provisions.reduce(0, { $0 + $1.size }) <= TextLimits.provisions else {
            throw TextFault(
                .tooLarge, "the text has more than \(TextLimits.provisions) provisions.", mend: "Divide it into several instruments.")
        }
        self.identity = identity
        self.language = language
        self.authenticity = authenticity
        self.version = version
        self.title = title
        self.provisions = provisions
        places = Place.all(of: provisions)
        try Self.requireOnce(places)
    }

    /// The expression's IRI: the work's, the language, the version's day: `/akn/un/act/provision/un/2023-06-19/bbnj/eng@2023-06-19`.
    public var expressionIRI: String { "\(identity.workIRI)/\(language.akomaNtosoTag)@\(version.date)" }

    /// The place of that work identifier.
    public func place(wId: ProvisionIdentifier) -> Place? { places.first { $0.provision.wId == wId } }

    /// The place an address leads to: a URL's fragment without its `#`, an `eId` or a `wId`.
    public func place(anchor: String) -> Place? {
        places.first { $0.eId == anchor } ?? places.first { $0.provision.wId.text == anchor }
    }

    /// The same text with other provisions.
    public func with(provisions: [Provision]) throws(TextFault) -> InstrumentText {
        try InstrumentText(
            identity: identity, language: language, authenticity: authenticity, version: version, title: title, provisions: provisions)
    }

    private static func stage(of kind: ProvisionKind) -> Int {
        switch kind {
        case .preamble: 1
        case .recital: 0
        case .conclusions: 3
        case .annex: 4
        default: 2
        }
    }

    private static func requireOnce(_ places: [Place]) throws(TextFault) {
        var names: Set<ProvisionIdentifier> = []
        var addresses: Set<String> = []
        for place in places {
            guard names.insert(place.provision.wId).inserted else {
                throw TextFault(
                    .identifier, place: place.provision.wId.text, "two provisions have the identifier \(place.provision.wId).",
                    mend: "Give one of them another wId.")
            }
            guard place.eId.utf8.count <= 2 * TextLimits.identifierBytes, addresses.insert(place.eId).inserted else {
                throw TextFault(
                    .identifier, place: place.provision.wId.text,
                    "two provisions have the address \(place.eId.prefix(200)), or it is too long.",
                    mend: "Number one of them otherwise: 8bis, 8-2.")
            }
        }
    }
}

/// Which version of an instrument's text: the day it is of, and a number where there are several.
public struct TextVersion: Hashable, Sendable {
    public let date: CalendarDate
    /// Counted from 1; `nil` where a text has one version only.
    public let number: Int?

    public init(date: CalendarDate, number: Int? = nil) throws(TextFault) {
        guard number.map({ (1...1_000_000).contains($0) }) ?? true else {
            throw TextFault(.structure, "\(number ?? 0) is no number of a version.", mend: "Count versions from 1.")
        }
        self.date = date
        self.number = number
    }
}
