import Acts
import Foundation
import Mail
import Outbound

/// How alerts come in from outside and go out to people: feeds, mail, browsers.
struct AlertReach: Sendable {
    let board = FeedBoard()
    /// What looks at feeds, and what speaks to browsers' push services.
    let feeds: GuardedClient
    let pushes: GuardedClient
    let key: PushKey
    let mail: (any MailSender)?
    /// Whether feeds and push services without TLS, at private addresses, may be named.
    let allowsPrivateAddresses: Bool

    init(settings: FediverseSettings, mail: (any MailSender)?) {
        func client() -> GuardedClient {
            GuardedClient(allowsPrivateAddresses: settings.allowsPrivateAddresses, limit: .seconds(15), connections: 4, now: { .now })
        }
        feeds = client()
        pushes = client()
        key = PushKey(folder: settings.keysFolder)
        self.mail = mail
        allowsPrivateAddresses = settings.allowsPrivateAddresses
    }
}
