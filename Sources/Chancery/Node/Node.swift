public import Conferences
public import Correspondence
public import Federation
import Foundation
import Hummingbird
public import Logging
public import Press
public import Record
public import Seals
import ServiceLifecycle
public import Treaties
import UnixSignals
public import Web

public import class Record.Record

/// A node: its record, its desks and its pages, put together from its configuration.
public struct Node: Sendable {
    public let configuration: NodeConfiguration
    public let record: Record
    public let house: House
    public let treaties: TreatyDesk
    public let federation: FederationRuntime
    public let correspondence: CorrespondenceDesk
    public let conferences: ConferenceDesk
    public let press: PressDesk
    public let logger: Logger

    /// Opens the record in the data folder, beginning one where there is none, and brings the views up to date.
    ///
    /// - Parameter progress: called with the number of entries applied while views catch up.
    public static func open(
        _ configuration: NodeConfiguration, logger: Logger, progress: @Sendable (Int64) -> Void = { _ in }
    ) throws -> Node {
        var treaties = try TreatyDesk(depositary: configuration.depositary, mail: configuration.mail)
        let offices = try offices(configuration)
        let correspondence = CorrespondenceDesk(node: offices.node, ring: offices.ring, book: PeerAddressBook(), mail: configuration.mail)
        let conferences = try ConferenceDesk(node: offices.node, ring: offices.ring)
        var press = PressDesk(
            node: offices.node, book: PeerAddressBook(),
            fediverse: FediverseSettings(
                keysFolder: URL(filePath: configuration.keysFolder ?? "\(configuration.dataFolder)/keys", directoryHint: .isDirectory),
                allowsPrivateAddresses: configuration.federation.allowsPrivateAddresses),
            mail: configuration.mail)
        let record = try Record.open(
            RecordConfiguration(
                folder: configuration.dataFolder, database: configuration.database, keys: configuration.keysFolder,
                origin: configuration.recordOrigin ?? "\(configuration.origin.authority)/record",
                name: configuration.name, logger: logger),
            views: House.views(of: [treaties, conferences, correspondence, press, FederationDesk()]), progress: progress)
        let federation: FederationRuntime
        do {
            // Only now is the folder this process's own; a folder of keys that processes share is so while it is held.
            let lock = try KeysLock(configuration.keysFolder ?? "\(configuration.dataFolder)/keys")
            defer { lock.release() }
            let seals = try sealingOffice(configuration)
            // Made while the folder of keys is held: of processes that share it, each would begin one at its first file.
            _ = try seals.provenanceIdentity()
            treaties.seals = seals
            press.seals = seals
            federation = try FederationRuntime(
                settings: try federationSettings(configuration, correspondence, treaties, conferences, press), record: record,
                logger: logger)
        } catch {
            try record.close()
            throw error
        }
        let house = try House(
            configuration: HouseConfiguration(
                origin: configuration.origin, otherHosts: configuration.otherHosts.union(Node.ownHosts(configuration)),
                dataFolder: URL(filePath: configuration.dataFolder, directoryHint: .isDirectory), name: configuration.name,
                securityContact: configuration.securityContact,
                keysFolder: configuration.keysFolder.map { URL(filePath: $0, directoryHint: .isDirectory) }),
            record: record, desks: [treaties, conferences, correspondence, press, FederationDesk(runtime: federation)], logger: logger,
            followed: federation)
        return Node(
            configuration: configuration, record: record, house: house, treaties: treaties, federation: federation,
            correspondence: correspondence, conferences: conferences, press: press, logger: logger)
    }

    /// What the node is called, and its offices' private keys in the folder of keys: one ring for every desk that seals, so that an
    /// office's first key is made once.
    static func offices(_ configuration: NodeConfiguration) throws -> (node: NodeName, ring: OfficeKeyring) {
        guard let node = NodeName(configuration.origin.authority) else {
            throw NodeConfiguration.Problem(
                description:
                    "'\(configuration.origin.authority)' cannot name a node. Give an origin with a host's name: https://mfa.example.org")
        }
        let keys = URL(filePath: configuration.keysFolder ?? "\(configuration.dataFolder)/keys", directoryHint: .isDirectory)
        return (node, OfficeKeyring(folder: keys))
    }

    /// The node's seals, in its data folder; made where there are none.
    public static func sealingOffice(_ configuration: NodeConfiguration) throws -> SealingOffice {
        try SealingOffice(
            dataFolder: configuration.dataFolder, keys: configuration.keysFolder, node: configuration.name["en"] ?? "Chancery")
    }

