import Acts
import Synchronization

/// Sessions that were signed out of before they ended by themselves, so that a copy of their cookie is worth nothing.
///
/// Kept in memory until they would have ended. After a restart such a copy would be good again for what is left of its working
/// day; who fears a copy ends all sessions, which the record keeps.
final class ClosedSessions: Sendable {
    private let closed = Mutex<[String: Moment]>([:])

    func close(_ session: Session, now: Moment) {
        closed.withLock { closed in
            if closed.count > 1_000 { closed = closed.filter { now < $0.value } }
            closed[session.id] = session.expires
        }
    }

    func contains(_ session: Session) -> Bool {
        closed.withLock { $0[session.id] != nil }
    }
}
