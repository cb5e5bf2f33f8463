import Acts
import ArgumentParser
import Chancery
import Federation
import Foundation
import Ledger
import Web

/// `chancery node`: how a node is known to others.
struct NodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "The keys with which a node signs its messages to others.",
        subcommands: [NodeKeysCommand.self, NodeRollKeyCommand.self, NodeRevokeKeyCommand.self])

    /// The keys in the folder that the configuration names. A running node reads them again by itself.
    static func ring(_ options: NodeOptions) async throws -> NodeKeyring {
        do {
            let configuration = try await options.configuration()
            let folder = configuration.keysFolder ?? "\(configuration.dataFolder)/keys"
            guard FileManager.default.fileExists(atPath: folder + "/node.keys") else {
                throw Terminal.fail("\(folder) holds no node's keys. Start the node once, or name its data folder with --data.", code: 75)
            }
            return try NodeKeyring(
                folder: folder, witnessName: KeyName("\(configuration.origin.authority)/witness"), now: .now)
        } catch let problem as NodeConfiguration.Problem {
            throw Terminal.fail(problem.description, code: 64)
        } catch let problem as NodeKeyring.Problem {
            throw Terminal.fail(problem.description, code: 2)
        }
    }
}

/// `chancery node keys`.
struct NodeKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "keys", abstract: "List the node's keys for messages.")

    @OptionGroup var node: NodeOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let ring = try await NodeCommand.ring(node)
        let revoked = Dictionary(ring.revocations.map { ($0.key, $0) }) { first, _ in first }
        if json {
            let keys = ring.keys.map { key -> JSON in
                var object: JSONObject = [
                    "id": .string(key.publicKey.id), "ed25519": .string(Acts.Base64.encode(key.publicKey.bytes)),
                    "from": .string(key.validity.from.description),
                ]
                object["until"] = key.validity.until.map { .string($0.description) }
                object["revoked"] = revoked[key.publicKey.id].map { .string($0.at.description) }
                return .object(object)
            }
            return Terminal.say(JSON.array(keys).canonicalText)
        }
        for key in ring.keys {
            var line = "\(key.publicKey.id)  from \(key.validity.from)"
            if let until = key.validity.until { line += "  until \(until)" }
            if let revocation = revoked[key.publicKey.id] { line += "  revoked \(revocation.at): \(revocation.reason)" }
            Terminal.say(line)
        }
    }
}

/// `chancery node roll-key`.
struct NodeRollKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roll-key", abstract: "Make a new key for messages; those before it count for 30 days more.")

    @OptionGroup var node: NodeOptions

    func run() async throws {
        let ring = try await NodeCommand.ring(node)
        Terminal.say("The new key is \(try ring.roll(at: .now).id). Peers learn of it by themselves, since the old key vouches for it.")
    }
}

/// `chancery node revoke-key`.
struct NodeRevokeKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke-key", abstract: "Revoke a key for messages at once, such as one that was stolen.")

    @OptionGroup var node: NodeOptions
    @Argument(help: "The key's identifier, as 'chancery node keys' lists it.")
    var key: String
    @Option(help: "Why, in a sentence; it is published.")
    var reason: String

    func run() async throws {
        let ring = try await NodeCommand.ring(node)
        do {
            try ring.revoke(key, reason: reason, at: .now)
        } catch let problem as NodeKeyring.Problem {
            throw Terminal.fail(problem.description, code: 2)
        }
        Terminal.say(
            "Revoked. The key to sign with is \(try ring.current(at: .now).publicKey.id). Where no other key of yours was known to a peer, its "
                + "administrator must accept your document anew: tell them by another way.")
    }
}
