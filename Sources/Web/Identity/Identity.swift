import Acts
import Record

/// People, offices, keys and sessions: who somebody is.
public final class Identity: Sendable {
    let record: Record
    let configuration: HouseConfiguration
    let keys: HouseKeys
    let now: @Sendable () -> Moment

    init(record: Record, configuration: HouseConfiguration, keys: HouseKeys, now: @escaping @Sendable () -> Moment) {
        self.record = record
        self.configuration = configuration
        self.keys = keys
        self.now = now
    }

    /// `__Host-` where the browser allows it (RFC 6265bis, 4.1.3.2): only with HTTPS.
    var sessionCookieName: String { configuration.origin.isSecure ? "__Host-session" : "session" }

    /// The good session a cookie carries, and whose it is.
    func session(_ token: String) -> (Session, Person)? {
        guard let session = Session(token: token, now: now(), key: keys.session) else { return nil }
        guard
            let person = try? record.readSync({ database -> Person? in
                guard try IdentityView.sessionsEnded(of: session.person, database) < session.begunAt else { return nil }
                return try IdentityView.person(session.person, database)
            })
        else { return nil }
        return (session, person)
    }
}
