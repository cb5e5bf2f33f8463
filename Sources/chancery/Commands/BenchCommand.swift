import Acts
import ArgumentParser
import Chancery
import Foundation
import Treaties

/// `chancery bench`: figures on this machine, each beside a peer or limit measured in the same run.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure on this machine, against named peers in the same run.",
        discussion: "Quiet the machine first: what else runs takes its share of the figures. Build with -c release.",
        subcommands: [
            TreeBenchCommand.self, RecordBenchCommand.self, PagesBenchCommand.self, RelationsBenchCommand.self, CopyBenchCommand.self,
            RegisterBenchCommand.self, FollowBenchCommand.self, NotesBenchCommand.self,
            WitnessBenchCommand.self, ConferenceBenchCommand.self, CopiesBenchCommand.self, PressBenchCommand.self,
        ])

    /// `chancery bench tree`: leaves appended to a tree in memory, a second of one core.
    struct TreeBenchCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tree", abstract: "Append leaves to a Merkle tree in memory, on one core, against Go's sumdb/tlog.",
            discussion: "Benchmarks/tree holds Go's side and says how to build it; make bench does so.")

        @Option(help: "How many leaves.")
        var leaves = 1_000_000

        @Option(help: ArgumentHelp("The built program of Benchmarks/tree.", valueName: "program"))
        var peer: String?

        func run() throws {
            for bytes in [256, 1024] {
                let go = try peer.map { try goRate($0, bytes: bytes) }
                if let go { Terminal.say("tree \(bytes) B, Go: \(Int(go.rate)) leaves/s of one core") }
                for arrival in TreeBenchmark.Arrival.allCases {
                    let result = TreeBenchmark.run(leaves: leaves, leafBytes: bytes, arrival: arrival)
                    var line = "tree \(bytes) B, ours, \(arrival.rawValue): \(Int(result.leavesPerSecond)) leaves/s of one core"
                    if let go {
                        line += ", \(String(format: "%.2f", result.leavesPerSecond / go.rate)) times Go's (at least 1.0)"
                        guard go.root == result.root else {
                            throw Terminal.fail("the two trees have different roots: one of the programs is wrong.", code: 1)
                        }
                    }
                    Terminal.say(line)
                }
            }
        }

        /// Leaves a second of one core, and the root, by Go's program.
        private func goRate(_ program: String, bytes: Int) throws -> (rate: Double, root: String) {
            let process = Process()
            let pipe = Pipe()
            process.executableURL = URL(filePath: program)
            process.arguments = ["-leaves", String(leaves), "-bytes", String(bytes)]
            process.environment = ProcessInfo.processInfo.environment.merging(["GOMAXPROCS": "1"]) { _, own in own }
            process.standardOutput = pipe
            do {
                try process.run()
            } catch {
                throw Terminal.fail("\(program) cannot be run. Build it as Benchmarks/tree/README.md says.", code: 64)
            }
            let output = Array(try pipe.fileHandleForReading.readToEnd() ?? Data())
            process.waitUntilExit()
            guard let json = try? JSONParser.parse(output), let root = json["root"]?.string, let seconds = seconds(json["seconds"]) else {
                throw Terminal.fail("\(program) said nothing that can be read.", code: 2)
            }
            return (Double(leaves) / seconds, root)
        }

        private func seconds(_ json: JSON?) -> Double? {
            switch json {
            case .number(let value): value
            case .integer(let value): Double(value)
            default: nil
            }
        }
    }

    /// `chancery bench record`: durable acts, one writer's wait, and a record of a million acts.
    struct RecordBenchCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "record", abstract: "Durable acts a second, one writer's wait, and a record of a million acts.",
            discussion: "A record of a million acts takes some 3 GB of the folder while it is measured.")

        @Option(help: "A folder on the disk to measure.")
        var folder = "."

        @Option(help: "How many acts the long record has; 0 leaves it out.")
        var entries = 1_000_000

        @Option(help: "How many acts the 256 writers enter.")
        var acts = 200_000

        func validate() throws {
            guard entries >= 0 else { throw ValidationError("A record has no fewer than 0 acts.") }
            guard acts >= 1_000 else { throw ValidationError("Fewer than 1000 acts measure nothing.") }
        }

        func run() async throws {
            for line in try await RecordBenchmark.throughput(in: folder, acts: acts).lines { Terminal.say(line) }
            if let stores = try await RecordBenchmark.stores(in: folder, acts: acts / 2) {
                for line in stores.lines { Terminal.say(line) }
            } else {
                Terminal.say("PostgreSQL was not measured: no server is installed (Debian package postgresql)")
            }
            for line in try await RecordBenchmark.latency(in: folder).lines { Terminal.say(line) }
            guard entries > 0 else { return }
            for line in try await RecordBenchmark.size(in: folder, entries: entries).lines { Terminal.say(line) }
        }
    }

    /// `chancery bench follow`: a long record, served by another process, followed into an empty folder.
    struct FollowBenchCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "follow", abstract: "Follow another node's record of a million acts over loopback, checking every entry.",
            discussion: "It takes some 2 GB of the folder while it is measured.")

        @Option(help: "A folder on the disk to measure.")
        var folder = "."

        @Option(help: "How many acts the record has.")
        var entries = 1_000_000

        @Option(help: "Bytes of text in each payload.")
        var payload = 240

        func validate() throws {
            guard entries >= 1 else { throw ValidationError("A record that is followed has one act at least.") }
            guard (0...100_000).contains(payload) else { throw ValidationError("Give 0 to 100000 bytes.") }
        }

        func run() async throws {
            let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path(percentEncoded: false)
            do {
                let result = try await FollowBenchmark.run(
                    program: program, in: folder, entries: entries, payload: payload, say: Terminal.say)
                for line in result.lines { Terminal.say(line) }
            } catch let failure as FollowBenchmark.Failure {
                throw Terminal.fail(failure.description, code: 75)
            }
        }
    }

    /// `chancery bench pages`: a treaty's page against an empty route.
    struct PagesBenchCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pages", abstract: "A treaty's page of 190 Parties under 50 readers, against an empty Hummingbird route.",
            discussion: "Needs wrk and curl (Debian packages).")

        @Option(help: "A folder for the node's data while it is measured.")
        var folder = "."

        func run() async throws {
            do {
                for line in try await PageBenchmark.run(in: folder).lines { Terminal.say(line) }
            } catch let failure as PageBenchmark.Failure {
                throw Terminal.fail(failure.description, code: 75)
            }
        }
    }

    /// `chancery bench relations`: the law of a large treaty, as of one day.
    struct RelationsBenchCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "relations",
            abstract: "Standing and all relations of a treaty of 195 Parties, 500 reservations and 2,000 objections, as of one day.")

        @Option(help: "How many days are asked for.")
        var days = 20

        func run() throws {
            do {
                for line in try RelationsBenchmark.run(days: days).lines { Terminal.say(line) }
            } catch {
                throw Terminal.fail(error.description, code: 1)
            }
        }
    }

    /// `chancery bench copy`: a certified true copy of 200 pages in six languages.
    struct CopyBenchCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "copy", abstract: "Set a certified true copy of 200 pages in six languages, against the limit of 20 seconds.")

        @Option(
            help: ArgumentHelp(
                "A folder with ar, zh, en, fr, ru and es, and a text.txt in each; generated text if not given.", valueName: "folder"))
        var texts: String?

        @Option(help: "How many pages at the least.")
        var pages = 200

        func run() throws {
            do {
                for line in try CopyBenchmark.run(folder: texts, pages: pages).lines { Terminal.say(line) }
            } catch let failure as CopyBenchmark.Failure {
                throw Terminal.fail(failure.description, code: 66)
            }
        }
    }

    /// `chancery bench notes`: sealed notes from node to node.
    struct NotesBenchCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "notes", abstract: "Sealed notes a second from one node to another on loopback, until their receipts are entered.",
            discussion: "The receiving node is a process of its own. Needs curl (a Debian package).")

        @Option(help: "A folder on the disk to measure.")
        var folder = "."

        @Option(help: "How many notes.")
        var notes = 5_000

        @Option(help: "How many write at once.")
        var writers = 64

        @Option(help: "The sender's port; the receiver takes the next.")
        var port = 18_090

        func validate() throws {
            guard notes >= 1, writers >= 1 else { throw ValidationError("One note by one writer is the least.") }
        }

        func run() async throws {
            do {
                let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
                let result = try await NotesBenchmark.run(in: folder, notes: notes, writers: writers, program: program, port: port)
                for line in result.lines { Terminal.say(line) }
            } catch let failure as PageBenchmark.Failure {
                throw Terminal.fail(failure.description, code: 75)
            }
        }
    }

    /// `chancery bench register`: a register the size of the United Nations' own.
    struct RegisterBenchCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "register", abstract: "Make the views of 600 treaties and 60,000 acts anew, and see how quick the pages stay.",
            discussion: "Needs curl (a Debian package).")

        @Option(help: "A folder for the node's data while it is measured.")
        var folder = "."

        @Option(help: "How many treaties.")
        var treaties = 600

        @Option(help: "How many acts of participation in all.")
        var acts = 60_000

        @Option(help: "A free port of this machine, for the pages.")
        var port = 18_080

        func run() async throws {
            do {
                let result = try await RegisterBenchmark.run(in: folder, treaties: treaties, acts: acts, port: port)
                for line in result.lines { Terminal.say(line) }
            } catch let failure as PageBenchmark.Failure {
                throw Terminal.fail(failure.description, code: 75)
            }
        }
    }
}
