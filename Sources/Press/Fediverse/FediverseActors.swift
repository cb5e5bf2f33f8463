import Acts
import Crypto
import Fediverse
import Record
import Web

/// The offices that speak, as actors.
struct FediverseActors: Sendable {
    let house: House
    let runtime: FediverseRuntime

    /// The short name of the node's own actor, which no office can have.
    static let node = "~node"

    var origin: String { "\(house.configuration.origin)" }

    /// The address of the node's own actor.
    static func nodeAddress(origin: String) -> String { "\(origin)/fediverse/node" }

    /// The actor of the node itself, which signs what it asks of others.
    func nodeActor() throws -> ActorDocument {
        try document(
            Self.nodeAddress(origin: origin), .application, Self.node, username: house.configuration.origin.host,
            names: house.configuration.name, url: origin)
    }

    /// The offices that have said how they speak or have spoken.
    func offices() async throws -> [Office] {
        let speaking = try await house.record.read { database in
            let queries = PressQueries(database: database)
            return Set(try queries.speakingOffices() + queries.officesHeard().map(\.office))
        }
        return try await house.offices().filter { speaking.contains($0.id) }
    }

    /// - Throws: a refusal where no such office speaks.
    func actor(_ id: String) async throws -> ActorDocument {
        guard let office = try await offices().first(where: { $0.id == id }) else { throw Self.unknown }
        let now = runtime.now()
        let (settings, ring) = try await house.record.read { database in
            (try PressQueries(database: database).settings(of: id), try FediverseQueries(database: database).keys(of: id, at: now))
        }
        var names = office.names
        for (tag, holder) in settings.holder where !holder.isEmpty {
            names[tag] = names[tag].map { "\($0) (\(holder))" } ?? holder
        }
        return try document(
            StatementNotes.actor(id, origin: origin), settings.holder.isEmpty ? .organization : .person, id, username: id, names: names,
            url: "\(origin)/statements?office=\(id)", ring: ring)
    }

    static var unknown: Refusal {
        Refusal(
            .notFound, code: "press.no-actor", "No office of this node speaks under that name.", mend: "Look at the list of statements.")
    }

    private func document(
        _ id: String, _ form: ActorDocument.Form, _ name: String, username: String, names: [String: String], url: String,
        ring: FediverseKeyRing? = nil
    ) throws -> ActorDocument {
        let pair = try runtime.keys.pair(name, actor: id, key: ring?.current)
        var document = ActorDocument(
            id: id, form: form, username: username, host: house.configuration.origin.authority,
            name: names["en"] ?? names.min { $0.key < $1.key }?.value ?? username, names: names, url: url,
            sharedInbox: "\(origin)/fediverse/inbox", publicKeyPEM: pair.request.publicPEM,
            multikey: Multikey.text(of: pair.proof.publicKey))
        document.proofKeyName = FediverseKeyRing.proofKeyName(ring?.current)
        if let former = ring?.former {
            let pair = try runtime.keys.pair(name, actor: id, key: former.key)
            document.formerProofKeys = [(FediverseKeyRing.proofKeyName(former.key), Multikey.text(of: pair.proof.publicKey))]
        }
        return document
    }

    /// The document with a proof by the office's newest key.
    func proved(_ document: JSONObject, office: String, _ ring: FediverseKeyRing, at moment: Moment) throws -> JSONObject {
        let actor = StatementNotes.actor(office, origin: origin)
        return try IntegrityProof.prove(
            document, with: try runtime.keys.pair(office, actor: actor, key: ring.current).proof,
            method: "\(actor)#\(FediverseKeyRing.proofKeyName(ring.current))", created: moment)
    }
}
