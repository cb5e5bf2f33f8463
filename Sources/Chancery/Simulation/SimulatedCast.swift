import Acts
import Foundation

/// Who takes part in a simulated conference.
struct SimulatedCast: Sendable {
    /// Participants, in the alphabetical order of their codes.
    let delegations: [SimulatedDelegation]
    let observer: SimulatedDelegation
    let president: WorldVisitor
    let room: SimulatedRoom

    /// Convenes the conference, registers its delegations, and signs everybody in.
    static func assemble(
        _ options: Simulation.Options, _ secretariat: SimulatedSecretariat, _ lot: inout SeededLot
    ) async throws -> SimulatedCast {
        let table = try ActorTable.standard
        var states = table.actors.filter { $0.kind == .state && $0.validUntil == nil }.sorted { $0.code < $1.code }
        guard (3...states.count).contains(options.delegations) else {
            throw WorldProblem("A conference is simulated with 3 to \(states.count) delegations.", code: 64)
        }
        states.shuffle(using: &lot)
        let chosen = states.prefix(options.delegations).sorted { $0.code < $1.code }
        guard let observing = table.actors.first(where: { $0.kind == .observerState }) else {
            throw WorldProblem("The table of actors names no observer State.")
        }
        try await convene(options, secretariat)
        let (president, person) = try await secretariat.invite(
            "President of the conference", to: SimulatedSecretariat.office, as: ["delegate"])
        try await secretariat.enter(
            "officer",
            [("body", "plenary"), ("function", "chair"), ("name", "President of the conference"), ("actor", ""), ("person", person)])
        var delegations: [SimulatedDelegation] = []
        for state in chosen { delegations.append(try await seat(state, standing: "participant", secretariat)) }
        let observer = try await seat(observing, standing: "observer", secretariat)
        try await secretariat.enter(
            "credentials",
            [
                ("document", "\(symbol(options))/2"), ("inOrder", chosen.dropFirst().map(\.code.rawValue).joined(separator: " ")),
                ("provisional", chosen.first?.code.rawValue ?? ""),
            ])
        return SimulatedCast(
            delegations: delegations, observer: observer, president: president,
            room: SimulatedRoom(path: secretariat.path + "/rooms/plenary"))
    }

    static func symbol(_ options: Simulation.Options) -> String { "SIM/CONF.\(options.seed % 1_000_000)" }

    private static func convene(_ options: Simulation.Options, _ secretariat: SimulatedSecretariat) async throws {
        let symbol = symbol(options)
        try await secretariat.enter(
            "convene", on: "/conferences/new",
            [
                ("title", "Simulated conference on the lights of harbours"), ("symbol", symbol), ("conference", options.conference),
                ("place", "Geneva"), ("opens", "2026-11-02"), ("closes", "2026-11-13"), ("zone", "Europe/Zurich"),
                ("procedure", "general-assembly"), ("languages", "en fr"),
            ])
        try await secretariat.enter("body", [("form", "plenary"), ("name", "Plenary"), ("body", "plenary")])
        try await secretariat.enter(
            "body",
            [("form", "committee"), ("name", "Committee of the Whole"), ("body", "whole"), ("symbol", "C.1"), ("parent", "plenary")])
        try await secretariat.enter(
            "agenda",
            [("body", "plenary"), ("items", "1. Opening of the conference\n2. General debate\n3. Lights of harbours\n4. Closing")])
    }

    private static func seat(_ state: Actor, standing: String, _ secretariat: SimulatedSecretariat) async throws -> SimulatedDelegation {
        let name = state.name(in: "en")
        let office = "mission-\(state.code.rawValue.lowercased())"
        try await secretariat.establish(office, named: "Mission of \(name)", of: state.code)
        let (visitor, _) = try await secretariat.invite("Delegate of \(name)", to: office, as: ["delegate"])
        try await secretariat.enter(
            "delegation",
            [
                ("actor", state.code.rawValue), ("standing", standing), ("office", office),
                ("members", "Delegate of \(name), Head of delegation"),
            ])
        return SimulatedDelegation(actor: state.code, name: name, visitor: visitor)
    }
}
