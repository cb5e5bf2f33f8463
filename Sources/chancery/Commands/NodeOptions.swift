import ArgumentParser
import Chancery
import Foundation
import Logging

/// What every command that opens a node takes.
struct NodeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The data folder.", valueName: "dir"))
    var data: String?

    @Option(
        help: ArgumentHelp(
            "The PostgreSQL database that holds the record, postgres://USER@HOST/DATABASE; by default the data folder holds it.",
            valueName: "address"))
    var record: String?

    @Option(
        help: ArgumentHelp(
            "The folder of the keys, which all processes of a record share; by default in the data folder.", valueName: "dir"))
    var keys: String?

    @Option(help: ArgumentHelp("The configuration file; by default chancery.json in the data folder.", valueName: "file"))
    var config: String?

    @Flag(
        help: ArgumentHelp(
            "Enter acts though too few witnesses say how much of the record they have seen.",
            discussion: "Only where this is certainly the newest record, and no restored backup."))
    var acceptUnwitnessedStart = false

    func configuration(host: String? = nil, port: Int? = nil, origin: String? = nil) async throws -> NodeConfiguration {
        var flags = NodeConfiguration.Flags(
            dataFolder: data, database: record, keysFolder: keys, host: host, port: port, origin: origin, file: config)
        flags.acceptsUnwitnessedStart = acceptUnwitnessedStart
        return try await NodeConfiguration.read(flags)
    }
}

/// Where the server listens.
struct ServerOptions: ParsableArguments {
    @Option(help: "The port to listen on.")
    var port: Int?

    @Option(help: "The address to listen on.")
    var host: String?

    @Option(help: ArgumentHelp("The address people reach the node at: https://treaties.example.org.", valueName: "address"))
    var origin: String?

    @Flag(help: "Stop when standard input ends, as it does when the program that started the node is gone.")
    var whileInput = false
}

/// Lines to the terminal.
enum Terminal {
    /// Whether a person watches: progress is drawn only then.
    static var isWatched: Bool { isatty(STDERR_FILENO) == 1 }

    static func say(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    static func complain(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    static func logger(_ level: String) -> Logger {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "chancery")
        logger.logLevel = Logger.Level(rawValue: level) ?? .info
        return logger
    }

    /// Ends the program with one line that says what is wrong and the way out.
    static func fail(_ line: String, code: Int32) -> ExitCode {
        complain("chancery: \(line)")
        return ExitCode(code)
    }

    /// A file's bytes, or the end with a word why not.
    static func bytes(ofFile path: String) throws -> [UInt8] {
        do {
            return Array(try path == "-" ? FileHandle.standardInput.readToEnd() ?? Data() : Data(contentsOf: URL(filePath: path)))
        } catch {
            throw fail("\(path) cannot be read. Check the name and whether you may read it.", code: 2)
        }
    }
}