    /// What federation is told. The node's name is the authority of its address.
    static func federationSettings(
        _ configuration: NodeConfiguration, _ correspondence: CorrespondenceDesk, _ treaties: TreatyDesk,
        _ conferences: ConferenceDesk, _ press: PressDesk
    ) throws -> FederationSettings {
        guard let name = NodeName(configuration.origin.authority) else {
            throw NodeConfiguration.Problem(
                description: "'\(configuration.origin.authority)' cannot be a node's name. Give the node a host name, not an IPv6 address.")
        }
        var settings = FederationSettings(
            node: name, keysFolder: configuration.keysFolder ?? "\(configuration.dataFolder)/keys", dataFolder: configuration.dataFolder,
            allowsPrivateAddresses: configuration.federation.allowsPrivateAddresses, policy: configuration.federation.policy,
            refresh: configuration.federation.refresh)
        settings.mirrors = configuration.federation.mirrors
        settings.mirrorFolder = configuration.federation.mirrorFolder
        settings.acceptsUnwitnessedStart = configuration.federation.acceptsUnwitnessedStart
        settings.sealingKeys = { office in (try? correspondence.publicKey(of: office)).map { [$0] } ?? [] }
        settings.followPolicy = configuration.federation.followPolicy
        settings.takesFollowed = treaties.takenKinds + conferences.takenKinds
        let taken = Set(settings.takesFollowed)
        settings.takes = { correspondence.takes($0) || press.takes($0) || taken.contains($0) }
        settings.examines = { act, views, today in
            try conferences.examine(act.entry, actor: act.actor, today: today)
            try treaties.examine(act.entry, of: act.origin, actor: act.actor, views: views, today: today)
        }
        settings.dossier = { correspondence.takes($0) ? CorrespondenceDesk.dossier : press.takes($0) ? PressDesk.dossier : nil }
        return settings
    }

    /// What a node listening on this machine alone is called there.
    private static func ownHosts(_ configuration: NodeConfiguration) -> Set<String> {
        guard configuration.host == "127.0.0.1" || configuration.host == "localhost" else { return [] }
        return ["127.0.0.1:\(configuration.port)", "localhost:\(configuration.port)"]
    }

    /// Serves until SIGTERM or SIGINT; then answers what was begun, closes the record and returns.
    ///
    /// - Parameter isListening: called once, with the port, when requests are taken.
    public func serve(isListening: @escaping @Sendable (Int) async -> Void) async throws {
        var application = Application(
            router: house.router(), server: house.server,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port), serverName: nil),
            onServerRunning: { channel in await isListening(channel.localAddress?.port ?? configuration.port) }, logger: logger)
        application.services += house.services()
        do {
            try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
        } catch {
            try record.close()
            throw error
        }
        try record.close()
    }

    /// Enters the sample conference where it is not there.
    ///
    /// - Returns: its address here, and a new one-time sign-in link's token for each of its people whom one can sign in as, by name.
    public func enterSampleConference() async throws -> (address: String, tokens: [(name: String, token: String)]) {
        _ = try await conferences.enterSampleConference(into: record)
        var tokens: [(name: String, token: String)] = []
        for name in ConferenceDesk.samplePeople { tokens.append((name, try await Identity.issueLink(for: name, in: record))) }
        return (ConferenceDesk.sampleAddress, tokens)
    }

    /// Enters the sample press office where the node has none.
    ///
    /// - Returns: the address of its desk, and a new one-time sign-in link's token for each of its people, by name.
    public func enterSampleStatements() async throws -> (address: String, tokens: [(name: String, token: String)]) {
        _ = try await press.enterSampleStatements(into: record)
        var tokens: [(name: String, token: String)] = []
        for name in PressDesk.samplePeople { tokens.append((name, try await Identity.issueLink(for: name, in: record))) }
        return (PressDesk.sampleAddress, tokens)
    }

    /// Enters the sample register where the register is empty.
    ///
    /// - Returns: how many acts were entered.
    public func enterSampleRegister(progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void) async throws -> Int {
        guard try await treaties.isEmpty(record) else { return 0 }
        let sample = try SampleRegister.shipped()
        let whole = sample.treaties.count
        let entered = try await treaties.enter(sample, into: record, office: "depositary", author: "node") { progress($0, whole) }
        return try await entered + treaties.enterSampleAgreement(into: record, office: "depositary", author: "node")
    }
}
