import Acts
import Ledger
import Logging
import Record
import Web

/// Two checkpoints of one log that no one tree can have: entered as evidence, once, and shown loudly.
struct SplitViews: Sendable {
    let runtime: FederationRuntime

    /// Enters two notes as evidence where they are that. Both must have been signed by the log, which the caller has checked.
    func report(known: [UInt8], found: SignedCheckpoint) async {
        guard let known = try? SignedCheckpoint(parsing: known), known.origin == found.origin, known.size == found.size,
            known.root != found.root
        else { return }
        await enter(
            SplitViewFound(
                origin: found.origin, known: SplitViews.bare(known), found: SplitViews.bare(found),
                reason: "Both are of size \(found.size), and their roots differ."), size: found.size)
    }

    /// Enters two checkpoints of a followed log that no one record can have, as the entries it served showed.
    func report(_ contradiction: RecordFollower.Contradiction) async {
        let (known, found) = (contradiction.known, contradiction.found)
        let text = known.note.string
        do {
            let isKnown = try await runtime.record.read {
                try FederationQueries(database: $0).isContradicted(known.checkpoint.origin, known: text)
            }
            guard !isKnown else { return }
        } catch {
            runtime.logger.error("the evidence of split views could not be read", metadata: ["error": "\(error)"])
        }
        await enter(
            SplitViewFound(
                origin: known.checkpoint.origin, known: text, found: found.note.string, reason: contradiction.failure.description),
            size: Int64(clamping: found.checkpoint.size))
    }

    /// A checkpoint with the log's own signatures alone: they convict it, and whoever else cosigned it adds nothing, so that the same
    /// two histories heard of from several witnesses are entered once.
    private static func bare(_ checkpoint: SignedCheckpoint) -> String {
        checkpoint.note.keepingSignatures { $0.name.text == checkpoint.origin }.string
    }

    private func enter(_ act: SplitViewFound, size: Int64) async {
        do {
            let entries = try await runtime.record.enter(
                Command { context in
                    guard try !FederationQueries(database: context.database).isKnown(act) else { return [] }
                    return [ActDraft(act, office: Identity.firstOffice, author: "node")]
                })
            guard let entry = entries.first else { return }
            runtime.logger.critical(
                "a log shows different histories to different readers",
                metadata: ["log": "\(act.origin)", "size": "\(size)", "evidence": "entry \(entry.index)"])
        } catch {
            runtime.logger.error("the evidence of a split view could not be entered", metadata: ["error": "\(error)"])
        }
    }
}
