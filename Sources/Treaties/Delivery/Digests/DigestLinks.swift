import Acts
import Web

/// The addresses by which whoever reads a mailbox confirms it or ends what is sent there, without signing in.
struct DigestLinks: Sendable {
    let house: House

    private static let confirming = "confirm digest"
    private static let ending = "end digest"

    private func subject(_ person: String, _ request: Int64) -> String { "\(person) \(request)" }

    func confirm(_ subscription: DigestSubscription) -> String {
        let person = subscription.request.person
        let token = house.linkToken(for: Self.confirming, subject: subject(person, subscription.entry))
        return
            "\(house.configuration.origin)/digest/confirm?person=\(PercentCoding.encode(person))&request=\(subscription.entry)&token=\(token)"
    }

    func mayConfirm(_ person: String, request: Int64, token: String) -> Bool {
        house.isGoodLinkToken(token, for: Self.confirming, subject: subject(person, request))
    }

    /// Good in every message a person was ever sent: whoever wants no more need not look for the newest.
    func end(_ person: String) -> String {
        let token = house.linkToken(for: Self.ending, subject: person)
        return "\(house.configuration.origin)/digest/end?person=\(PercentCoding.encode(person))&token=\(token)"
    }

    func mayEnd(_ person: String, token: String) -> Bool { house.isGoodLinkToken(token, for: Self.ending, subject: person) }
}
