/// Whether the languages of an instrument have the same provisions in the same places: what a conference checks before a text is
/// adopted, since it is all authentic languages together that are adopted.
///
/// It compares structure, not meaning: provisions, their numbers, their kinds, and the paragraphs of words each has.
public struct Concordance: Hashable, Sendable {
    /// How much of one language there is.
    public struct Count: Hashable, Sendable {
        public let language: TextLanguage
        /// The preamble, the articles or rules, the conclusions and the annexes: the units a treaty is usually counted in.
        public let units: Int
        /// All provisions.
        public let provisions: Int
    }

    public let counts: [Count]
    public let findings: [ConcordanceFinding]

    public var agrees: Bool { findings.isEmpty }

    /// Compares any number of texts, one to a language. The first gives the order in which findings are told.
    /// - Throws: ``TextFault`` where two texts are in one language, or there are fewer than two.
    public init(_ texts: [InstrumentText]) throws(TextFault) {
        guard texts.count > 1, Set(texts.map(\.language)).count == texts.count else {
            throw TextFault(
                .structure, "a concordance wants two or more texts, each in a language of its own.",
                mend: "Give one file for each language.")
        }
        counts = texts.map { Count(language: $0.language, units: $0.units, provisions: $0.places.count) }
        let indices = texts.map { text in
            Dictionary(uniqueKeysWithValues: text.places.enumerated().map { ($0.element.provision.wId, $0.offset) })
        }
        var findings: [ConcordanceFinding] = []
        var seen: Set<ProvisionIdentifier> = []
        var missing: [ProvisionIdentifier: Set<TextLanguage>] = [:]
        for (owner, text) in texts.enumerated() {
            for place in text.places where seen.insert(place.provision.wId).inserted {
                let wId = place.provision.wId
                let places = zip(texts, indices).map { text, index in index[wId].map { text.places[$0] } }
                let absent = Set(zip(texts, places).filter { $1 == nil }.map(\.0.language))
                missing[wId] = absent
                // What is missing with what holds it was named there.
                let named = place.parent.map { missing[texts[owner].places[$0].provision.wId] ?? [] } ?? []
                let comparison = ProvisionComparison(place: place, languages: texts.map(\.language), places: places)
                let fresh = absent.subtracting(named)
                if !fresh.isEmpty { findings.append(comparison.finding(.missing, languages: fresh) { _ in "present" }) }
                findings += comparison.differences
            }
        }
        for (text, index) in zip(texts, indices).dropFirst() { findings += Self.outOfOrder(text, index, against: texts[0]) }
        self.findings = findings
    }

    /// Provisions whose order among those both have is not the same: the fewest that would have to move.
    private static func outOfOrder(
        _ text: InstrumentText, _ index: [ProvisionIdentifier: Int], against first: InstrumentText
    ) -> [ConcordanceFinding] {
        let common = first.places.compactMap { place in index[place.provision.wId].map { (place: place, position: $0) } }
        let kept = LongestRise.indices(of: common.map(\.position))
        return common.indices.filter { !kept.contains($0) }.map { place in
            ConcordanceFinding(
                kind: .order, wId: common[place].place.provision.wId, eId: common[place].place.eId,
                number: common[place].place.provision.number,
                values: [:], languages: [text.language])
        }
    }
}

/// One provision in all languages.
private struct ProvisionComparison {
    let place: Place
    let languages: [TextLanguage]
    let places: [Place?]

    var differences: [ConcordanceFinding] {
        var findings = difference(.kind) { $0.kind.rawValue }
        // A provision of another kind is numbered in another way; that is not said twice.
        if findings.isEmpty { findings += difference(.number) { $0.number == nil ? "—" : $0.token } }
        findings += difference(.heading) { $0.heading == nil ? "no" : "yes" }
        findings += difference(.paragraphs) { String($0.content.count + $0.closing.count) }
        return findings
    }

    private func difference(_ kind: ConcordanceFinding.Kind, _ value: (Provision) -> String) -> [ConcordanceFinding] {
        let values = places.compactMap { $0.map { value($0.provision) } }
        guard let first = values.first, values.contains(where: { $0 != first }) else { return [] }
        // Most decide what differs; where there are as many of each, the language that comes first does.
        var usual = first
        for candidate in values where values.count(where: { $0 == candidate }) > values.count(where: { $0 == usual }) { usual = candidate }
        let differing = zip(languages, places).filter { $1.map { value($0.provision) != usual } ?? false }.map(\.0)
        return [finding(kind, languages: Set(differing)) { value($0.provision) }]
    }

    func finding(
        _ kind: ConcordanceFinding.Kind, languages differing: Set<TextLanguage>, value: (Place) -> String
    ) -> ConcordanceFinding {
        ConcordanceFinding(
            kind: kind, wId: place.provision.wId, eId: place.eId, number: place.provision.number,
            values: Dictionary(uniqueKeysWithValues: zip(languages, places.map { $0.map(value) ?? "—" })), languages: differing.sorted())
    }
}

extension InstrumentText {
    /// The preamble, the articles or rules, the conclusions and the annexes; what an annex holds is counted with it.
    public var units: Int {
        func count(_ provision: Provision) -> Int {
            switch provision.kind {
            case .preamble, .article, .rule, .conclusions, .annex: 1
            default: provision.children.reduce(0) { $0 + count($1) }
            }
        }
        return provisions.reduce(0) { $0 + count($1) }
    }
}
