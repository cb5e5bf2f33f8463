import Acts
import ArgumentParser
import Chancery
import Foundation
import Ledger
import Logging
import Record

import class Record.Record

/// `chancery record`: the record as a whole.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Verify, rebuild, back up, restore, copy and export the record.",
        subcommands: [
            VerifyRecordCommand.self, RebuildCommand.self, BackupCommand.self, RestoreCommand.self, ExportCommand.self,
            CopyCommand.self, AcceptLossCommand.self,
        ])

    /// Runs the body and turns what the record says is wrong into one line with the mend.
    static func attempt<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as RecordError {
            throw Terminal.fail("\(error.reason) \(error.mend)", code: 75)
        } catch let refusal as Refusal {
            throw Terminal.fail("\(refusal)", code: 1)
        }
    }

    static func finding(_ verification: RecordVerification) -> JSON {
        [
            "sound": .bool(verification.isSound), "origin": .string(verification.origin), "entries": .integer(verification.entries),
            "erased": .integer(verification.erased), "blobs": .integer(verification.blobs),
            "views": .array(verification.views.map(JSON.string)), "remarks": .array(verification.remarks.map(JSON.string)),
            "faults": .array(verification.faults.map { ["place": .string($0.place), "reason": .string($0.reason)] }),
            "furtherFaults": .integer(Int64(verification.furtherFaults)),
        ]
    }

    /// `chancery record verify`: the whole log and the views.
    struct VerifyRecordCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Verify the whole log, its blobs and its views; may run beside the node.",
            discussion: "Exit code 1 when anything is wrong.")

        @OptionGroup var node: NodeOptions
        @Flag(help: "Leave out the views, which are made anew and compared.")
        var logOnly = false
        @Flag(help: "Print the finding as JSON.")
        var json = false

        func run() async throws {
            let configuration = try await node.configuration()
            let bar = ProgressBar("Verifying")
            let verification = try await RecordCommand.attempt {
                try Record.verify(
                    folder: configuration.dataFolder, database: configuration.database, keys: configuration.keysFolder,
                    views: try Node.views(), comparesViews: !logOnly
                ) { progress in
                    bar.update(progress.done, of: progress.total)
                }
            }
            bar.end()
            if json {
                Terminal.say(RecordCommand.finding(verification).canonicalText)
            } else {
                for remark in verification.remarks { Terminal.say(remark) }
                for fault in verification.faults { Terminal.say("wrong  \(fault)") }
                if verification.furtherFaults > 0 { Terminal.say("and \(verification.furtherFaults) more") }
                Terminal.say(
                    verification.isSound
                        ? "Sound: \(verification.entries) entries of \(verification.origin)\(logOnly ? "" : ", and their views")."
                        : "Not sound: restore a backup, or ask who keeps a copy of this record.")
            }
            guard verification.isSound else { throw ExitCode(1) }
        }
    }

    /// `chancery record rebuild`: makes the views anew.
    struct RebuildCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "rebuild", abstract: "Make all views of a stopped node anew.")

        @OptionGroup var node: NodeOptions

        func run() async throws {
            let configuration = try await node.configuration()
            let bar = ProgressBar("Rebuilding")
            try await RecordCommand.attempt {
                try Record.rebuildViews(
                    RecordConfiguration(
                        folder: configuration.dataFolder, database: configuration.database, keys: configuration.keysFolder,
                        createsWhereNone: false, logger: Terminal.logger("warning")),
                    views: try Node.views()
                ) { bar.update($0, of: $1) }
            }
            bar.end()
            Terminal.say("The views were made anew.")
        }
    }

    /// `chancery record backup`: copies the record while the node goes on.
    struct BackupCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "backup", abstract: "Copy the record to a new folder, while the node goes on.")

        @Argument(help: "The folder to make; it must not exist, or be empty.")
        var target: String
        @OptionGroup var node: NodeOptions
        @Flag(help: "Copy the keys as well. Whoever holds that backup can sign as this node.")
        var withKeys = false

        func run() async throws {
            let configuration = try await node.configuration()
            let bar = ProgressBar("Copying")
            if let database = configuration.database {
                guard !withKeys else {
                    throw Terminal.fail(
                        "a backup of a database has no keys in it. Leave out --with-keys, and copy the keys by hand.", code: 64)
                }
                let copy = try await RecordCommand.attempt { try Record.copy(from: database, to: target) { bar.update($0, of: $1) } }
                bar.end()
                return Terminal.say("\(copy.checkpoint.size) entries and \(copy.blobs) blobs are in \(target).")
            }
            let copy = try await RecordCommand.attempt {
                try Record.backUp(folder: configuration.dataFolder, to: target, includesKeys: withKeys) { bar.update($0, of: $1) }
            }
            bar.end()
            Terminal.say("\(copy.entries) entries and \(copy.blobs) blobs are in \(copy.folder).")
        }
    }

    /// `chancery record restore`: puts a backup in an empty folder.
    struct RestoreCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "restore", abstract: "Put a backup in an empty data folder, after verifying it.")

        @Argument(help: "The backup's folder.")
        var backup: String
        @OptionGroup var node: NodeOptions

        func run() async throws {
            let configuration = try await node.configuration()
            guard configuration.database == nil else {
                throw Terminal.fail(
                    "restore puts a backup in a folder; for a database use 'chancery record copy --from \(backup) --to …'.", code: 64)
            }
            let bar = ProgressBar("Verifying")
            let (copy, _) = try await RecordCommand.attempt {
                try Record.restore(from: backup, to: configuration.dataFolder) { bar.update($0.done, of: $0.total) }
            }
            bar.end()
            Terminal.say("\(copy.entries) entries and \(copy.blobs) blobs are in \(copy.folder).")
        }
    }

    /// `chancery record export`: writes the record as static files.
    struct ExportCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export", abstract: "Write checkpoint, tiles and entries as static files (C2SP tlog-tiles).",
            discussion: "A second export to the same folder writes only what is new.")

        @Argument(help: "The folder to write to.")
        var target: String
        @OptionGroup var node: NodeOptions

        func run() async throws {
            let opened = try NodeOpening.open(try await node.configuration(), logger: Terminal.logger("warning"))
            let bar = ProgressBar("Exporting")
            let export = try await RecordCommand.attempt {
                try opened.record.export(to: target) { bar.update($0, of: $1) }
            }
            bar.end()
            try opened.record.close()
            Terminal.say("\(export.written) files written, \(export.kept) were there, for \(export.checkpoint.size) entries.")
        }
    }

    /// `chancery record copy`: from SQLite to PostgreSQL, and back.
    struct CopyCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "copy", abstract: "Copy a record from a data folder or a database to another, and verify the copy.",
            discussion: """
                Run again, it goes on where it ended, and adds what is new. Keys are not copied. Make the last copy when no node writes \
                to the source, and never let both go on.
                """)

        @Option(help: ArgumentHelp("A data folder, or postgres://USER@HOST/DATABASE.", valueName: "place"))
        var from: String
        @Option(help: ArgumentHelp("The same; empty, or an earlier copy.", valueName: "place"))
        var to: String

        func run() async throws {
            let bar = ProgressBar("Copying, entries")
            let copy = try await RecordCommand.attempt { try Record.copy(from: from, to: to) { bar.update($0, of: $1) } }
            bar.end()
            Terminal.say(
                "\(copy.copied) entries copied, \(copy.kept) were there; \(copy.blobs) blobs. Verified: the root over \(copy.checkpoint.size) "
                    + "entries is \(copy.checkpoint.root.base64).")
            if copy.uncovered > 0 {
                Terminal.say("\(copy.uncovered) newer entries were entered meanwhile: run it again when the node rests.")
            }
        }
    }

    /// `chancery record accept-loss`: goes on after all better copies are lost.
    struct AcceptLossCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "accept-loss", abstract: "Go on from a record shorter than what this node has signed, for all to see.")

        @Option(help: "What happened, for the record.")
        var ground: String
        @Flag(help: "Say that you understand that others can prove the loss.")
        var iUnderstand = false
        @OptionGroup var node: NodeOptions

        func run() async throws {
            let configuration = try await node.configuration()
            let record = try await RecordCommand.attempt {
                try await Record.acceptTruncation(
                    RecordConfiguration(
                        folder: configuration.dataFolder, database: configuration.database, keys: configuration.keysFolder,
                        createsWhereNone: false, logger: Terminal.logger("warning")),
                    views: try Node.views(), understandsThatHistoryIsLost: iUnderstand, ground: ground, office: "depositary",
                    author: "node")
            }
            let size = record.size
            try record.close()
            Terminal.say("The record goes on from \(size) entries; the loss is entered in it.")
        }
    }
}
