/// That a checkpoint is to be believed under a policy, and on whose word.
public struct PolicyVerdict: Hashable, Sendable {
    /// The log's keys that signed; at least one.
    public let logs: [VerifierKey]

    /// The witnesses of the policy that cosigned, by their names in it.
    public let witnesses: Set<OpaqueText>

    /// Their cosignatures, in the note's order.
    public let cosignatures: [NoteSignature]
}

/// Why a checkpoint is not to be believed under a policy, its signatures being right as far as they go.
public enum PolicyRefusal: Error, Hashable, Sendable {
    /// No trusted log of this origin signed it.
    case notSignedByALog(origin: String)
    /// These witnesses cosigned, and they are no quorum.
    case noQuorum(witnesses: Set<OpaqueText>)
}

extension PolicyRefusal: CustomStringConvertible {
    /// A sentence for a reader of the proof.
    public var description: String {
        switch self {
        case .notSignedByALog(let origin):
            return "no trusted log \"\(origin)\" signed the checkpoint"
        case .noQuorum(let witnesses):
            let names = witnesses.map(\.description).sorted().joined(separator: ", ")
            return "the witnesses that cosigned (\(names.isEmpty ? "none" : names)) are no quorum"
        }
    }
}

extension TrustPolicy {
    /// Judges a checkpoint.
    ///
    /// A log counts only when its key's name is the checkpoint's origin. Keys of types that nothing here can check never
    /// count, so such a policy fails closed.
    ///
    /// - Parameters:
    ///   - signed: the checkpoint with its signatures.
    ///   - knownLogs: keys of the log, known from elsewhere, besides those the policy lists.
    ///   - verifier: makes what checks a key's signatures; give another to check further types.
    /// - Throws: ``NoteError/badSignature(name:keyID:)`` when a known key's signature is wrong, else ``PolicyRefusal``.
    @discardableResult
    public func evaluate(
        _ signed: SignedCheckpoint,
        knownLogs: [VerifierKey] = [],
        verifier: (VerifierKey) throws(NoteError) -> any NoteVerifier = { key throws(NoteError) in try key.verifier() }
    ) throws -> PolicyVerdict {
        let origin = signed.checkpoint.origin
        let trusted = (logs.map(\.key) + knownLogs).filter { $0.name.text.utf8.elementsEqual(origin.utf8) }
        var verifiers: [any NoteVerifier] = []
        var usable: Set<VerifierKey> = []
        for key in trusted + witnesses.map(\.key) {
            do throws(NoteError) {
                verifiers.append(try verifier(key))
                usable.insert(key)
            } catch {
                // A key that cannot be checked never counts; see above.
                continue
            }
        }
        let good = try signaturesByKnownKeys(of: signed.note, verifiers: verifiers)
        let signers = Set(good.map(KeyReference.init))
        let signedLogs = trusted.filter { usable.contains($0) && signers.contains(KeyReference($0)) }
        guard !signedLogs.isEmpty else { throw PolicyRefusal.notSignedByALog(origin: origin) }
        let cosigners = witnesses.filter { usable.contains($0.key) && signers.contains(KeyReference($0.key)) }
        let names = Set(cosigners.map(\.name))
        guard isQuorum(names) else { throw PolicyRefusal.noQuorum(witnesses: names) }
        let references = Set(cosigners.map { KeyReference($0.key) })
        return PolicyVerdict(
            logs: signedLogs, witnesses: names, cosignatures: good.filter { references.contains(KeyReference($0)) })
    }

    /// The signatures by known keys, none when there are none; a wrong one refuses the note.
    private func signaturesByKnownKeys(
        of note: SignedNote, verifiers: [any NoteVerifier]
    ) throws(NoteError) -> [NoteSignature] {
        do {
            return try note.verified(by: verifiers)
        } catch {
            guard error == .noKnownSignature else { throw error }
            return []
        }
    }

    /// Whether these witnesses, by their names in the policy, are enough.
    public func isQuorum(_ cosigners: Set<OpaqueText>) -> Bool {
        guard case .member(let name) = quorum else { return true }
        var witnessed = cosigners.intersection(witnesses.map(\.name))
        // Groups stand after their members, so one pass settles them.
        for group in groups where group.members.count(where: { witnessed.contains($0) }) >= group.threshold {
            witnessed.insert(group.name)
        }
        return witnessed.contains(name)
    }
}

/// What a signature line names its key by.
private struct KeyReference: Hashable {
    let name: KeyName
    let keyID: UInt32

    init(_ signature: NoteSignature) {
        name = signature.name
        keyID = signature.keyID
    }

    init(_ key: VerifierKey) {
        name = key.name
        keyID = key.keyID
    }
}
