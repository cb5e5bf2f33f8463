import Acts
import Web

/// For which delegation a person reads and writes private papers, and whose papers those are.
struct PrivateStanding: Hashable, Sendable {
    var person: String
    var name: String
    var office: String
    var actor: ActorCode
    /// Whether the person instructs and does not sit at the conference.
    var isCapital: Bool
    /// The delegation's own first, then each of its groups'.
    var holders: [PaperHolder]

    /// - Throws: 401 where nobody is signed in, 403 where the person acts for no delegation.
    static func of(_ person: Person?, in conference: Conference) throws(Refusal) -> PrivateStanding {
        let person = try Access().requireSignedIn(person)
        for appointment in person.appointments where !appointment.roles.isDisjoint(with: [.delegate, .capital]) {
            guard let delegation = conference.delegation(of: appointment.office) else { continue }
            return PrivateStanding(
                person: person.id, name: person.name, office: appointment.office, actor: delegation.actor,
                isCapital: !appointment.roles.contains(.delegate), holders: conference.holders(for: delegation.actor))
        }
        throw PaperCommands.noSpace
    }

    var author: PaperAuthor { PaperAuthor(person: person, name: name, office: office, isCapital: isCapital) }

    /// The delegation's own papers.
    var own: PaperHolder { PaperHolder(kind: .delegation, id: actor.rawValue, offices: [office]) }
}
