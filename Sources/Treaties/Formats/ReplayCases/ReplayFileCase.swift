import Acts

/// A case of a replay file: of entry into force alone, or of an instrument's whole life.
public enum ReplayFileCase: Hashable, Sendable {
    case entryIntoForce(ReplayCase)
    case lifecycle(LifecycleCase)
}

/// Reads cases, each by its own form.
struct ReplayFileReader {
    let actors: ReplayActors

    func `case`(_ json: JSON, at place: String) throws(ReplayError) -> ReplayFileCase {
        LifecycleCaseReader.recognizes(json)
            ? .lifecycle(try LifecycleCaseReader(actors: actors).read(json, at: place))
            : .entryIntoForce(try ReplayCaseReader(actors: actors).read(json, at: place))
    }
}
