import Configuration
import Foundation
public import Mail
import SystemPackage
public import Treaties
public import Web

/// How a node is run. Flags win over environment variables (`CHANCERY_PORT`), these over the file, and it over the defaults.
public struct NodeConfiguration: Sendable {
    /// The folder of the record, its blobs, views and keys.
    public var dataFolder: String
    /// The address of the PostgreSQL database that holds the record; `nil`: the data folder holds it. May hold a password.
    public var database: String?
    /// The folder of the keys, which all processes of one record share; `nil`: in the data folder.
    public var keysFolder: String?
    /// The address to listen on; loopback unless told otherwise.
    public var host: String
    public var port: Int
    /// The address people reach the node at; by default this machine's own.
    public var origin: WebOrigin
    /// Further names the node answers to, as they stand in the `Host` header.
    public var otherHosts: Set<String>
    /// The log's origin, a name without scheme; taken when the record is begun, and kept for ever.
    public var recordOrigin: String?
    /// The node's name for people, by language tag.
    public var name: [String: String]
    /// Where to report a weakness, `mailto:` or `https:`.
    public var securityContact: String?
    /// `trace`, `debug`, `info`, `notice`, `warning`, `error` or `critical`.
    public var logLevel: String
    /// How the depositary's notifications speak, and to whom they go.
    public var depositary = DepositarySettings.standard
    /// The mail server that takes notifications; `nil`: nothing is sent.
    public var mail: SMTPSettings?

    /// How the node deals with others.
    public var federation = FederationOptions()

    /// What was given on the command line; `nil` where nothing was.
    public struct Flags: Sendable {
        public var dataFolder: String?
        public var database: String?
        public var keysFolder: String?
        public var host: String?
        public var port: Int?
        public var origin: String?
        /// Whether acts are entered though too few witnesses have answered after the start.
        public var acceptsUnwitnessedStart = false
        /// The configuration file; by default `chancery.json` in the data folder, if it is there.
        public var file: String?

        public init(
            dataFolder: String? = nil, database: String? = nil, keysFolder: String? = nil, host: String? = nil, port: Int? = nil,
            origin: String? = nil, file: String? = nil
        ) {
            self.dataFolder = dataFolder
            self.database = database
            self.keysFolder = keysFolder
            self.host = host
            self.port = port
            self.origin = origin
            self.file = file
        }
    }

    /// A setting that cannot be used.
    public struct Problem: Error, CustomStringConvertible {
        public let description: String
    }

    /// Reads the settings in their order of precedence.
    public static func read(_ flags: Flags) async throws -> NodeConfiguration {
        let environment = EnvironmentVariablesProvider().prefixKeys(with: "chancery")
        let data = flags.dataFolder ?? ConfigReader(provider: environment).string(forKey: "data") ?? "./data"
        let path = flags.file ?? "\(data)/chancery.json"
        let file: FileProvider<JSONSnapshot>
        do {
            file = try await FileProvider<JSONSnapshot>(filePath: FilePath(path), allowMissing: flags.file == nil)
        } catch {
            throw Problem(description: "The configuration file \(path) cannot be read: \(error). Mend it, or name another with --config.")
        }
        let reader = ConfigReader(providers: [environment, file])
        let port = flags.port ?? reader.int(forKey: "port", default: 8080)
        guard (0...65_535).contains(port) else { throw Problem(description: "\(port) is not a port. Give one from 0 to 65535.") }
        let originText = flags.origin ?? reader.string(forKey: "origin") ?? "http://localhost:\(port)"
        guard let origin = WebOrigin(originText) else {
            throw Problem(
                description:
                    "'\(originText)' is not the address of a node. Give a scheme, a host and perhaps a port: https://treaties.example.org")
        }
        var configuration = NodeConfiguration(
            dataFolder: data, host: flags.host ?? reader.string(forKey: "host", default: "127.0.0.1"), port: port, origin: origin,
            otherHosts: Set(reader.stringArray(forKey: "hosts", default: [])), recordOrigin: reader.string(forKey: "recordOrigin"),
            name: ["en": reader.string(forKey: "name", default: "Chancery")], securityContact: reader.string(forKey: "securityContact"),
            logLevel: reader.string(forKey: "logLevel", default: "info"))
        configuration.database = flags.database ?? reader.string(forKey: "record", isSecret: true)
        configuration.keysFolder = flags.keysFolder ?? reader.string(forKey: "keys")
        configuration.depositary = NodeConfiguration.depositary(reader)
        configuration.federation = try FederationOptions(reader)
        if flags.acceptsUnwitnessedStart { configuration.federation.acceptsUnwitnessedStart = true }
        configuration.mail = try NodeConfiguration.mail(reader)
        return configuration
    }
}
