/// Why a marking cannot stand or may not be changed.
public enum MarkingFault: Error, Hashable, Sendable, CustomStringConvertible {
    case unknownPolicy(String)
    case unknownLevel(policy: String, code: String)
    case unknownCategory(policy: String, code: String)
    case unknownValue(category: String, value: String)
    /// Categories of release lists leave nobody who could read the whole.
    case releasableToNobody(policy: String, category: String)
    /// Lowering, and opening before its time, are the originator's.
    case notTheOriginator(originator: String, office: String)
    /// Foreign-government information stands in the way.
    case foreignInformation([String])
    /// A document that has no portion has no marking.
    case noPortions
    /// The label is of another policy than the one it is compared with.
    case otherPolicy(String, String)

    public var description: String {
        switch self {
        case .unknownPolicy(let policy): "There is no marking policy \(policy) here. Load its file, or use another policy."
        case .unknownLevel(let policy, let code):
            "The policy \(policy) has no level \(code). Use one of its levels, spelled as it spells them."
        case .unknownCategory(let policy, let code): "The policy \(policy) has no category \(code)."
        case .unknownValue(let category, let value): "The category \(category) has no value \(value)."
        case .releasableToNobody(let policy, let category):
            "The portions' release lists (\(policy), \(category)) have no recipient in common. Split the document, or ask the originators."
        case .notTheOriginator(let originator, let office):
            "\(office) may not lower a marking of \(originator). Ask the originator to agree, and record its answer."
        case .foreignInformation(let originators):
            "It holds information of \(originators.joined(separator: ", ")), and opens only when they agree."
        case .noPortions: "A document has a marking only through its portions, and it has none. Mark one paragraph at least."
        case .otherPolicy(let left, let right):
            "A marking under \(left) cannot be compared with one under \(right) without an equivalence table."
        }
    }
}
