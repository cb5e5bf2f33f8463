import Acts
import ArgumentParser
import Chancery
import Foundation
import Logging
import Record
import Web

/// `chancery serve`: runs a node on its data folder.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run a node.",
        discussion: "At the first start it begins a record and prints a one-time sign-in link for the first officer.")

    @OptionGroup var node: NodeOptions
    @OptionGroup var server: ServerOptions

    func run() async throws {
        try await NodeRun(node: node, server: server, isDemo: false).run()
    }
}

/// `chancery demo`: a node with the sample register and a sample conference, to look around in.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Run a node with the sample register and a conference to walk into, and print sign-in links for their people.")

    @OptionGroup var node: NodeOptions
    @OptionGroup var server: ServerOptions

    func run() async throws {
        try await NodeRun(node: node, server: server, isDemo: true).run()
    }
}

/// Opens a node, says where it is, and serves until it is told to stop.
struct NodeRun {
    let node: NodeOptions
    let server: ServerOptions
    let isDemo: Bool

    func run() async throws {
        let configuration: NodeConfiguration
        do {
            configuration = try await node.configuration(host: server.host, port: server.port, origin: server.origin)
        } catch let problem as NodeConfiguration.Problem {
            throw Terminal.fail(problem.description, code: 64)
        }
        let logger = Terminal.logger(configuration.logLevel)
        if server.whileInput { InputWatch.begin() }
        FileLimit.raise()
        let node = try NodeOpening.open(configuration, logger: logger)
        let trouble = try await node.askWitnesses()
        // A node that may not enter anything yet serves all the same, so that it is read, and asked by others in its turn.
        let link: String? =
            if trouble != nil {
                nil
            } else if isDemo {
                try? await node.signInLink(for: Node.firstOfficer)
            } else {
                try await node.establishFirstOffice()
            }
        if let trouble { Terminal.complain("chancery: \(trouble)") }
        var sample: (address: String, tokens: [(name: String, token: String)])?
        var samplePress: (address: String, tokens: [(name: String, token: String)])?
        if isDemo, trouble == nil {
            let bar = ProgressBar("Entering the sample register, treaties")
            _ = try await node.enterSampleRegister { done, whole in bar.update(Int64(done), of: Int64(whole)) }
            bar.end()
            sample = try await node.enterSampleConference()
            samplePress = try await node.enterSampleStatements()
        }
        let (shown, shownPress) = (sample, samplePress)
        do {
            try await node.serve { port in
                let origin = port == configuration.port ? configuration.origin.description : "http://localhost:\(port)"
                Terminal.say("Chancery is at \(origin)/")
                if let link {
                    Terminal.say("Sign in as the depositary officer, once, within an hour: \(origin)/sign-in/link?token=\(link)")
                }
                guard let shown, let shownPress else { return }
                Terminal.say("A conference at its third reading: \(origin)\(shown.address). Sign in there, once each, within an hour:")
                for (name, token) in shown.tokens { Terminal.say("  \(name): \(origin)/sign-in/link?token=\(token)") }
                Terminal.say("A press office: \(origin)\(shownPress.address). Sign in there:")
                for (name, token) in shownPress.tokens { Terminal.say("  \(name): \(origin)/sign-in/link?token=\(token)") }
            }
        } catch {
            throw Terminal.fail(
                "the server stopped: \(error). Is port \(configuration.port) taken? Choose another with --port.", code: 75)
        }
    }
}

/// Ends the process when its standard input does: so a node lives no longer than the program that holds the other end.
enum InputWatch {
    static func begin() {
        Thread.detachNewThread {
            while let data = try? FileHandle.standardInput.read(upToCount: 4096), !data.isEmpty {}
            kill(getpid(), SIGTERM)
        }
    }
}

/// Opens a node for a command, with the reason in words where that fails.
enum NodeOpening {
    /// The same for a command that enters acts: where the node has witnesses, they are asked first.
    static func openToEnter(_ configuration: NodeConfiguration, logger: Logger) async throws -> Node {
        let node = try open(configuration, logger: logger)
        if let trouble = try await node.askWitnesses() {
            try node.record.close()
            throw Terminal.fail("\(trouble)", code: 75)
        }
        return node
    }

    static func open(_ configuration: NodeConfiguration, logger: Logger) throws -> Node {
        let bar = ProgressBar("Bringing the views up to date, entries")
        defer { bar.end() }
        do {
            return try Node.open(configuration, logger: logger) { bar.update($0, of: nil) }
        } catch {
            throw Terminal.fail("\(error)", code: 75)
        }
    }
}

/// `chancery link`: a new one-time sign-in link, while the node is stopped.
struct LinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Print a new one-time sign-in link for a person of a stopped node.")

    @Argument(help: "The person's name or identifier; by default the first officer.")
    var person: String?

    @OptionGroup var node: NodeOptions

    func run() async throws {
        let configuration = try await node.configuration()
        let opened = try await NodeOpening.openToEnter(configuration, logger: Terminal.logger("warning"))
        let link: String
        do {
            link = try await opened.signInLink(for: person ?? Node.firstOfficer)
        } catch let refusal as Refusal {
            try opened.record.close()
            throw Terminal.fail("\(refusal)", code: 1)
        }
        try opened.record.close()
        Terminal.say("\(configuration.origin)/sign-in/link?token=\(link)")
    }
}
