import Ledger
import Record

/// Signs subtrees for whoever shows a checkpoint with one's own cosignature (C2SP tlog-witness and tlog-mirror, `sign-subtree`).
enum SubtreeSigning {
    /// - Parameters:
    ///   - body: as it came.
    ///   - cosigners: the witness's keys, or the mirror's; never both, since what one has cosigned the other has not.
    ///   - log: the log of an origin; `nil` where it is not known.
    static func answer(_ body: [UInt8], cosigners: [any Cosigner], log: (String) -> WitnessedLog?) throws -> WitnessReply {
        let outcome: SignSubtreeOutcome
        do throws(SignSubtreeRequestError) {
            let request = try SignSubtreeRequest(parsing: body)
            outcome = .decide(
                request, log: log(request.checkpoint.origin), own: cosigners.compactMap { try? $0.verifierKey.verifier() })
        } catch {
            outcome = .malformed(error)
        }
        return try outcome.reply(cosigners: cosigners.compactMap { $0 as? MLDSA44Cosigner })
    }
}
