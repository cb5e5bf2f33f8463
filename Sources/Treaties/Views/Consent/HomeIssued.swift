import Acts

/// An act of another node's record inside the act by which this one took it over, verified by then.
struct HomeIssued {
    /// What the treaty desk reads of other nodes' records.
    static let kinds: [ActKind] = [TreatyFullPowersIssued.kind, TreatyFullPowersRevoked.kind]

    let home: HeldFullPowers.Home
    /// As it stands in the other record.
    let entry: Entry

    /// `nil` for entries that are none, and for kinds that are not this desk's.
    init?(_ entry: Entry) {
        guard entry.kind == ExchangeReceived.kind, let act = try? entry.payload(as: ExchangeReceived.self), let inner = try? act.entry(),
            Self.kinds.contains(inner.kind)
        else { return nil }
        self.entry = inner
        home = .init(node: act.node, origin: act.origin, entry: act.index)
    }
}
