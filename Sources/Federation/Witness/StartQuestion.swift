import Acts
import Ledger
import Logging
import Outbound
import Record
import Synchronization
import Web

/// Asks this node's witnesses, before it signs anything after a start, how much of its record they have seen.
///
/// A whole data folder that was restored from a backup agrees with itself: nothing in it tells that acts were lost. The witnesses know.
/// Each answers with the last checkpoint that it cosigned, under the log's own signature, so that no witness can make one up to stop
/// the node. Enough have answered when those that have not could not have witnessed a checkpoint by themselves: then one of those that
/// answered has seen whatever was ever witnessed.
struct StartQuestion: Sendable {
    let runtime: FederationRuntime

    /// Why there is no answer that counts.
    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Asks those that have not answered, once each and all at once, and lets go of the signing where that is right.
    ///
    /// - Returns: why some did not answer, by name.
    @discardableResult
    func ask(_ peers: [Peer]) async -> [NodeName: String] {
        let silent = runtime.answered.withLock { answered in
            peers.filter { !$0.document.witnessKeys.isEmpty && !answered.contains($0.name) }
        }
        let failures = await withTaskGroup(of: (NodeName, String?).self) { group in
            for peer in silent {
                group.addTask {
                    do {
                        try await compare(with: peer)
                        return (peer.name, nil)
                    } catch {
                        return (peer.name, FederationService.reason(error))
                    }
                }
            }
            return await group.reduce(into: [NodeName: String]()) { failures, answer in failures[answer.0] = answer.1 }
        }
        settle(peers, failures)
        return failures
    }

    /// Asks one witness, and refuses all signing where its answer proves that this is not the newest record.
    func compare(with peer: Peer) async throws {
        let origin = runtime.record.origin
        let answer = try await runtime.questions.get(
            "\(peer.document.origin)/witness/\(WitnessKnown.hash(of: origin))/checkpoint", accepting: "text/plain", upTo: 64 << 10)
        switch answer.status {
        case 200: try await hold(SignedCheckpoint(parsing: answer.body), of: peer)
        // It has cosigned nothing of this record.
        case 404: break
        default: throw Failure(description: "it answered \(answer.status)")
        }
        _ = runtime.answered.withLock { $0.insert(peer.name) }
    }

    private func hold(_ seen: SignedCheckpoint, of peer: Peer) async throws {
        let record = runtime.record
        // Both have signed: the log, or it proves nothing, and the witness, or it may be an older answer of somebody's.
        try seen.verified(
            origin: record.origin, by: [record.verifierKey, record.mlDSA44VerifierKey].map { try $0.verifier() })
        try seen.note.verified(by: peer.document.witnessVerifiers)
        // Another process of a shared record may have entered acts that this one has not read yet.
        if record.sharedMemory != nil {
            for _ in 0..<100 where record.size < seen.size { try await Task.sleep(for: .milliseconds(50)) }
        }
        let error: RecordError? =
            if seen.size > record.size {
                .witnessedFurther(witness: peer.name.description, cosigned: seen.size, size: record.size)
            } else if try record.root(ofSize: seen.size) != seen.root {
                .witnessedOtherwise(witness: peer.name.description, cosigned: seen.size)
            } else {
                nil
            }
        guard let error else { return }
        record.hold.refuse(because: error)
        runtime.logger.critical("this is not the newest record, and nothing is entered in it", metadata: ["reason": "\(error)"])
    }

    /// Whether enough have answered by now.
    private func settle(_ peers: [Peer], _ failures: [NodeName: String]) {
        let hold = runtime.record.hold
        let answered = runtime.answered.withLock { $0 }
        let witnesses = peers.filter { !$0.document.witnessKeys.isEmpty }
        let silent = witnesses.filter { !answered.contains($0.name) }
        if StartQuestion.isEnough(silent.map(\.document.witnessKeys), policy: runtime.policy(of: peers)) {
            if hold.release() {
                runtime.logger.info("the witnesses have seen no more of the record than there is", metadata: ["asked": "\(answered.count)"])
            }
            return
        }
        let names = silent.map { peer in
            let reason = failures[peer.name] ?? "no answer yet"
            return "\(peer.name): \(reason.hasSuffix(".") ? String(reason.dropLast()) : reason)"
        }.joined(separator: "; ")
        if runtime.settings.acceptsUnwitnessedStart {
            if hold.release() {
                runtime.logger.warning(
                    "acts are entered though too few witnesses have answered, as the operator said", metadata: ["silent": "\(names)"])
            }
            return
        }
        hold.wait(because: .witnessesNotAsked(reason: "\(answered.count) of \(witnesses.count) have answered (\(names))"))
    }

    /// Whether those that have not answered could not have witnessed a checkpoint by themselves.
    ///
    /// - Parameters:
    ///   - silent: their keys.
    ///   - policy: whose cosignatures make a checkpoint witnessed; `nil` where there are no witnesses.
    static func isEnough(_ silent: [[VerifierKey]], policy: TrustPolicy?) -> Bool {
        // Where no cosignature is asked for, none can be missing.
        guard let policy, case .member = policy.quorum else { return true }
        let keys = Set(silent.joined())
        return !policy.isQuorum(Set(policy.witnesses.filter { keys.contains($0.key) }.map(\.name)))
    }
}
