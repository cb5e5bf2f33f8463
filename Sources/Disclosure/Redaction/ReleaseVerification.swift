import Acts
import Ledger

/// Checks a release against its commitment, with nothing but the file and the keys one trusts.
public enum ReleaseVerification {
    public enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        case size(stated: Int, found: Int)
        /// The shown parts and the hidden hashes do not lead to the signed root: something was changed, added or taken out.
        case root
        case repeatedPath(String)
        case disorder
        case repeatedSalt(String)
        case unsigned
        case signature(key: String)
        case unknownKey(String)
        /// A mark stands after a part that is not shown, or hides nothing.
        case removal(String)

        public var description: String {
            switch self {
            case .size(let stated, let found): "The commitment is to \(stated) leaves, and the file has \(found)."
            case .root: "What is shown does not lead to the signed root: something in it was changed, added or taken out."
            case .repeatedPath(let path): "\(path) is shown twice."
            case .disorder: "The parts or hashes are not in their order."
            case .repeatedSalt(let path): "\(path) is shown with a salt that another part has."
            case .unsigned: "Nobody signed the commitment. Check it against the record it was entered in."
            case .signature(let key): "The signature by \(key) is not over this commitment."
            case .unknownKey(let key): "The signature is by the key \(key), which you did not name as one you trust."
            case .removal(let path): "A mark of removal stands at \(path), where none can be."
            }
        }
    }

    /// Whether what is shown belongs to what was committed to. Says nothing about who committed: see ``checkSignatures(_:trusted:)``.
    public static func checkRoot(_ release: RedactedRelease) throws(Fault) {
        let found = release.shown.count + release.hidden.count
        guard found == release.commitment.size else { throw .size(stated: release.commitment.size, found: found) }
        var salts: Set<[UInt8]> = []
        var last: String?
        for leaf in release.shown {
            if let last {
                if last == leaf.part.path { throw .repeatedPath(last) }
                guard RedactableDocument.precedes(last, leaf.part.path) else { throw .disorder }
            }
            guard salts.insert(leaf.salt).inserted else { throw .repeatedSalt(leaf.part.path) }
            last = leaf.part.path
        }
        guard zip(release.hidden, release.hidden.dropFirst()).allSatisfy({ $0 < $1 }) else { throw .disorder }
        let hashes = (release.shown.map(\.hash) + release.hidden).sorted()
        guard Hash.root(over: hashes) == release.commitment.root else { throw .root }
        let paths = Set(release.shown.map(\.part.path))
        for removal in release.removals {
            if let after = removal.after, !paths.contains(after) { throw .removal(after) }
        }
        if let first = release.removals.first, release.hidden.isEmpty { throw .removal(first.after ?? "-") }
    }

    /// Whether every signature is over this commitment by a trusted key, and there is one.
    ///
    /// - Parameter trusted: identifiers of keys. `nil`: any key, which proves only that the holder of the key in the file signed.
    public static func checkSignatures(_ release: RedactedRelease, trusted: Set<String>? = nil) throws(Fault) {
        guard !release.signatures.isEmpty else { throw .unsigned }
        for signature in release.signatures {
            let identifier = signature.key.identifier
            if let trusted, !trusted.contains(identifier) { throw .unknownKey(identifier) }
            guard signature.key.verifies(signature.bytes, over: release.commitment.message) else { throw .signature(key: identifier) }
        }
    }
}
