import Acts
import Web

/// The addresses by which whoever reads a mailbox confirms it or ends what is sent there, without signing in.
struct MailingLinks: Sendable {
    let house: House

    private static let confirming = "confirm statements by mail"
    private static let ending = "end statements by mail"

    func confirm(_ request: MailRequest) -> String {
        let token = house.linkToken(for: Self.confirming, subject: "\(request.subscriber) \(request.entry)")
        return "\(house.configuration.origin)/statements/mail/confirm?asked=\(request.entry)&token=\(token)"
    }

    func mayConfirm(_ request: MailRequest, token: String) -> Bool {
        house.isGoodLinkToken(token, for: Self.confirming, subject: "\(request.subscriber) \(request.entry)")
    }

    /// Good in every message that a subscriber was ever sent.
    func end(_ subscriber: String) -> String {
        let token = house.linkToken(for: Self.ending, subject: subscriber)
        return "\(house.configuration.origin)/statements/mail/end?subscriber=\(PercentCoding.encode(subscriber))&token=\(token)"
    }

    func mayEnd(_ subscriber: String, token: String) -> Bool {
        house.isGoodLinkToken(token, for: Self.ending, subject: subscriber)
    }
}
