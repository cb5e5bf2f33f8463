import Acts

/// A delegation of a simulated conference, with the person at its desk.
struct SimulatedDelegation: Sendable {
    let actor: ActorCode
    let name: String
    let visitor: WorldVisitor
}
