/// Why an actor table could not be read.
public enum ActorTableError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file is not among the program's resources.
    case missing(file: String)
    /// The file is not JSON of the table's form; the reason names the place.
    case malformed(file: String, reason: String)
    /// The file is of a version this program does not know.
    case unknownVersion(file: String, version: Int)
    /// Two actors share a code.
    case duplicateCode(ActorCode)
    /// Two groups share an id.
    case duplicateGroup(String)
    /// A succession or a membership names an actor that the table lacks.
    case unknownActor(ActorCode, in: String)
    /// A period ends before it begins.
    case emptyPeriod(ActorCode, in: String)

    public var description: String {
        switch self {
        case .missing(let file): "the actor table's file \(file) is missing from the program's resources: install the program whole"
        case .malformed(let file, let reason): "\(file): \(reason)"
        case .unknownVersion(let file, let version): "\(file): version \(version) is not known; this program reads version 1"
        case .duplicateCode(let code): "two actors have the code \(code)"
        case .duplicateGroup(let id): "two groups have the id \(id)"
        case .unknownActor(let code, let place): "\(place) names \(code), which is not in the actor table"
        case .emptyPeriod(let code, let place): "\(place): a period of \(code) ends before it begins"
        }
    }
}
