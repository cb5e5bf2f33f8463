import Acts
import Ledger

/// Which acts of other nodes are taken, and what proves that they were. Pure.
struct ExchangeRules {
    /// This node.
    let own: NodeName
    /// Its offices.
    let offices: Set<String>
    /// Which kinds of acts of other nodes a desk of this node reads.
    let takes: @Sendable (ActKind) -> Bool

    /// Checks an act that another node sent, and makes of it what is entered here.
    ///
    /// - Parameter checkpoint: of the sender's log; its signatures have been checked.
    /// - Throws: a `Refusal` that holds for good: sending the same act again would meet it again.
    func receive(_ item: ExchangeMessage.Item, from peer: Peer, in checkpoint: SignedCheckpoint) throws(Refusal) -> (
        act: ExchangeReceived, marking: Marking
    ) {
        let header: EntryHeader
        do throws(MalformedAct) {
            header = try EntryHeader(leaf: item.leaf)
        } catch {
            throw ExchangeRules.refusal("malformed", "The act's leaf cannot be read: \(error).", "docs/protocol.md, The entry")
        }
        guard header.statement.payloadCommitment == item.payload.commitment, item.payload.salt.count == SealedPayload.saltLength else {
            throw ExchangeRules.refusal(
                "other-payload", "The act's payload is not the one that its leaf commits to.", "docs/protocol.md, The entry")
        }
        let inclusion = InclusionProof(index: UInt64(max(0, item.index)), size: checkpoint.checkpoint.size, hashes: item.proof)
        do {
            guard item.index >= 0 else { throw ProofError.indexOutOfRange(index: 0, size: checkpoint.checkpoint.size) }
            try inclusion.verify(leaf: .leaf(item.leaf), root: checkpoint.checkpoint.root)
        } catch {
            throw ExchangeRules.refusal("bad-proof", "The act is not proved to be in the sender's record: \(error).", "RFC 9162, 2.1.3.2")
        }
        guard takes(header.statement.kind) else {
            throw ExchangeRules.refusal(
                "kind", "No desk of this node takes acts of the kind \(header.statement.kind).", "docs/federation.md, Exchange")
        }
        guard case .restricted(let restriction) = header.statement.marking else {
            throw ExchangeRules.refusal("not-addressed", "The act is not addressed to this node.", "docs/federation.md, Exchange")
        }
        let mine = restriction.audience.filter { NodeName(audienceMember: $0) == own }
        guard !mine.isEmpty else {
            throw ExchangeRules.refusal("not-addressed", "The act is not addressed to this node.", "docs/federation.md, Exchange")
        }
        let named = mine.compactMap(NodeName.office(ofAudienceMember:))
        for office in named where !offices.contains(office) {
            throw ExchangeRules.refusal(
                "no-office", "This node has no office '\(office.prefix(40))'.", "docs/federation.md, Exchange")
        }
        // A node addressed as a whole: all its offices.
        let audience = named.count == mine.count ? named : []
        let proof: ProofFile
        do throws(ProofFileError) {
            proof = try ProofFile(inclusion, checkpoint: checkpoint)
        } catch {
            throw ExchangeRules.refusal("bad-proof", "The act's proof cannot be kept: \(error).", "C2SP tlog-proof")
        }
        return (
            ExchangeReceived(
                node: peer.name.description, origin: checkpoint.checkpoint.origin, index: item.index, leaf: item.leaf,
                payload: item.payload, proof: String(decoding: proof.bytes, as: UTF8.self)),
            .restricted(.init(audience: audience, label: restriction.label, release: restriction.release))
        )
    }

    /// Checks a receipt: that it is the very act that was sent, in the other's record.
    ///
    /// - Parameters:
    ///   - sent: what the other node must have entered, proof included.
    ///   - checkpoint: of the other's log; its signatures have been checked.
    static func receipt(
        index: Int64, leaf: [UInt8], salt: [UInt8], proof: [Hash], for sent: ExchangeReceived, in checkpoint: SignedCheckpoint
    ) throws(Refusal) -> ExchangeDelivered.Receipt {
        let header: EntryHeader
        do throws(MalformedAct) {
            header = try EntryHeader(leaf: leaf)
        } catch {
            throw refusal("bad-receipt", "The receipt's leaf cannot be read: \(error).", "docs/federation.md, Receipts")
        }
        guard header.statement.kind == ExchangeReceived.kind,
            header.statement.payloadCommitment == SealedPayload.commitment(salt: salt, bytes: sent.json.canonicalBytes)
        else {
            throw refusal("bad-receipt", "The receipt is not for what was sent.", "docs/federation.md, Receipts")
        }
        let inclusion = InclusionProof(index: UInt64(max(0, index)), size: checkpoint.checkpoint.size, hashes: proof)
        do {
            try inclusion.verify(leaf: .leaf(leaf), root: checkpoint.checkpoint.root)
            return .init(
                origin: checkpoint.checkpoint.origin, index: index, leaf: leaf, salt: salt,
                proof: String(decoding: try ProofFile(inclusion, checkpoint: checkpoint).bytes, as: UTF8.self), sent: sent.proof)
        } catch {
            throw refusal("bad-receipt", "The receipt is not proved to be in the other's record: \(error).", "RFC 9162, 2.1.3.2")
        }
    }

    private static func refusal(_ code: String, _ explanation: String, _ citation: String) -> Refusal {
        Refusal(
            .unlawful, code: "exchange.\(code)", explanation, mend: "The sender's operator should look at the act in the sender's record.",
            citation: citation)
    }
}
