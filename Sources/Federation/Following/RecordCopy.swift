import Acts
public import Ledger
import Outbound

/// A record followed into a file of its own, without a node: for measurements, and for whoever wants a checked copy of a record.
public struct RecordCopy: Sendable {
    /// The node whose record it is.
    public let node: NodeName
    /// Every address of the node begins so: `https://mfa.example.org`.
    public let address: String
    /// The log's keys; their name is the log's origin.
    public let keys: [VerifierKey]

    /// - Returns: `nil` where no key is given.
    public init?(node: NodeName, address: String, keys: [VerifierKey]) {
        guard !keys.isEmpty else { return nil }
        self.node = node
        self.address = address
        self.keys = keys
    }

    /// Whether the node answers when asked for its checkpoint.
    public func isServed(allowsPrivateAddresses: Bool = false) async -> Bool {
        let client = NodeClient(allowsPrivateAddresses: allowsPrivateAddresses, now: { .now })
        let answer = try? await client.get("\(address)/record/checkpoint", accepting: "text/plain", upTo: 64 << 10)
        await client.close()
        return answer?.status == 200
    }

    /// Takes what is new up to the checkpoint that the node serves now; begun where there is no file yet, else resumed.
    ///
    /// - Parameters:
    ///   - path: of the file.
    ///   - allowsPrivateAddresses: whether the node may be at a private or loopback address, and without TLS.
    ///   - progress: called with the number of entries kept after each batch.
    /// - Returns: how many entries were new, and how many are kept.
    public func follow(
        into path: String, allowsPrivateAddresses: Bool = false, progress: @Sendable (Int64) -> Void = { _ in }
    ) async throws -> (new: Int64, size: Int64) {
        let store = try FollowedStore(path: path)
        let client = NodeClient(allowsPrivateAddresses: allowsPrivateAddresses, now: { .now })
        let follower = RecordFollower(
            node: node, address: address, origin: keys[0].name.text, verifiers: keys.compactMap { try? $0.verifier() }, keys: keys,
            client: client,
            store: store)
        do {
            let outcome = try await follower.follow(progress: progress)
            await client.close()
            try store.close()
            return (outcome.fetched, outcome.log.size)
        } catch let contradiction as RecordFollower.Contradiction {
            await client.close()
            try? store.close()
            throw contradiction.failure
        } catch {
            await client.close()
            try? store.close()
            throw error
        }
    }
}
