import Acts
import Web

extension VisitorLimit {
    /// Counts one more by whoever makes the visit: a person who is signed in, or an address of the network.
    ///
    /// - Returns: `nil` where it is taken, else after how many seconds to come again.
    func take(_ visit: Visit, at now: Moment) -> Int? {
        take(visit.pseudonym(agent: "", key: key).map { Base64.encode($0) } ?? visit.person?.id ?? "", at: now)
    }
}
