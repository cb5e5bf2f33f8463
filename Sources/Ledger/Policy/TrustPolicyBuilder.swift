/// Holds the rules of the policy format while a policy is put together, line by line or from values.
struct TrustPolicyBuilder {
    private static let none = OpaqueText("none")

    private var logs: [TrustPolicy.Log] = []
    private var witnesses: [TrustPolicy.Witness] = []
    private var groups: [TrustPolicy.Group] = []
    private var quorum: TrustPolicy.Quorum?
    private var logKeys: Set<[UInt8]> = []
    private var witnessKeys: Set<[UInt8]> = []
    private var defined: Set<OpaqueText> = []
    private var grouped: Set<OpaqueText> = []

    mutating func add(_ log: TrustPolicy.Log) throws(PolicyError) {
        guard logs.count < TrustPolicy.most else { throw .tooMany("log") }
        // The same public key under another name or identifier is the same key.
        guard logKeys.insert(log.key.publicKey).inserted else { throw .repeatedKey(log.key) }
        try checkWord(log.url)
        logs.append(log)
    }

    mutating func add(_ witness: TrustPolicy.Witness) throws(PolicyError) {
        guard witnesses.count < TrustPolicy.most else { throw .tooMany("witness") }
        guard [.ed25519Cosignature, .mlDSA44Cosignature].contains(witness.key.type) else { throw .notACosignatureKey(witness.key) }
        guard witnessKeys.insert(witness.key.publicKey).inserted else { throw .repeatedKey(witness.key) }
        try checkWord(witness.url)
        try define(witness.name)
        witnesses.append(witness)
    }

    mutating func add(_ group: TrustPolicy.Group) throws(PolicyError) {
        guard groups.count < TrustPolicy.most else { throw .tooMany("group") }
        guard !group.members.isEmpty, 1...group.members.count ~= group.threshold else { throw .badThreshold(group.name) }
        for member in group.members {
            guard member != TrustPolicyBuilder.none, defined.contains(member) else { throw .undefined(member) }
            guard grouped.insert(member).inserted else { throw .alreadyInAGroup(member) }
        }
        try define(group.name)
        groups.append(group)
    }

    mutating func set(_ quorum: TrustPolicy.Quorum) throws(PolicyError) {
        guard self.quorum == nil else { throw .secondQuorum }
        if case .member(let name) = quorum {
            guard defined.contains(name) else { throw .undefined(name) }
        }
        self.quorum = quorum
    }

    func policy() throws(PolicyError) -> TrustPolicy {
        guard let quorum else { throw .noQuorum }
        return TrustPolicy(known: logs, witnesses: witnesses, groups: groups, quorum: quorum)
    }

    private mutating func define(_ name: OpaqueText) throws(PolicyError) {
        try checkWord(name)
        guard name != TrustPolicyBuilder.none, defined.insert(name).inserted else { throw .definedBefore(name) }
    }

    private func checkWord(_ word: OpaqueText?) throws(PolicyError) {
        guard let word else { return }
        guard !word.bytes.isEmpty, !word.bytes.contains(where: { $0 <= 0x20 || $0 == 0x7f }) else { throw .badWord(word) }
    }
}
