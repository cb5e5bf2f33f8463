/// Two languages of an instrument side by side: what each says in the same provision.
///
///     for row in TextAlignment(english, french).rows { show(row.left, row.right) }
public struct TextAlignment: Hashable, Sendable {
    /// One provision, in the order of the left text; what only the right one has stands where it follows there.
    public struct Row: Hashable, Sendable {
        /// The name the provision has in both.
        public let wId: ProvisionIdentifier
        /// `nil` where the text has no such provision.
        public let left: Place?
        public let right: Place?
    }

    public let rows: [Row]

    /// Aligns by `wId`; call ``InstrumentText/adoptingIdentifiers(of:)`` first where the texts were not entered together.
    public init(_ left: InstrumentText, _ right: InstrumentText) {
        var rightPlaces: [ProvisionIdentifier: Int] = [:]
        for (index, place) in right.places.enumerated() { rightPlaces[place.provision.wId] = index }
        let inLeft = Set(left.places.map(\.provision.wId))
        var rows: [Row] = []
        // What only the right text has, right after what it follows there.
        func appendAlone(from start: Int) {
            for place in right.places[start...] {
                guard !inLeft.contains(place.provision.wId) else { return }
                rows.append(Row(wId: place.provision.wId, left: nil, right: place))
            }
        }
        appendAlone(from: 0)
        for place in left.places {
            let index = rightPlaces[place.provision.wId]
            rows.append(Row(wId: place.provision.wId, left: place, right: index.map { right.places[$0] }))
            if let index { appendAlone(from: index + 1) }
        }
        self.rows = rows
    }
}
