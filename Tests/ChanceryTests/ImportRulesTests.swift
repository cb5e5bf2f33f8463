import Foundation
import Testing

/// The walls of the house, as `docs/architecture.md` draws them: which target may import which, and which room of a desk may.
@Suite("Import rules")
struct ImportRulesTests {
    /// What comes with the language or the system is no wall.
    static let platform: Set<String> = [
        "Swift", "Foundation", "FoundationEssentials", "FoundationInternationalization", "FoundationNetworking", "Synchronization",
        "Dispatch", "RegexBuilder", "Glibc", "Musl", "Darwin", "Android", "os",
    ]

    /// The desks. One more desk is one more name here.
    static let desks: Set<String> = [
        "Treaties", "Conferences", "Correspondence", "Press", "Cyber", "Integrity", "Consultations", "Analysis", "Academy",
    ]

    static let ofDesks: Set<String> = [
        "Acts", "Record", "Web", "Federation", "Ledger", "Texts", "Typesetting", "Seals", "Mail", "GRDB", "Hummingbird", "Mustache",
        "HTTPTypes", "NIOCore", "Logging", "ServiceLifecycle",
    ]

    /// What each target may import beside the platform. `Chancery` is not here: it puts everything together.
    static let ofTargets: [String: Set<String>] = [
        "CLedger": [],
        "CProcessors": [],
        "Ledger": ["CLedger", "Crypto"],
        "Acts": ["Ledger", "Crypto"],
        "Texts": ["Acts", "Crypto", "CLibXML2"],
        "Typesetting": ["CPango"],
        "Disclosure": ["Acts", "Ledger", "Crypto"],
        "Seals": ["Acts", "Crypto", "CryptoExtras", "SwiftASN1", "X509", "CPKCS11", "CZlib"],
        "Provenance": ["Acts", "Seals", "Crypto", "SwiftASN1", "X509"],
        "Mail": ["Acts", "Crypto", "NIOCore", "NIOPosix", "NIOSSL", "Logging"],
        "Record": ["Acts", "Ledger", "Crypto", "GRDB", "GRDBSQLite", "CPostgres", "CProcessors", "Logging", "ServiceLifecycle"],
        "Web": [
            "Acts", "Record", "Ledger", "Crypto", "GRDB", "Hummingbird", "Mustache", "HTTPTypes", "NIOCore", "Logging", "Metrics",
            // The parts of Hummingbird and of Metrics that a server's and a factory's types come from, and the end of a live stream.
            "HummingbirdCore", "NIOHTTPTypes", "CoreMetrics", "ServiceLifecycle", "CZlib",
        ],
        "Outbound": ["Acts", "Crypto", "AsyncHTTPClient", "NIOCore", "NIOPosix", "NIOHTTP1"],
        "Fediverse": ["Acts", "Outbound", "Crypto", "CryptoExtras"],
        "Federation": [
            "Acts", "Record", "Web", "Ledger", "Outbound", "Crypto", "GRDB", "GRDBSQLite", "Hummingbird", "Mustache", "HTTPTypes",
            "NIOCore", "NIOConcurrencyHelpers", "Logging", "ServiceLifecycle",
        ],
        // Blind signatures, for secret ballots.
        "Conferences": ofDesks.union(["Crypto", "CryptoExtras"]),
        // Verification codes are digests; the press desk puts the libraries of the fediverse and of disclosure to use.
        "Press": ofDesks.union(["Crypto", "Fediverse", "Outbound", "Disclosure", "Provenance"]),
        "chancery": [
            "Chancery", "Federation", "Treaties", "Conferences", "Press", "Web", "Record", "Acts", "Ledger", "Seals", "Texts",
            "Disclosure", "Provenance", "ArgumentParser",
            "Configuration",
            "Logging",
            "Metrics",
            "ServiceLifecycle",
        ],
    ]

    /// What a room of a desk may not import though its desk may.
    static let closedToRooms: [String: Set<String>] = [
        "Rules": ["GRDB", "Hummingbird", "Mustache", "HTTPTypes", "NIOCore", "Logging", "Record", "Web", "Typesetting", "Seals", "Mail"],
        // The conference desk's rules are three rooms: the record and the web are closed to all of them.
        "Procedure": [
            "GRDB", "Hummingbird", "Mustache", "HTTPTypes", "NIOCore", "Logging", "Record", "Web", "Typesetting", "Mail", "Crypto",
        ],
        "Decisions": ["GRDB", "Hummingbird", "Mustache", "HTTPTypes", "NIOCore", "Logging", "Record", "Web", "Typesetting", "Mail"],
        "Formats": ["GRDB", "Hummingbird", "Mustache", "HTTPTypes", "NIOCore", "Web"],
        "Pages": ["GRDB"],
        "Services": ["Hummingbird", "Mustache", "HTTPTypes", "Web"],
        "Views": ["Hummingbird", "Mustache", "HTTPTypes", "NIOCore", "Web"],
        "Delivery": ["GRDB", "Hummingbird", "Mustache", "HTTPTypes"],
    ]

