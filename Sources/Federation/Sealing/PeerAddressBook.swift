public import GRDB
import Synchronization

/// The offices of this node's peers, as their documents name them.
///
/// What it read last is kept until a peer changes: every note that is sealed asks for it.
public final class PeerAddressBook: AddressBook {
    private struct Content: Sendable {
        var version: Int64
        var addressees: [Addressee]
    }

    private let kept = Mutex<Content?>(nil)

    public init() {}

    public func addressees(in database: Database) throws -> [Addressee] {
        let queries = FederationQueries(database: database)
        let version = try queries.peersVersion()
        if let kept = kept.withLock({ $0 }), kept.version == version { return kept.addressees }
        let addressees = try queries.peers().filter { $0.ended == nil }.flatMap { peer in
            peer.document.offices.map { office in
                Addressee(
                    node: peer.name, nodeTitle: peer.document.title, office: office.id, officeName: office.name,
                    keys: office.sealingKeys.compactMap { try? SealingPublicKey(bytes: $0) })
            }
        }
        kept.withLock { $0 = Content(version: version, addressees: addressees) }
        return addressees
    }

    public func log(of node: NodeName, in database: Database) throws -> KnownLog? {
        try FederationQueries(database: database).peer(node).map {
            KnownLog(origin: $0.document.logOrigin, verifiers: $0.document.logVerifiers)
        }
    }
}
