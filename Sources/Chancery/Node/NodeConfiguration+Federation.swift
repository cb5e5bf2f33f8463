import Configuration
public import Federation
import Foundation
public import Ledger

/// What the configuration says of federation.
public struct FederationOptions: Sendable {
    /// `federation.privateAddresses`: whether nodes at private and loopback addresses, and without TLS, may be talked to.
    public var allowsPrivateAddresses = false
    /// `federation.policy`: a file that says whose cosignatures make a checkpoint witnessed (C2SP tlog-policy).
    public var policy: TrustPolicy?
    /// `federation.refresh`: seconds between two readings of a peer's document.
    public var refresh = Duration.seconds(600)

    /// `federation.followPolicy`: a file that says whose cosignatures a followed record's checkpoint needs (C2SP tlog-policy).
    public var followPolicy: TrustPolicy?

    /// `federation.acceptUnwitnessedStart`: whether acts are entered after a start at which too few witnesses answered. Better said on
    /// the command line, for one start.
    public var acceptsUnwitnessedStart = false

    /// `federation.mirrors`: the names of the nodes whose logs this one mirrors, or `*` for all its peers; `nil` says all.
    public var mirrors: Set<NodeName>? = []
    /// `federation.mirrorFolder`: where their copies lie; needed where several processes share the record.
    public var mirrorFolder: String?

    public init() {}

    init(_ reader: ConfigReader) throws(NodeConfiguration.Problem) {
        allowsPrivateAddresses = reader.bool(forKey: "federation.privateAddresses", default: false)
        acceptsUnwitnessedStart = reader.bool(forKey: "federation.acceptUnwitnessedStart", default: false)
        let seconds = reader.int(forKey: "federation.refresh", default: 600)
        guard (1...86_400).contains(seconds) else {
            throw .init(description: "federation.refresh is \(seconds). Give seconds from 1 to 86400.")
        }
        refresh = .seconds(seconds)
        let names = reader.stringArray(forKey: "federation.mirrors", default: [])
        if names == ["*"] {
            mirrors = nil
        } else {
            for text in names {
                guard let name = NodeName(text) else {
                    throw .init(description: "'\(text)' in federation.mirrors is no node's name. Give host names, or * for all peers.")
                }
                mirrors?.insert(name)
            }
        }
        mirrorFolder = reader.string(forKey: "federation.mirrorFolder")
        policy = try FederationOptions.policy(reader, "federation.policy")
        followPolicy = try FederationOptions.policy(reader, "federation.followPolicy")
    }

    /// The policy in the file that a setting names; `nil` where it names none.
    private static func policy(_ reader: ConfigReader, _ key: ConfigKey) throws(NodeConfiguration.Problem) -> TrustPolicy? {
        guard let path = reader.string(forKey: key) else { return nil }
        do {
            return try TrustPolicy(parsing: Array(Data(contentsOf: URL(filePath: path))))
        } catch {
            throw .init(description: "The policy of witnesses \(path) cannot be used: \(error).")
        }
    }
}
