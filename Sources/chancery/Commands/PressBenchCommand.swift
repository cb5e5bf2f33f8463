import ArgumentParser
import Chancery

/// `chancery bench press`: a statement to many servers of the fediverse.
struct PressBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "press", abstract: "Send a statement to many servers of the fediverse on loopback, some of them dead, and hear them.",
        discussion:
            "The servers are sinks within this process, which open a file each: for 3,000 inboxes 'ulimit -n' must be 16,000 or more.")

    @Option(help: "A folder on the disk to measure.")
    var folder = "."

    @Option(help: "How many servers follow, each with an inbox; every twentieth is dead.")
    var inboxes = 300

    @Flag(inversion: .prefixedNo, help: "Measure a statement's page too, with wrk and curl.")
    var page = true

    @Option(help: "The node's port.")
    var port = 18_095

    func validate() throws {
        guard inboxes >= 20 else { throw ValidationError("Twenty inboxes are the least.") }
    }

    func run() async throws {
        do {
            for line in try await PressBenchmark.run(in: folder, inboxes: inboxes, port: port).lines { Terminal.say(line) }
            guard page else { return }
            for line in try await StatementPageBenchmark.run(in: folder, port: port + 1).lines { Terminal.say(line) }
        } catch let failure as PageBenchmark.Failure {
            throw Terminal.fail(failure.description, code: 75)
        }
    }
}
