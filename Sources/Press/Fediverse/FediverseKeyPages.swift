import Acts
import Fediverse
import HTTPTypes
import Hummingbird
import Record
import Web

extension FediverseRulePages {
    func addKeyRoutes(to router: Router<Visit>) {
        router.post("/press/fediverse/keys") { request, visit in try await roll(request, visit) }
    }

    /// The keys of the offices that the person approves for.
    func keyRows(_ person: Person, _ visit: Visit) async throws -> [[String: Any]] {
        guard let runtime else { return [] }
        let speaking = Set(try await FediverseActors(house: house, runtime: runtime).offices().map(\.id))
        let offices = person.offices(as: .approver).filter(speaking.contains).sorted()
        let now = runtime.now()
        let rings = try await house.record.read { database in
            try offices.map { ($0, try FediverseQueries(database: database).keys(of: $0, at: now)) }
        }
        let names = Dictionary(try await house.offices().map { ($0.id, $0.name(in: visit.language)) }, uniquingKeysWith: { $1 })
        return rings.map { office, ring in
            [
                "office": office, "name": names[office] ?? office, "key": ring.current ?? false,
                "since": ring.since.map { house.text("press.fediverse.keys.since", ["day": .date($0.date)], visit) }
                    ?? house.text("press.fediverse.keys.first", visit),
                "former": ring.former.map {
                    house.text("press.fediverse.keys.former", ["day": .date(Moment(milliseconds: $0.until).date)], visit)
                } ?? false,
                "token": house.formToken(visit),
            ]
        }
    }

    private func roll(_ request: Request, _ visit: Visit) async throws -> Response {
        let person = try house.access.require(visit.person, .approver)
        let form = try await house.form(from: request, visit)
        do {
            let office = try form.fields.required("office")
            guard person.offices(as: .approver).contains(office) else { throw Access.refusal(of: .approver) }
            guard let runtime else { throw FediverseActors.unknown }
            let actor = try await FediverseActors(house: house, runtime: runtime).actor(office)
            let revokes = try form.fields.filled("stolen", longest: 8) != nil
            let (access, now, token) = (house.access, runtime.now(), form.request)
            // No key is made for a roll that the rule will not have.
            let ring = try await house.record.read { try FediverseQueries(database: $0).keys(of: office, at: now) }
            _ = try ring.roll(("", "", ""), office: office, author: person.id, revokes: revokes, at: now, form: nil)
            let made = try runtime.keys.makePair(office, actor: actor.id)
            _ = try await house.record.enter(
                Command { context in
                    try access.requireStill(person, .approver, in: office, of: context.database)
                    let ring = try FediverseQueries(database: context.database).keys(of: office, at: now)
                    return try ring.roll(made, office: office, author: person.id, revokes: revokes, at: now, form: token)
                })
            return house.seeOther("/press/fediverse")
        } catch let refusal as Refusal where refusal.kind != .forbidden && refusal.kind != .notFound {
            house.logRefusal(refusal, request, visit)
            return try await page(visit, nil, refusal: refusal)
        }
    }
}
