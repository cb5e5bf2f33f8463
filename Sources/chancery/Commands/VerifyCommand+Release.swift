import Acts
import Chancery
import Disclosure
import Foundation

extension VerifyCommand {
    /// Holds a release in part against the commitment that a proof proves.
    ///
    /// - Parameters:
    ///   - path: the release file, `chancery-release/1`.
    ///   - findings: what the proofs say, already verified.
    /// - Returns: what was found, in one sentence.
    /// - Throws: an exit: 1 where the release does not hold, 2 where it cannot be read.
    func checkRelease(_ path: String, against findings: [ProofVerification.Finding]) throws -> String {
        let release: RedactedRelease
        do { release = try RedactedRelease(file: try Terminal.bytes(ofFile: path)) } catch let error as MalformedAct {
            throw Terminal.fail("\(path) cannot be read as a release: \(error)", code: 2)
        }
        do { try ReleaseVerification.checkRoot(release) } catch {
            throw Terminal.fail("the release in \(path) does not hold: \(error)", code: 1)
        }
        let committed = findings.contains {
            $0.header.statement.kind == DocumentCommitted.kind && $0.payload?["commitment"] == release.commitment.json
        }
        guard committed else {
            throw Terminal.fail(
                "the proof in \(file) is not of the commitment that \(path) names. Download the proof of that act, from the release's page.",
                code: 1)
        }
        return "The release \(path) holds: \(release.shown.count) parts of \(release.commitment.document) as they were filed on "
            + "\(release.commitment.issued); \(release.removals.count) marks of removal."
    }
}
