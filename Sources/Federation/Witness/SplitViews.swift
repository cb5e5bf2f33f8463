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
        let act = SplitViewFound(
            origin: found.origin, known: known.note.string, found: found.note.string,
            reason: "Both are of size \(found.size), and their roots differ.")
        do {
            let entries = try await runtime.record.enter(
                Command { context in
                    guard try !FederationQueries(database: context.database).isKnown(act) else { return [] }
                    return [ActDraft(act, office: Identity.firstOffice, author: "node")]
                })
            guard let entry = entries.first else { return }
            runtime.logger.critical(
                "a log shows different histories to different readers",
                metadata: ["log": "\(found.origin)", "size": "\(found.size)", "evidence": "entry \(entry.index)"])
        } catch {
            runtime.logger.error("the evidence of a split view could not be entered", metadata: ["error": "\(error)"])
        }
    }
}
