extension InstrumentText {
    /// The same text with the identifiers of another language's, wherever a provision stands in the same place of the same structure:
    /// by kind and number first; else by order, where both have as many provisions beside it. What has no counterpart keeps its own.
    ///
    /// So the language that was entered first gives the `wId`s, and a language that numbers its paragraphs otherwise can still be read
    /// beside it. Numbers and addresses stay as they are.
    public func adoptingIdentifiers(of reference: InstrumentText) throws(TextFault) -> InstrumentText {
        var adoption = IdentifierAdoption(reserved: Set(reference.places.map(\.provision.wId)))
        return try with(provisions: try adoption.adopt(reference.provisions, for: provisions))
    }
}

/// Gives provisions the identifiers of their counterparts.
private struct IdentifierAdoption {
    /// What the reference uses: no provision without a counterpart may have one of these.
    let reserved: Set<ProvisionIdentifier>
    private var used: Set<ProvisionIdentifier> = []

    init(reserved: Set<ProvisionIdentifier>) {
        self.reserved = reserved
    }

    mutating func adopt(_ reference: [Provision], for provisions: [Provision]) throws(TextFault) -> [Provision] {
        var result: [Provision] = []
        for (provision, counterpart) in zip(provisions, Self.counterparts(of: provisions, in: reference)) {
            let wId = counterpart?.wId ?? own(provision.wId)
            used.insert(wId)
            let children = try adopt(counterpart?.children ?? [], for: provision.children)
            result.append(try provision.with(wId: wId, children: children))
        }
        return result
    }

    /// Its own name, or that with a number where the reference means something else by it.
    private func own(_ wId: ProvisionIdentifier) -> ProvisionIdentifier {
        var candidate = wId
        var again = 2
        while reserved.contains(candidate) || used.contains(candidate), let next = ProvisionIdentifier("\(wId.text)-\(again)") {
            candidate = next
            again += 1
        }
        return candidate
    }

    private static func counterparts(of provisions: [Provision], in reference: [Provision]) -> [Provision?] {
        var byNumber: [Key: Provision] = [:]
        for candidate in reference { byNumber[Key(candidate)] = candidate }
        let found = provisions.map { byNumber[Key($0)] }
        // As many of each in one order: the same list under other marks.
        let isSameList =
            provisions.count == reference.count && found.allSatisfy { $0 == nil }
            && zip(provisions, reference).allSatisfy { $0.kind.isSetIn == $1.kind.isSetIn }
        return isSameList ? reference.map(Optional.some) : found
    }

    private struct Key: Hashable {
        let kind: ProvisionKind
        let token: String

        init(_ provision: Provision) {
            kind = provision.kind
            token = provision.token
        }
    }
}

extension Provision {
    /// The same provision under another name or number, holding others.
    func with(
        wId: ProvisionIdentifier? = nil, token: String? = nil, number: String?? = nil, children: [Provision]? = nil
    ) throws(TextFault) -> Provision {
        try Provision(
            kind, wId: wId ?? self.wId, token: token ?? self.token, number: number ?? self.number, heading: heading, content: content,
            children: children ?? self.children, closing: closing)
    }
}
