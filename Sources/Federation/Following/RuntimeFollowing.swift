public import Acts
import Record
public import Web

extension FederationRuntime: FollowedRecords {
    /// The peers that are followed and peers still, with what is kept of their records.
    func followedLogs() async throws -> [(peer: Peer, log: FollowedStore.Log)] {
        let names = try await followedNames()
        var logs: [(peer: Peer, log: FollowedStore.Log)] = []
        for peer in try await activePeers() where names.contains(peer.name) {
            if let log = try await followed.log(of: peer.name), log.origin == peer.document.logOrigin { logs.append((peer, log)) }
        }
        return logs
    }

    /// Who is followed, by the record.
    func followedNames() async throws -> Set<NodeName> {
        try await record.read { Set(try FederationQueries(database: $0).followed().keys) }
    }

    public func acts(ofDossier dossier: String, kinds: Set<ActKind>, limit: Int) async throws -> [FollowedAct] {
        let filter = FollowedStore.Filter(dossier: dossier, limit: limit, newestFirst: false)
        return try await acts(filter).filter { kinds.isEmpty || kinds.contains($0.entry.kind) }
    }

    public func holders(ofDossier dossier: String) async throws -> [FollowedHolder] {
        var holders: [FollowedHolder] = []
        for (peer, log) in try await followedLogs() {
            guard try await !followed.acts(of: log, .init(dossier: dossier, limit: 1)).isEmpty else { continue }
            holders.append(
                FollowedHolder(
                    node: peer.name.description, title: peer.document.title,
                    address: "\(FollowedPages.address(of: peer.name.description))?dossier=\(PercentCoding.encode(dossier))"))
        }
        return holders
    }

    public var version: Int64 { followed.version }

    public func acts(ofKind kind: ActKind, limit: Int) async throws -> [FollowedAct] {
        try await acts(FollowedStore.Filter(kind: kind.description, limit: limit, newestFirst: false))
    }

    private func acts(_ filter: FollowedStore.Filter) async throws -> [FollowedAct] {
        var acts: [FollowedAct] = []
        for (peer, log) in try await followedLogs() {
            let places = try await followed.acts(of: log, filter)
            for entry in try await followed.entries(places, of: log) {
                acts.append(
                    FollowedAct(
                        node: peer.name.description, title: peer.document.title, origin: log.origin, entry: entry,
                        address: FollowedPages.address(of: peer.name.description, entry.index)))
            }
        }
        return acts
    }
}
