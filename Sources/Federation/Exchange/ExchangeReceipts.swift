import Acts
public import Ledger
public import Record

public import class Record.Record

/// What proves that another node received an act of this record: that node's own entry, as a `.tlog-proof` file (docs/protocol.md, 7).
///
/// The entry's payload holds the act whole, with the proof of it in this record, so that one file proves both: what was sent, and that
/// it was received. Everything in it stands in this record; the other node is not asked.
public struct ExchangeReceipts: Sendable {
    let own: NodeName
    let record: Record

    /// - Parameter own: this node.
    public init(of own: NodeName, in record: Record) {
        self.own = own
        self.record = record
    }

    /// The receipts of a node for an act of this record: none while it is on its way.
    ///
    /// - Throws: what reading the record throws.
    public func proofs(for entry: Int64, from node: NodeName) async throws -> [ProofFile] {
        let settled = try await record.read { try FederationQueries(database: $0).receipts(for: entry, from: node) }
        return try settled.compactMap { try proof(for: entry, settledBy: $0) }
    }

    private func proof(for entry: Int64, settledBy settled: Int64) throws -> ProofFile? {
        guard let sent = try record.entry(at: entry), case .present(let payload) = sent.content,
            let delivered = try record.entry(at: settled)?.payload(as: ExchangeDelivered.self), let proof = delivered.receipt.sent
        else { return nil }
        let received = ExchangeReceived(
            node: own.description, origin: record.origin, index: entry, leaf: sent.leaf, payload: payload, proof: proof)
        let receipt = delivered.receipt
        let bare = try ProofFile(parsing: Array(receipt.proof.utf8))
        let extra: JSON = [
            "leaf": .string(Acts.Base64.encode(receipt.leaf)), "payload": .string(Acts.Base64.encode(received.json.canonicalBytes)),
            "salt": .string(Acts.Base64.encode(receipt.salt)),
        ]
        return try ProofFile(bare.inclusion, checkpoint: bare.checkpoint, extra: extra.canonicalBytes)
    }
}
