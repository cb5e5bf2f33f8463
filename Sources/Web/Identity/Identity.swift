import Acts
import GRDB
import Record

import class Record.Record

/// People, offices, keys and sessions: who somebody is. What they may do is `Access`'s matter.
public final class Identity: Sendable {
    let record: Record
    let relyingParty: RelyingParty
    let sessionCookieName: String
    let isSecure: Bool
    let keys: HouseKeys
    let now: @Sendable () -> Moment
    let challenges: Challenges
    let attempts = AttemptLimit()
    let closed = ClosedSessions()

    init(record: Record, configuration: HouseConfiguration, keys: HouseKeys, now: @escaping @Sendable () -> Moment) {
        self.record = record
        relyingParty = RelyingParty(configuration.origin)
        isSecure = configuration.origin.isSecure
        // `__Host-` binds the cookie to this very host (RFC 6265bis, 4.1.3.2); browsers allow it with HTTPS only.
        // Browsers keep cookies by host and not by port (RFC 6265bis, 8.5): two nodes of one host must not sign each other's people out.
        sessionCookieName = (isSecure ? "__Host-session" : "session") + (configuration.origin.port.map { "-\($0)" } ?? "")
        self.keys = keys
        self.now = now
        challenges = Challenges(key: keys.challenge)
    }

    /// The good session a cookie carries, and whose it is.
    func session(_ token: String) -> (Session, Person)? {
        guard let session = Session(token: token, now: now(), key: keys.session), !closed.contains(session) else { return nil }
        guard let person = try? record.readSync({ try Self.person(of: session, $0) }) else { return nil }
        return (session, person)
    }

    /// The same without blocking the thread: with a reader for every thread that waits, nobody would be left to let one go.
    func sessionNow(_ token: String) async -> (Session, Person)? {
        guard let session = Session(token: token, now: now(), key: keys.session), !closed.contains(session) else { return nil }
        guard let person = try? await record.read({ try Self.person(of: session, $0) }) else { return nil }
        return (session, person)
    }

    /// `nil` where the person's sessions were ended after this one had begun.
    private static func person(of session: Session, _ database: Database) throws -> Person? {
        guard try IdentityView.sessionsEnded(of: session.person, database) < session.begunAt else { return nil }
        return try IdentityView.person(session.person, database)
    }

    /// A new session's cookie, as a `Set-Cookie` header has it.
    func cookie(for person: String) -> String {
        let session = Session(person: person, begunAt: record.size, now: now())
        return setCookie(session.token(key: keys.session), seconds: Session.lifetime / 1000)
    }

    /// Takes the cookie away.
    var emptyCookie: String { setCookie("", seconds: 0) }

    private func setCookie(_ value: String, seconds: Int64) -> String {
        "\(sessionCookieName)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }
}
