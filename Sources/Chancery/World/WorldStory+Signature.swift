import Acts
import Foundation

/// Full powers issued at home, and the signature at the depositary that rests on them.
extension WorldStory {
    func signature() async throws -> WorldReport.Step {
        let secretariat = try world.node(WorldCast.secretariat)
        let home = try world.node(WorldCast.signatory)
        let officer = try world.people.administrator(of: secretariat)
        guard let actor = WorldCast.signatory.actor else { throw WorldProblem("The signatory is no State.") }
        try await follow(home, at: secretariat)
        let issued = try await issue(for: actor, at: home)
        let powers = try await world.wait(for: "the secretariat to take the full powers from Kenya's record") {
            try await takenPowers(of: actor, from: home, entry: issued, officer)
        }
        try await sign(by: actor, powers: powers, officer, at: secretariat)
        guard let act = try await signatureAct(of: actor, officer), let entry = act["entry"]?.integer else {
            throw WorldProblem("The secretariat's register does not show Kenya's signature.")
        }
        for place in [powers, entry] {
            let proof = try await officer.get("/record/acts/\(place).tlog-proof")
            guard proof.status == 200, proof.text.hasPrefix("c2sp.org/tlog-proof@v1") else {
                throw WorldProblem("\(secretariat.origin)/record/acts/\(place).tlog-proof gave no proof.")
            }
        }
        return .init(
            key: "signature",
            words: [
                "Kenya's Legal Adviser entered full powers in Kenya's own record: \(WorldCast.minister) empowers "
                    + "\(WorldCast.plenipotentiary.title) \(WorldCast.plenipotentiary.name) to sign.",
                "The secretariat follows Kenya's record, checked the proof, and took them from there (VCLT art. 7).",
                "Its depositary officer then entered the signature of the \(WorldCast.treatyName), signed with the officer's own key.",
            ], address: "\(secretariat.origin)/treaties/\(WorldCast.treaty)",
            facts: [
                "treaty": .string(WorldCast.treaty), "signature": .integer(entry), "fullPowers": .integer(powers),
                "issuedAt": .integer(issued), "home": .string(home.authority),
            ])
    }

    /// Has a node follow a peer's whole record.
    func follow(_ peer: WorldNode, at node: WorldNode) async throws {
        let administrator = try world.people.administrator(of: node)
        let page = "/nodes/\(peer.authority)"
        if try await administrator.json(page)["followed"]?.bool == true { return }
        try await administrator.enter(try await administrator.form("follow-node", on: page))
    }

    /// The entry of the full powers in the State's own record; its Legal Adviser enters them where there are none.
    private func issue(for actor: ActorCode, at home: WorldNode) async throws -> Int64 {
        let adviser = try await world.people.person(WorldCast.legalAdviser, at: home)
        if let entry = try await goodPowers(of: actor, adviser)?["entry"]?.integer { return entry }
        try await world.people.enrolKey(of: WorldCast.legalAdviser.name, as: adviser, at: home)
        let form = try await adviser.form("full-powers-form", on: "/enter-full-powers?actor=\(actor.rawValue)&treaty=\(WorldCast.treaty)")
        let page = try await adviser.submit(form, Self.powersFields)
        _ = try await world.people.sign(page, by: WorldCast.legalAdviser.name, as: adviser, at: home)
        guard let entry = try await goodPowers(of: actor, adviser)?["entry"]?.integer else {
            throw WorldProblem("Kenya's record holds no full powers for the treaty.")
        }
        return entry
    }

    /// The entry of the full powers at the depositary, taken from the State's record.
    private func takenPowers(of actor: ActorCode, from home: WorldNode, entry: Int64, _ officer: WorldVisitor) async throws -> Int64? {
        guard let held = try await goodPowers(of: actor, officer), held["home"]?["node"]?.string == home.authority,
            held["home"]?["entry"]?.integer == entry
        else { return nil }
        return held["entry"]?.integer
    }

    /// What the form of full powers is filled in with.
    static var powersFields: [(String, String)] {
        [
            ("representatives", "\(WorldCast.plenipotentiary.name), \(WorldCast.plenipotentiary.title)"), ("issuer", "foreignMinister"),
            ("issuedBy", WorldCast.minister), ("issuedOn", Moment.now.date.description), ("act", "signature"),
        ]
    }

    private func goodPowers(of actor: ActorCode, _ reader: WorldVisitor) async throws -> JSON? {
        let held = try await reader.json("/full-powers?actor=\(actor.rawValue)&treaty=\(WorldCast.treaty)")["fullPowers"]?.array ?? []
        return held.first { $0["state"]?.string == "good" }
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
