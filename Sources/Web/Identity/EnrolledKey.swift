import Acts
import Foundation
import GRDB

/// A public key of a person or office, as enrolled.
struct EnrolledKey: Hashable, Sendable {
    let entry: Int64
    let holder: String
    let publicKey: PublicKey
    let label: String
    /// For a passkey, the authenticator's own name for it.
    let credential: [UInt8]?
    let received: Moment

    init?(row: Row) {
        guard let algorithm = KeyAlgorithm(rawValue: row["algorithm"]),
            let key = PublicKey(algorithm: algorithm, bytes: Array(row["bytes"] as Data))
        else { return nil }
        entry = row["entry"]
        holder = row["holder"]
        publicKey = key
        label = row["label"]
        credential = (row["credential"] as Data?).map { Array($0) }
        received = Moment(milliseconds: row["received"])
    }
}
