/// Why bytes are no policy file, or parts make no policy.
public indirect enum PolicyError: Error, Hashable, Sendable {
    /// More bytes than ``TrustPolicy/longest``.
    case tooLong(Int)
    /// A line, counted from 1, and what is wrong with it.
    case atLine(Int, PolicyError)
    /// An octet outside tab, 0x20...0x7e and 0x80...0xff.
    case controlCharacter
    /// The first word of the line is none of log, witness, group, quorum.
    case unknownKeyword(OpaqueText)
    /// The line has too few words or too many.
    case wrongNumberOfWords
    /// A name or URL is empty or holds white space.
    case badWord(OpaqueText)
    /// This is no verifier key.
    case badKey(OpaqueText)
    /// The key of a witness must be one that makes cosignatures.
    case notACosignatureKey(VerifierKey)
    /// The same public key is listed twice.
    case repeatedKey(VerifierKey)
    /// The name is taken, or is `none`.
    case definedBefore(OpaqueText)
    /// The name is not defined on a line before.
    case undefined(OpaqueText)
    /// Each name may be a member of one group only.
    case alreadyInAGroup(OpaqueText)
    /// A group's number must lie between 1 and the number of its members.
    case badThreshold(OpaqueText)
    /// There must be one quorum line.
    case noQuorum
    /// There must be one quorum line only.
    case secondQuorum
    /// More than ``TrustPolicy/most`` lines of this keyword.
    case tooMany(String)
}

extension PolicyError: CustomStringConvertible {
    /// A sentence for an operator's log.
    public var description: String {
        switch self {
        case .tooLong(let count): "the policy has \(count) bytes, more than \(TrustPolicy.longest)"
        case .atLine(let line, let error): "line \(line): \(error)"
        case .controlCharacter: "the line holds a control character"
        case .unknownKeyword(let word): "\"\(word)\" is none of log, witness, group, quorum"
        case .wrongNumberOfWords: "the line has too few words or too many"
        case .badWord(let word): "\"\(word)\" is empty or holds white space"
        case .badKey(let word): "\"\(word)\" is no verifier key"
        case .notACosignatureKey(let key): "the key of \(key.name) makes no cosignatures"
        case .repeatedKey(let key): "the key of \(key.name) is listed twice"
        case .definedBefore(let name): "the name \"\(name)\" is taken"
        case .undefined(let name): "the name \"\(name)\" is not defined on a line before"
        case .alreadyInAGroup(let name): "\"\(name)\" is a member of another group already"
        case .badThreshold(let name): "group \"\(name)\" asks for none of its members or for more than it has"
        case .noQuorum: "the policy has no quorum line"
        case .secondQuorum: "the policy has more than one quorum line"
        case .tooMany(let keyword): "the policy has more than \(TrustPolicy.most) \(keyword) lines"
        }
    }
}
