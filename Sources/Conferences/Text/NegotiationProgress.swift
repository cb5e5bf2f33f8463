public import Acts

/// How far a text had come at one version: a point of the drawing that shows a room how its brackets fall, reading by reading.
public struct NegotiationProgress: Hashable, Sendable {
    public let version: Int
    /// The reading in which the version was made; 0 before the first.
    public let reading: Int
    public let moment: Moment
    public let measures: TextMeasures

    public var json: JSON {
        [
            "version": .integer(Int64(version)), "reading": .integer(Int64(reading)), "moment": .string(moment.description),
            "measures": measures.json,
        ]
    }
}

extension Negotiation {
    /// The counts of every version, the oldest first.
    public var progress: [NegotiationProgress] {
        facts.map { NegotiationProgress(version: $0.number, reading: $0.reading, moment: $0.moment, measures: $0.measures) }
    }

    /// The counts at the end of each reading: of its last version, or where it made none of the version it began with.
    public var progressByReading: [NegotiationProgress] {
        var found: [NegotiationProgress] = []
        let all = progress
        if let before = all.last(where: { $0.reading == 0 }) { found.append(before) }
        for reading in Set(readings.map(\.number)).sorted() {
            if let last = all.last(where: { $0.reading == reading }) {
                found.append(last)
            } else if let begun = readings.first(where: { $0.number == reading }),
                let at = all.first(where: { $0.version == begun.version })
            {
                found.append(NegotiationProgress(version: at.version, reading: reading, moment: begun.moment, measures: at.measures))
            }
        }
        return found
    }
}
