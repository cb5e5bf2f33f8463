import Acts
import Foundation

/// Full powers issued at home, and the signature at the depositary that rests on them.
extension WorldStory {
    func signature() async throws -> WorldReport.Step {
        let secretariat = try world.node(WorldCast.secretariat)
        let officer = try world.people.administrator(of: secretariat)
        guard let actor = WorldCast.signatory.actor else { throw WorldProblem("The signatory is no State.") }
        let powers = try await fullPowers(of: actor, officer, at: secretariat)
        try await sign(by: actor, powers: powers, officer, at: secretariat)
        guard let act = try await signatureAct(of: actor, officer), let entry = act["entry"]?.integer else {
            throw WorldProblem("The secretariat's register does not show Kenya's signature.")
        }
        let proof = try await officer.get("/record/acts/\(entry).tlog-proof")
        guard proof.status == 200, proof.text.hasPrefix("c2sp.org/tlog-proof@v1") else {
            throw WorldProblem("\(secretariat.origin)/record/acts/\(entry).tlog-proof gave no proof of the signature.")
        }
        return .init(
            key: "signature",
            words: [
                "\(WorldCast.minister) of Kenya empowered \(WorldCast.plenipotentiary.title) \(WorldCast.plenipotentiary.name) to sign.",
                "The depositary recorded the signature of the \(WorldCast.treatyName), signed with its officer's own key.",
            ], address: "\(secretariat.origin)/treaties/\(WorldCast.treaty)",
            facts: ["treaty": .string(WorldCast.treaty), "signature": .integer(entry), "fullPowers": .integer(powers)])
    }

    /// The entry of the full powers at the depositary.
    private func fullPowers(of actor: ActorCode, _ officer: WorldVisitor, at secretariat: WorldNode) async throws -> Int64 {
        if let entry = try await heldPowers(of: actor, officer) { return entry }
        try await world.people.enrolKey(of: WorldPeople.administrator, as: officer, at: secretariat)
        let form = try await officer.form("full-powers-form", on: "/enter-full-powers?actor=\(actor.rawValue)&treaty=\(WorldCast.treaty)")
        let page = try await officer.submit(form, Self.powersFields)
        _ = try await world.people.sign(page, by: WorldPeople.administrator, as: officer, at: secretariat)
        guard let entry = try await heldPowers(of: actor, officer) else { throw WorldProblem("The secretariat holds no full powers of Kenya.") }
        return entry
    }

    /// What the form of full powers is filled in with.
    static var powersFields: [(String, String)] {
        [
            ("representatives", "\(WorldCast.plenipotentiary.name), \(WorldCast.plenipotentiary.title)"), ("issuer", "foreignMinister"),
            ("issuedBy", WorldCast.minister), ("issuedOn", Moment.now.date.description), ("act", "signature"),
        ]
    }

    private func heldPowers(of actor: ActorCode, _ officer: WorldVisitor) async throws -> Int64? {
        let held = try await officer.json("/full-powers?actor=\(actor.rawValue)&treaty=\(WorldCast.treaty)")["fullPowers"]?.array ?? []
        return held.first { $0["state"]?.string == "good" }?["entry"]?.integer
    }

    private func sign(by actor: ActorCode, powers: Int64, _ officer: WorldVisitor, at secretariat: WorldNode) async throws {
        if try await signatureAct(of: actor, officer) != nil { return }
        try await world.people.enrolKey(of: WorldPeople.administrator, as: officer, at: secretariat)
        let day = Moment.now.date.description
        let form = try await officer.form(
            "act-form", on: "/treaties/\(WorldCast.treaty)/act?actor=\(actor.rawValue)&date=\(day)&kind=signature")
        let page = try await officer.submit(
            form,
            [
                ("name", WorldCast.plenipotentiary.name), ("title", WorldCast.plenipotentiary.title), ("capacity", "plenipotentiary"),
                ("fullPowers", String(powers)), ("intent", "sign"),
            ])
        _ = try await world.people.sign(page, by: WorldPeople.administrator, as: officer, at: secretariat)
    }

    private func signatureAct(of actor: ActorCode, _ officer: WorldVisitor) async throws -> JSON? {
        let acts = try await officer.json("/treaties/\(WorldCast.treaty)")["acts"]?.array ?? []
        return acts.first { $0["actor"]?.string == actor.rawValue && $0["action"]?.string == "signature" }
    }
}
