import Acts
import Crypto
import Foundation

extension House {
    /// A token for a link that is sent to one addressee: whoever has it is taken for that addressee in that one matter.
    ///
    /// It is made from the node's own secret and needs no table; it ceases to be good with `web.key`.
    public func linkToken(for purpose: String, subject: String) -> String {
        Base64.encodeForAddress(
            Array(HMAC<SHA256>.authenticationCode(for: House.linkMessage(purpose, subject), using: keys.link)).prefix(24))
    }

    /// Compares in constant time.
    public func isGoodLinkToken(_ token: String, for purpose: String, subject: String) -> Bool {
        guard let given = Base64.decodeFromAddress(token), given.count == 24 else { return false }
        let wanted = Array(HMAC<SHA256>.authenticationCode(for: House.linkMessage(purpose, subject), using: keys.link)).prefix(24)
        return zip(given, wanted).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func linkMessage(_ purpose: String, _ subject: String) -> Data { Data("link\n\(purpose)\n\(subject)".utf8) }
}
