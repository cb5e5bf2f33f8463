public import Acts
import Foundation
import Ledger
public import Logging
import Outbound
public import Record
import Synchronization
public import Web

public import class Record.Record

/// What federation holds while a node runs: its keys, its witness, whom it knows, and how it goes with each. The pages and services
/// share one.
public final class FederationRuntime: Sendable {
    let settings: FederationSettings
    let record: Record
    let ring: NodeKeyring
    let witness: WitnessStore
    /// The copies of other nodes' logs; `nil` where it keeps none.
    let mirror: Mirror?
    let client: NodeClient
    /// Asks the witnesses after a start: they must answer sooner, since others wait for that.
    let questions: NodeClient
    /// Which of them have answered since, by name.
    let answered = Mutex<Set<NodeName>>([])
    /// Whether this process sees to the peers, where several have the record.
    let isInCharge = Atomic<Bool>(true)
    let board = LinkBoard()
    let nonces: any NonceMemory
    let followed: FollowedStore
    let taken = TakenBoard()
    let logger: Logger
    let now: @Sendable () -> Moment
    private let directory = Mutex(Directory())
    private let own = Mutex<SignedNodeDocument?>(nil)

    /// Opens the keys and the witness's store, making them where there are none.
    public init(
        settings: FederationSettings, record: Record, logger: Logger, now: @escaping @Sendable () -> Moment = { .now }
    ) throws {
        self.settings = settings
        self.record = record
        self.logger = logger
        self.now = now
        // A copy lies in one process's folder, unless all processes are told of one; else each would have another.
        let isMirror = settings.mirrors?.isEmpty != true && (record.sharedMemory == nil || settings.mirrorFolder != nil)
        ring = try NodeKeyring(
            folder: settings.keysFolder, witnessName: try KeyName("\(settings.node)/witness"),
            mirrorName: isMirror ? try KeyName("\(settings.node)/mirror") : nil, now: now())
        mirror = isMirror ? Mirror(folder: settings.mirrorFolder ?? settings.dataFolder + "/mirrors", cosigners: ring.mirror) : nil
        nonces = record.sharedMemory.map(SharedNonces.init) ?? OwnNonces()
        witness =
            if let shared = record.sharedMemory {
                WitnessStore(shared: shared, cosigners: ring.witness)
            } else {
                try WitnessStore(path: settings.dataFolder + "/witness.sqlite", cosigners: ring.witness)
            }
        followed = try FollowedStore(path: settings.dataFolder + "/followed.sqlite")
        client = NodeClient(allowsPrivateAddresses: settings.allowsPrivateAddresses, now: now)
        questions = NodeClient(allowsPrivateAddresses: settings.allowsPrivateAddresses, limit: .seconds(5), now: now)
        // Before anything is entered: what the data folder or the database says of itself may all be of an older day.
        let hasWitnesses = try record.readSync { database in
            try FederationQueries(database: database).peers().contains { $0.ended == nil && !$0.document.witnessKeys.isEmpty }
        }
        if hasWitnesses { record.hold.begin() }
    }

    public func close() async throws {
        await client.close()
        try followed.close()
        await questions.close()
        try mirror?.close()
        try witness.close()
    }

    /// Asks the witnesses now, before the node serves, where they are still to be asked after the start.
    ///
    /// - Returns: what keeps acts from being entered; `nil` where nothing does.
    public func askWitnesses() async throws -> RecordError? {
        guard record.hold.state != .open else { return nil }
        await StartQuestion(runtime: self).ask(try await activePeers())
        // A command that enters a few acts and ends holds no connections; a node that goes on opens new ones.
        await questions.close()
        return record.hold.trouble
    }

    /// Takes up the newest checkpoint of this node's own record that is known to be witnessed.
    func readOwn() async throws {
        guard let kept = try await witness.own(), kept.size <= record.size, kept.origin == record.origin else { return }
        record.cosignatures.setWitnessed(kept)
    }

    /// Whom the record names, and what follows from that, made once for each change of it.
    private struct Directory: Sendable {
        /// The record's size when this was looked at: nothing can have changed while it is the same.
        var size: Int64 = -1
        var version: Int64 = -2
        var peers: [NodeName: Peer] = [:]
        var logs = WatchedLogs([])
        var mirrored = WatchedLogs([])
    }

    /// Everybody that is or was a peer.
    func peers() async throws -> [NodeName: Peer] { try await currentDirectory().peers }

    /// The logs that this node's witness cosigns for.
    func watchedLogs() async throws -> WatchedLogs { try await currentDirectory().logs }

    /// The logs that this node keeps copies of.
    func mirroredLogs() async throws -> WatchedLogs { try await currentDirectory().mirrored }

    private func currentDirectory() async throws -> Directory {
        let known = directory.withLock { $0 }
        let size = record.size
        guard size != known.size else { return known }
        let (version, peers) = try await record.read { database -> (Int64, [NodeName: Peer]?) in
            let queries = FederationQueries(database: database)
            let version = try queries.peersVersion()
            guard version != known.version else { return (version, nil) }
            return (version, Dictionary(try queries.peers().map { ($0.name, $0) }) { first, _ in first })
        }
        guard let peers else {
            directory.withLock { if $0.version == version { $0.size = max($0.size, size) } }
            return known
        }
        let active = peers.values.filter { $0.ended == nil }
        let mirrors = settings.mirrors
        let fresh = Directory(
            size: size, version: version, peers: peers, logs: WatchedLogs(active),
            mirrored: WatchedLogs(active.filter { mirrors?.contains($0.name) ?? true }))
        directory.withLock { $0 = fresh }
        return fresh
    }

