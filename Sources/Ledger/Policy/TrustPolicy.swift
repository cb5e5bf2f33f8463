/// Which logs are trusted, and which witnesses must have cosigned a checkpoint for it to be believed (C2SP tlog-policy).
public struct TrustPolicy: Hashable, Sendable {
    /// The most logs, witnesses and groups of a policy, each; the specification asks for 32.
    public static let most = 1_024

    /// The longest policy file read, in bytes.
    public static let longest = 4 * 1_024 * 1_024

    /// A trusted log.
    public struct Log: Hashable, Sendable {
        /// Its key; the key's name is the log's origin.
        public let key: VerifierKey
        /// Where it is, if told.
        public let url: OpaqueText?

        /// Takes the parts of a `log` line.
        public init(key: VerifierKey, url: OpaqueText? = nil) {
            self.key = key
            self.url = url
        }
    }

    /// A known witness.
    public struct Witness: Hashable, Sendable {
        /// What the policy calls it; means nothing elsewhere.
        public let name: OpaqueText
        /// Its cosignature key.
        public let key: VerifierKey
        /// Where it is, if told.
        public let url: OpaqueText?

        /// Takes the parts of a `witness` line.
        public init(name: OpaqueText, key: VerifierKey, url: OpaqueText? = nil) {
            self.name = name
            self.key = key
            self.url = url
        }
    }

    /// A group: it has witnessed a checkpoint when at least so many of its members have.
    public struct Group: Hashable, Sendable {
        /// What the policy calls it.
        public let name: OpaqueText
        /// How many members it takes.
        public let threshold: Int
        /// Witnesses and groups defined before it.
        public let members: [OpaqueText]

        /// Takes the parts of a `group` line.
        public init(name: OpaqueText, threshold: Int, members: [OpaqueText]) {
            self.name = name
            self.threshold = threshold
            self.members = members
        }
    }

    /// What it takes for a checkpoint to be believed, besides the log's own signature.
    public enum Quorum: Hashable, Sendable {
        /// Nothing.
        case none
        /// That this witness or group has witnessed it.
        case member(OpaqueText)
    }

    /// The trusted logs; may be empty when the reader knows the log from elsewhere.
    public let logs: [Log]

    /// The known witnesses.
    public let witnesses: [Witness]

    /// The groups, each after its members.
    public let groups: [Group]

    /// The quorum.
    public let quorum: Quorum

    /// Puts a policy together.
    ///
    /// - Throws: ``PolicyError`` when it breaks a rule of the format: names defined twice or not before their use, a name in
    ///   two groups, a threshold that cannot be met, a key listed twice, a witness key that makes no cosignatures.
    public init(logs: [Log], witnesses: [Witness], groups: [Group], quorum: Quorum) throws(PolicyError) {
        var builder = TrustPolicyBuilder()
        for log in logs { try builder.add(log) }
        for witness in witnesses { try builder.add(witness) }
        for group in groups { try builder.add(group) }
        try builder.set(quorum)
        self = try builder.policy()
    }

    init(known logs: [Log], witnesses: [Witness], groups: [Group], quorum: Quorum) {
        self.logs = logs
        self.witnesses = witnesses
        self.groups = groups
        self.quorum = quorum
    }

    /// The policy as a file.
    public var bytes: [UInt8] {
        var lines: [[[UInt8]]] = []
        for log in logs { lines.append(["log".bytes, log.key.description.bytes] + [log.url?.bytes].compactMap(\.self)) }
        for witness in witnesses {
            lines.append(
                ["witness".bytes, witness.name.bytes, witness.key.description.bytes] + [witness.url?.bytes].compactMap(\.self))
        }
        for group in groups {
            lines.append(["group".bytes, group.name.bytes, String(group.threshold).bytes] + group.members.map(\.bytes))
        }
        switch quorum {
        case .none: lines.append(["quorum".bytes, "none".bytes])
        case .member(let name): lines.append(["quorum".bytes, name.bytes])
        }
        return lines.flatMap { Array($0.joined(separator: [0x20])) + [0x0a] }
    }
}

extension String {
    fileprivate var bytes: [UInt8] { Array(utf8) }
}
