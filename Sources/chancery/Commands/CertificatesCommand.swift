import Acts
import ArgumentParser
import Chancery
import Foundation
import Seals

/// `chancery certificates`: the certificates of a node's seals. A running node takes up what is new by itself.
struct CertificatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificates", abstract: "List, issue, renew and import the certificates of a node's seals.",
        subcommands: [ListCommand.self, IssueCommand.self, RenewCommand.self, ImportCommand.self])

    static func office(_ node: NodeOptions) async throws -> SealingOffice {
        let configuration: NodeConfiguration
        do {
            configuration = try await node.configuration()
        } catch let problem as NodeConfiguration.Problem {
            throw Terminal.fail(problem.description, code: 64)
        }
        return try Seal.attempt { try Node.sealingOffice(configuration) }
    }

    static func say(_ stored: SealFolder.Stored) throws {
        Terminal.say(try line(stored))
    }

    static func line(_ stored: SealFolder.Stored) throws -> String {
        let role =
            switch stored.role {
            case .root: "root"
            case .timeStamping: "time-stamps"
            case .provenance: "provenance of files"
            case .office(let office): "office \(office)"
            }
        return """
            \(role) \(stored.number): \(stored.certificate.subjectName), until \(stored.certificate.lastDay)\(stored.token == nil ? "" : ", key on a token")
              SHA-256 \(try stored.certificate.fingerprintText)
            """
    }

    struct ListCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List them, with their fingerprints and ends.")

        @Flag(help: "Print them as JSON.")
        var json = false

        @OptionGroup var node: NodeOptions

        func run() async throws {
            let configuration = try await node.configuration()
            let all = try Seal.attempt { try SealFolder(dataFolder: configuration.dataFolder, keys: configuration.keysFolder).all() }
            guard !all.isEmpty else {
                throw Terminal.fail(
                    "\(configuration.dataFolder) has no certificates yet. They are made when the node starts, or by certificates issue.",
                    code: 1)
            }
            if json {
                Terminal.say(JSON.array(try all.map { try CertificateDocument.json($0) }).canonicalText)
            } else {
                for stored in all { try CertificatesCommand.say(stored) }
            }
        }
    }

    struct IssueCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "issue", abstract: "Issue a certificate for an office, with a fresh key, under the node's root.")

        @Argument(help: "The office's identifier, such as depositary.")
        var office: String

        @Option(help: "The office's name, as documents show it; by default the identifier.")
        var name: String?

        @OptionGroup var node: NodeOptions

        func run() async throws {
            let seals = try await CertificatesCommand.office(node)
            try CertificatesCommand.say(try Seal.attempt { try seals.renew(.office(office), name: name ?? office) })
        }
    }

    struct RenewCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "renew",
            abstract: "Renew a certificate: a fresh key, used from now on; the old certificate stays good until its end.")

        @Argument(help: "The office's identifier; time-stamps for the time-stamp authority, provenance for the provenance of files.")
        var role: String

        @OptionGroup var node: NodeOptions

        func run() async throws {
            let seals = try await CertificatesCommand.office(node)
            let stored = try Seal.attempt { () throws -> SealFolder.Stored in
                if role == "time-stamps" { return try seals.renew(.timeStamping, name: "") }
                if role == "provenance" { return try seals.renew(.provenance, name: "") }
                guard let current = try seals.certificates().last(where: { $0.role == .office(role) }) else {
                    throw SealError(
                        .missing, "The office '\(role)' has no certificate.", mend: "Issue one: chancery certificates issue \(role).")
                }
                return try seals.renew(.office(role), name: current.certificate.subjectName)
            }
            try CertificatesCommand.say(stored)
        }
    }

    struct ImportCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take a certificate of another authority into use for an office.",
            discussion: "Its key is a PEM file, or stays on a token: pkcs11:token=LABEL;object=KEY?pin-source=file:PATH.")

        @Argument(help: "The office's identifier.")
        var office: String

        @Option(help: ArgumentHelp("PEM: the office's certificate, then its issuers.", valueName: "file"))
        var chain: String

        @Option(help: ArgumentHelp("PEM: the private key, unencrypted; its owner's alone.", valueName: "file"))
        var key: String?

        @Option(help: ArgumentHelp("The address of the key on a token.", valueName: "address"))
        var token: String?

        @OptionGroup var node: NodeOptions

        func run() async throws {
            let chain = String(decoding: try Terminal.bytes(ofFile: chain), as: UTF8.self)
            let seals = try await CertificatesCommand.office(node)
            let stored = try Seal.attempt {
                try seals.importCertificate(
                    for: office, chain: chain, key: try key.map { String(decoding: try PrivateFile.read($0), as: UTF8.self) }, token: token)
            }
            try CertificatesCommand.say(stored)
        }
    }
}