    /// Those that are peers now, by name.
    func activePeers() async throws -> [Peer] {
        try await peers().values.filter { $0.ended == nil }.sorted { $0.name < $1.name }
    }

    /// How this node introduces itself: its signed document, as it stands at `/.well-known/chancery`.
    public func introduction(_ house: House) async throws -> JSON { try await document(house).json }

    /// The node's own document, signed; made anew when what it says has changed.
    func document(_ house: House) async throws -> SignedNodeDocument {
        let now = now()
        let offices = try await house.offices()
        let origin = house.configuration.origin.description
        let made = NodeDocument(
            node: settings.node, issued: now, title: house.configuration.name, languages: house.catalogue.languages.map(\.tag),
            origin: origin, logKeys: [record.verifierKey, record.mlDSA44VerifierKey], witnessKeys: witness.keys,
            mirrorKeys: mirror?.cosigners.map(\.verifierKey) ?? [],
            keys: ring.keys.filter { $0.validity.until.map { $0 > now } ?? true }.map {
                .init(publicKey: $0.publicKey, validity: $0.validity)
            },
            revocations: ring.revocations.map { .init(key: $0.key, at: $0.at, reason: $0.reason) },
            offices: offices.map { office in
                .init(id: office.id, name: office.names, actor: office.actor?.rawValue, sealingKeys: settings.sealingKeys(office.id))
            })
        return try own.withLock { own in
            if let own, own.document.saysTheSame(as: made) { return own }
            let revoked = Set(made.revocations.map(\.key))
            let signers = ring.keys.filter { $0.validity.covers(now) && !revoked.contains($0.publicKey.id) }
            let signed = try SignedNodeDocument(made, signedBy: signers)
            own = signed
            return signed
        }
    }

    /// Asks a node for its document.
    ///
    /// - Throws: a `Refusal` that says what stands in the way.
    func fetchDocument(at origin: WebOrigin) async throws -> SignedNodeDocument {
        let answer: NodeClient.Answer
        do {
            answer = try await client.get("\(origin)/.well-known/chancery", upTo: NodeDocument.longest)
        } catch let failure as NodeClient.Failure {
            throw FederationRuntime.refusal(failure)
        }
        guard answer.status == 200 else {
            throw Refusal(
                .unlawful, code: "node.no-document", "\(origin.authority) answered \(answer.status) when asked who it is.",
                mend: "See whether a Chancery node runs at that address.", citation: "docs/federation.md, Peers",
                arguments: ["node": origin.authority, "status": String(answer.status)])
        }
        do {
            let signed = try SignedNodeDocument(
                json: JSONParser.parse(answer.body, limits: .init(bytes: NodeDocument.longest, depth: 16)))
            guard signed.document.node.description == origin.authority, signed.document.origin == origin.description else {
                throw Refusal(
                    .unlawful, code: "node.other-name", "The node at \(origin.authority) introduces itself as \(signed.document.node).",
                    mend: "Ask its operator for its right address.", citation: "docs/federation.md, Peers",
                    arguments: ["asked": origin.authority, "found": signed.document.node.description])
            }
            return signed
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(
                .unlawful, code: "node.bad-document", "\(origin.authority) introduces itself in a form that is not right: \(error).",
                mend: "Its operator should look into it.", citation: "docs/federation.md, Peers",
                arguments: ["node": origin.authority, "reason": "\(error)"])
        }
    }

    static func refusal(_ failure: NodeClient.Failure) -> Refusal {
        Refusal(
            .unlawful, code: failure.code, failure.description, mend: "Look at the address, or try again later.",
            citation: "docs/federation.md, What is never sent", arguments: ["reason": failure.description])
    }

    /// The policy by which this node's checkpoints are witnessed: the operator's, else more than half of its peers' witnesses.
    func policy(of peers: [Peer]) -> TrustPolicy? {
        if let policy = settings.policy { return policy }
        // A peer has witnessed what all its keys have cosigned, so that breaking one algorithm is not enough.
        var witnesses: [TrustPolicy.Witness] = []
        var groups: [TrustPolicy.Group] = []
        for peer in peers where !peer.document.witnessKeys.isEmpty {
            let name = peer.name.description.replacing(":", with: "_")
            let own = peer.document.witnessKeys.enumerated().map { place, key in
                TrustPolicy.Witness(name: OpaqueText("\(name)/\(place)"), key: key)
            }
            witnesses += own
            groups.append(.init(name: OpaqueText(name), threshold: own.count, members: own.map(\.name)))
        }
        guard !groups.isEmpty else { return nil }
        let quorum = OpaqueText("/quorum")
        let whole = TrustPolicy.Group(name: quorum, threshold: groups.count / 2 + 1, members: groups.map(\.name))
        return try? TrustPolicy(logs: [], witnesses: witnesses, groups: groups + [whole], quorum: .member(quorum))
    }
}

extension NodeDocument {
    /// Whether it differs in nothing but when it was made.
    func saysTheSame(as other: NodeDocument) -> Bool {
        var other = other
        other.issued = issued
        return self == other
    }
}
