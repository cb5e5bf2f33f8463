/// What a key of the node's seals is for; each has keys and certificates of its own.
public enum SealRole: Hashable, Sendable {
    /// Signs certificates and nothing else.
    case root
    case timeStamping
    /// Signs the manifests that say where files come from (C2PA).
    case provenance
    /// Seals an office's documents, by the office's identifier.
    case office(String)

    /// The beginning of its files' names.
    var stem: String {
        switch self {
        case .root: "seal-root"
        case .timeStamping: "seal-time"
        case .provenance: "seal-provenance"
        case .office(let office): "seal-office-\(office)"
        }
    }

    init?(stem: some StringProtocol) {
        switch stem {
        case "seal-root": self = .root
        case "seal-time": self = .timeStamping
        case "seal-provenance": self = .provenance
        default:
            guard stem.hasPrefix("seal-office-") else { return nil }
            let office = String(stem.dropFirst("seal-office-".count))
            guard SealRole.isOffice(office) else { return nil }
            self = .office(office)
        }
    }

    /// Whether it is of the form of an office's identifier: it becomes part of a file's name.
    static func isOffice(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
}
