import Acts
import Ledger

extension Record {
    /// Goes on from a record that is shorter than, or another than, what this node has signed: after all better copies are lost.
    ///
    /// Whoever saw the later checkpoint can prove that the record was cut. So this is entered in the record itself, for all to see,
    /// and the checkpoint file is kept under another name as evidence. The views are made anew.
    ///
    /// - Parameters:
    ///   - understandsThatHistoryIsLost: must be `true`; there for the caller to think once more.
    ///   - ground: what happened, for the record.
    ///   - office: in whose name, and `author`, by whom.
    /// - Returns: the record, open.
    /// - Throws: ``RecordError``; a `Refusal` where record and checkpoint agree, so that there is nothing to accept.
    public static func acceptTruncation(
        _ configuration: RecordConfiguration, views: [any RecordView], understandsThatHistoryIsLost: Bool, ground: String,
        office: String, author: String
    ) async throws -> Record {
        guard understandsThatHistoryIsLost else {
            throw Refusal(
                .forbidden, code: "record.loss-not-understood",
                "Accepting the loss of entries that this node has signed cannot be undone, and others can prove it.",
                mend: "Say explicitly that you understand it.")
        }
        try RecordSource(configuration.layout, database: configuration.database).check()
        let loss = try setAside(configuration)
        let record = try Record.open(configuration, views: views)
        let draft = ActDraft(
            HistoryLossAccepted(signedSize: loss?.size, signedRoot: loss?.root.bytes, ground: ground), office: office, author: author)
        _ = try await record.committer.enter(Command.ofRecord { _ in [draft] })
        return record
    }

    /// Takes the checkpoint and the views out of the way, if the record does not extend what was signed, and signs what there is.
    private static func setAside(_ configuration: RecordConfiguration) throws -> SignedCheckpoint? {
        let layout = configuration.layout
        let lock = try FolderLock(layout)
        defer { lock.release() }
        let store = try configuration.makeStore()
        defer { try? store.close() }
        let shared = store as? any SharedRecordStore
        let signed = try CheckpointStore.newest(in: layout.checkpoint) ?? shared?.state().checkpoint
        let end = try store.end()
        let origin = try RecordOrigin.resolve(configured: nil, store: store, end: end)
        guard let signer = try LogKey.load(layout, name: KeyName(origin)) else {
            throw RecordError.keyMissing(file: layout.logKey)
        }
        if signed != nil, (try? RecordAnchor.tree(end: end, signed: signed, store: store)) != nil {
            throw Refusal(
                .conflict, code: "record.no-loss", "The record extends what this node has signed; nothing is lost.",
                mend: "Start the node.")
        }
        // Entries and tiles must agree all the same: what is gone on from is signed.
        let tree = try RecordAnchor.tree(end: end, signed: nil, store: store)
        try shared?.forgetCheckpoint()
        if FolderLayout.exists(layout.checkpoint) {
            var evidence = "\(layout.checkpoint).before-loss"
            var number = 1
            while FolderLayout.exists(evidence) {
                number += 1
                evidence = "\(layout.checkpoint).before-loss-\(number)"
            }
            try FolderLayout.rename(layout.checkpoint, to: evidence)
        }
        for file in FolderLayout.files(of: layout.views) { try FolderLayout.remove(file) }
        let checkpoints = try CheckpointStore(layout.checkpoint)
        try checkpoints.store(
            SignedCheckpoint(Checkpoint(origin: origin, size: tree.size, root: tree.root), signers: [signer]))
        try checkpoints.synchronize()
        return signed
    }
}
