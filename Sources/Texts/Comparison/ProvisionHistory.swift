/// One provision through the versions of a text: when it came, what changed, where it went.
public struct ProvisionHistory: Hashable, Sendable {
    public struct Step: Hashable, Sendable {
        /// The version in which it happened.
        public let version: TextVersion
        /// How the provision differs from the version before; `added` in the first that has it.
        public let entry: TextComparison.Entry
    }

    /// One step for each version in which something happened to it, the oldest first.
    public let steps: [Step]

    /// Follows a provision back from the newest version, also where it had another name before.
    /// - Parameter versions: the versions of the text in one language, the oldest first.
    /// - Throws: ``TextFault`` where they are not in one language.
    public init(of wId: ProvisionIdentifier, in versions: [InstrumentText]) throws(TextFault) {
        var steps: [Step] = []
        var name: ProvisionIdentifier? = wId
        for index in versions.indices.dropFirst().reversed() {
            guard let known = name else { break }
            let comparison = try TextComparison(versions[index - 1], versions[index])
            let entry =
                comparison.entries.first { $0.new?.provision.wId == known }
                ?? comparison.entries.first { $0.new == nil && $0.old?.provision.wId == known }
            guard let entry else { continue }
            if entry.change != .unchanged { steps.append(Step(version: versions[index].version, entry: entry)) }
            name = entry.old?.provision.wId
        }
        if let known = name, let first = versions.first, let place = first.place(wId: known) {
            steps.append(Step(version: first.version, entry: TextComparison.entry(.added, nil, place)))
        }
        self.steps = steps.reversed()
    }
}
