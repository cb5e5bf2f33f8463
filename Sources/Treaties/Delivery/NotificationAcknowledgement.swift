import Acts
import Web

/// The address by which an addressee, and nobody else, acknowledges a notification.
enum NotificationAcknowledgement {
    private static let purpose = "acknowledge notification"

    private static func subject(_ entry: Int64, _ actor: ActorCode) -> String { "\(entry) \(actor)" }

    static func address(of notification: TreatyNotificationIssued, entry: Int64, to actor: ActorCode, _ house: House) -> String {
        let token = house.linkToken(for: purpose, subject: subject(entry, actor))
        return "\(house.configuration.origin)/notifications/\(notification.number)/acknowledge?actor=\(actor)&token=\(token)"
    }

    static func isGood(_ token: String, entry: Int64, actor: ActorCode, _ house: House) -> Bool {
        house.isGoodLinkToken(token, for: purpose, subject: subject(entry, actor))
    }
}
