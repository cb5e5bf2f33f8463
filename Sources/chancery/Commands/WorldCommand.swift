import Acts
import ArgumentParser
import Chancery
import Foundation

/// `chancery world`: several nodes on this machine, and a short story among them.
struct WorldCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "world", abstract: "Run a world to try: a secretariat, three States and an observer, with a short story among them.",
        discussion: """
            Starts five nodes on five ports in a row, each with a folder and a log of its own, introduces them to each other, tells the \
            story step by step with the address to look at, prints sign-in links, and leaves everything running until Ctrl-C. A world that \
            is started again goes on where it was.
            """)

    @Option(help: ArgumentHelp("The folder of the world.", valueName: "dir"))
    var data = "./world"

    @Option(help: "The first of five ports in a row.")
    var port = World.firstPort

    @Flag(help: "Stop as soon as the story is told.")
    var once = false

    @Flag(help: "Print nodes, sign-in links and what came to pass as JSON; the story goes to standard error.")
    var json = false

    func run() async throws {
        let json = json
        let once = once
        do {
            let world = try World(
                folder: URL(filePath: data).standardizedFileURL.path(percentEncoded: false).trimmingSuffix("/"), firstPort: port,
                program: try Self.program()
            ) { line in
                if json { Terminal.complain(line) } else { Terminal.say(line) }
            }
            try await world.run(once: once) { report in
                if json { return Terminal.say(report.json.canonicalText) }
                if once { return }
                for line in report.lines { Terminal.say(line) }
                Terminal.say("")
                Terminal.say("The links sign you in once each, within an hour. Ctrl-C stops the world; the same command goes on with it.")
            }
        } catch let problem as WorldProblem {
            throw Terminal.fail(problem.description, code: problem.code)
        }
    }

    /// The path of this very program.
    private static func program() throws -> String {
        guard let path = Bundle.main.executablePath else {
            throw Terminal.fail("this program's own path is not known. Start it by its whole path.", code: 75)
        }
        return path
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String { hasSuffix(suffix) && count > 1 ? String(dropLast(suffix.count)) : self }
}
