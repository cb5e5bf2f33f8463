public import GRDB

/// The offices of this node's peers, as their documents name them.
public struct PeerAddressBook: AddressBook {
    public init() {}

    public func addressees(in database: Database) throws -> [Addressee] {
        try FederationQueries(database: database).peers().filter { $0.ended == nil }.flatMap { peer in
            peer.document.offices.map { office in
                Addressee(
                    node: peer.name, nodeTitle: peer.document.title, office: office.id, officeName: office.name,
                    keys: office.sealingKeys.compactMap { try? SealingPublicKey(bytes: $0) })
            }
        }
    }
}