    @Test("Every target keeps to the imports that the architecture gives it")
    func targetsKeepTheirWalls() throws {
        let sources = try SourceFile.all()
        #expect(sources.count > 20, "the sources were not found")
        for source in sources where source.target != "Chancery" {
            guard let allowed = Self.ofTargets[source.target] ?? (Self.desks.contains(source.target) ? Self.ofDesks : nil) else {
                Issue.record("the target \(source.target) has no place in the architecture: give it one here and in docs/architecture.md")
                continue
            }
            let strangers = source.imports.subtracting(allowed).subtracting(Self.platform)
            #expect(strangers.isEmpty, "\(source.path) imports \(strangers.sorted().joined(separator: ", "))")
        }
    }

    @Test("No desk imports another desk: they meet only in the record")
    func desksDoNotKnowEachOther() throws {
        for source in try SourceFile.all() where Self.desks.contains(source.target) {
            let others = source.imports.intersection(Self.desks)
            #expect(others.isEmpty, "\(source.path) imports \(others.sorted().joined(separator: ", "))")
        }
    }

    @Test("Nothing below Chancery knows a desk, and nothing but the command knows Chancery")
    func knowledgeRunsDownward() throws {
        for source in try SourceFile.all() where !["Chancery", "chancery"].contains(source.target) {
            #expect(!source.imports.contains("Chancery"), "\(source.path) imports Chancery")
            if Self.desks.contains(source.target) { continue }
            let desks = source.imports.intersection(Self.desks)
            #expect(desks.isEmpty, "\(source.path) imports \(desks.sorted().joined(separator: ", "))")
        }
    }

    @Test("The rooms of a desk: rules know no store and no web, pages no tables, views no web")
    func roomsKeepTheirWalls() throws {
        for source in try SourceFile.all() where Self.desks.contains(source.target) {
            guard let room = source.room, let closed = Self.closedToRooms[room] else { continue }
            let strangers = source.imports.intersection(closed)
            #expect(strangers.isEmpty, "\(source.path) imports \(strangers.sorted().joined(separator: ", "))")
        }
    }

    @Test("An import line is read whatever stands before and after the word")
    func importLinesAreRead() {
        let text = """
            @preconcurrency public import GRDB
            internal import struct Foundation.URL
            @_spi(CMS) import X509
            import Crypto; import Logging
            #if canImport(Darwin)
                import Darwin.C
            #endif
            // import Commented
            let text = "import Quoted"
            """
        #expect(SourceFile.imports(of: text) == ["GRDB", "Foundation", "X509", "Crypto", "Logging", "Darwin"])
    }
}

/// A Swift file under `Sources`, with the modules it imports.
private struct SourceFile {
    /// From the package's root: `Sources/Treaties/Rules/Threshold.swift`.
    let path: String
    let target: String
    /// The folder within the target, if the file lies in one.
    let room: String?
    let imports: Set<String>

    static func all() throws -> [SourceFile] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let sources = root.appendingPathComponent("Sources").resolvingSymlinksInPath()
        return try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter { $0.hasSuffix(".swift") }.sorted().map { path in
            let parts = path.split(separator: "/").map(String.init)
            let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
            return SourceFile(
                path: "Sources/\(path)", target: parts[0], room: parts.count > 2 ? parts[1] : nil, imports: imports(of: text))
        }
    }

    /// Statements such as `import A`, `public import A`, `@preconcurrency import struct A.B`.
    static func imports(of text: String) -> Set<String> {
        let modifiers: Set<String> = ["public", "package", "internal", "fileprivate", "private"]
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        var modules: Set<String> = []
        for line in text.split(whereSeparator: \.isNewline) {
            for statement in line.split(separator: ";") {
                var words = statement.split(whereSeparator: \.isWhitespace).map(String.init)[...]
                while let word = words.first, word.hasPrefix("@") || modifiers.contains(word) { words.removeFirst() }
                guard words.popFirst() == "import" else { continue }
                if let word = words.first, kinds.contains(word) { words.removeFirst() }
                guard let name = words.first?.split(separator: ".").first else { continue }
                modules.insert(String(name))
            }
        }
        return modules
    }
}
