// swift-tools-version: 6.2
import PackageDescription

// The ground floor comes first: a target may import only what stands above it in this file,
// and no desk imports another desk. `Tests/ChanceryTests/ImportRulesTests.swift` holds these walls.

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
    name: "chancery",
    defaultLocalization: "en",
    products: [
        .library(name: "Ledger", targets: ["Ledger"]),
        .executable(name: "chancery", targets: ["chancery"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-system.git", from: "1.8.1"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates.git", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.6"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
    ],
    targets: [
        // SHA-256 over Merkle nodes and leaves, straight to the library that swift-crypto carries.
        .target(name: "CLedger", dependencies: [.product(name: "Crypto", package: "swift-crypto")]),
        .target(
            name: "Ledger",
            dependencies: ["CLedger", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: house
        ),
        .target(
            name: "Acts",
            dependencies: ["Ledger", .product(name: "Crypto", package: "swift-crypto")],
            resources: [.copy("Actors/Data")],
            swiftSettings: house
        ),
        // Texts of instruments as data: provisions, languages, comparison, Akoma Ntoso.
        .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(
            name: "Texts",
            dependencies: ["Acts", "CLibXML2", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: house
        ),
        // Documents on paper: pages of every script, by Pango and Cairo.
        .target(
            name: "CPango",
            linkerSettings: [
                .linkedLibrary("pangocairo-1.0"), .linkedLibrary("pango-1.0"), .linkedLibrary("cairo"), .linkedLibrary("gobject-2.0"),
                .linkedLibrary("glib-2.0"),
            ]
        ),
        .target(name: "Typesetting", dependencies: ["CPango"], swiftSettings: house),
        // What may be told to whom: markings, clocks of access, redaction that still verifies, individual copies.
        .target(
            name: "Disclosure",
            dependencies: ["Acts", "Ledger", .product(name: "Crypto", package: "swift-crypto")],
            resources: [.copy("Data")],
            swiftSettings: house
        ),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // Seals that tools outside accept: certificates, CMS, time-stamps, signed PDF, keys on tokens.
        .systemLibrary(name: "CPKCS11", pkgConfig: "p11-kit-1", providers: [.apt(["libp11-kit-dev"])]),
        .target(
            name: "Seals",
            dependencies: [
                "Acts", "CPKCS11", "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: house
        ),
        // Where files come from: signed manifests in pictures and PDF (C2PA), written and read.
        .target(
            name: "Provenance",
            dependencies: [
                "Acts", "Seals",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: house
        ),
        // Electronic mail, out.
        .target(
            name: "Mail",
            dependencies: [
                "Acts",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house
        ),
        // PostgreSQL's client library, for a record that several processes share.
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        // Which processor a thread runs on.
        .target(name: "CProcessors"),
        .target(
            name: "Record",
            dependencies: [
                "Acts", "Ledger", "CPostgres", "CProcessors",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: house
        ),
        .target(
            name: "Web",
            dependencies: [
                "Acts", "Record", "Ledger", "CZlib",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Templates"), .copy("Static"), .copy("Languages")],
            swiftSettings: house
        ),
        // HTTP to other servers: a client with bounds, which is sent to no private address, and what signed messages' fields are made of.
        .target(
            name: "Outbound",
            dependencies: [
                "Acts",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: house
        ),
        // What the fediverse speaks: ActivityStreams documents, signatures, proofs, whom to believe, when to deliver.
        .target(
            name: "Fediverse",
            dependencies: [
                "Acts", "Outbound",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: house
        ),
        // Node to node: peers and their keys, signed messages, witnessing, following another node's record.
        .target(
            name: "Federation",
            dependencies: [
                "Acts", "Ledger", "Record", "Web", "Outbound",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Templates"), .copy("Languages")],
            swiftSettings: house
        ),
        .target(
            name: "Treaties",
            dependencies: [
                "Acts", "Ledger", "Record", "Web", "Texts", "Typesetting", "Seals", "Mail",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Templates"), .copy("Languages"), .copy("Sample")],
            swiftSettings: house
        ),
        // Notes between offices and nodes, sealed, and the hotline.
        .target(
            name: "Correspondence",
            dependencies: [
                "Acts", "Ledger", "Record", "Web", "Federation", "Mail",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Templates"), .copy("Languages")],
            swiftSettings: house
        ),
        // Conferences: bodies, negotiated texts, rules of procedure, decisions, the room.
        .target(
            name: "Conferences",
            dependencies: [
                "Acts", "Ledger", "Record", "Web", "Federation", "Texts", "Typesetting", "Mail",
                // Blind signatures, for secret ballots.
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Templates"), .copy("Languages"), .copy("Procedures"), .copy("Sample")],
            swiftSettings: house
        ),
        // Statements to the public: drafted, cleared, released by two persons, and known again wherever they are met.
        .target(
            name: "Press",
            dependencies: [
                "Acts", "Ledger", "Record", "Web", "Federation", "Fediverse", "Outbound", "Texts", "Typesetting", "Mail", "Disclosure",
                "Seals", "Provenance",
                // Verification codes are digests.
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            resources: [.copy("Templates"), .copy("Languages")],
            swiftSettings: house
        ),
        .target(
            name: "Chancery",
            dependencies: [
                "Ledger", "Acts", "Texts", "Typesetting", "Seals", "Mail", "Record", "Web", "Federation", "Treaties", "Correspondence",
                "Conferences", "Press", "Disclosure", "Fediverse", "Outbound",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: house
        ),
        .executableTarget(
            name: "chancery",
            dependencies: [
                "Chancery", "Acts", "Conferences", "Disclosure", "Federation", "Ledger", "Press", "Provenance", "Record", "Seals", "Texts",
                "Treaties", "Web",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house
        ),
        // What tests of several targets need: numbers from a seed, folders that go, a log that is kept.
        .target(
            name: "TestSupport", dependencies: [.product(name: "Logging", package: "swift-log")], path: "Tests/TestSupport",
            swiftSettings: house
        ),
        .testTarget(
            name: "LedgerTests",
            dependencies: ["TestSupport", "Ledger", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: house
        ),
        .testTarget(
            name: "ActsTests",
            dependencies: ["TestSupport", "Acts", "Ledger", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: house
        ),
        .testTarget(name: "TextsTests", dependencies: ["TestSupport", "Texts", "Acts"], swiftSettings: house),
        .testTarget(
            name: "DisclosureTests",
            dependencies: ["TestSupport", "Disclosure", "Acts", "Ledger", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: house
        ),
        .testTarget(name: "TypesettingTests", dependencies: ["TestSupport", "Typesetting"], swiftSettings: house),
        .testTarget(
            name: "SealsTests",
            dependencies: [
                "TestSupport", "Seals", "Acts",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "ProvenanceTests",
            dependencies: [
                "TestSupport", "Provenance", "Seals", "Typesetting", "Acts", .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "MailTests",
            dependencies: ["TestSupport", "Mail", .product(name: "Logging", package: "swift-log")],
            swiftSettings: house
        ),
        // Writes to a record until it is killed: the other half of the crash tests.
        .executableTarget(
            name: "record-hammer",
            dependencies: ["Record", "Acts", .product(name: "GRDB", package: "GRDB.swift")],
            path: "Tests/RecordHammer",
            swiftSettings: house
        ),
        .testTarget(
            name: "RecordTests",
            dependencies: [
                "TestSupport", "Record", "Acts", "Ledger", "CProcessors", "record-hammer",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "TestSupport", "Web", "Record", "Acts", "Ledger",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "FediverseTests",
            dependencies: [
                "TestSupport", "Fediverse", "Acts",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "FederationTests",
            dependencies: [
                "TestSupport", "Federation", "Outbound", "Web", "Record", "Acts", "Ledger",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "TreatiesTests",
            dependencies: [
                "TestSupport", "Treaties", "Acts", "Ledger", "Record", "Web", "Texts", "Typesetting", "Seals",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.copy("Cases")],
            swiftSettings: house
        ),
        .testTarget(
            name: "CorrespondenceTests",
            dependencies: [
                "TestSupport", "Correspondence", "Federation", "Web", "Record", "Acts", "Ledger", "Mail",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "ConferencesTests",
            dependencies: [
                "TestSupport", "Conferences", "Federation", "Web", "Record", "Acts", "Ledger", "Texts", "Typesetting",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "PressTests",
            dependencies: [
                "TestSupport", "Press", "Disclosure", "Federation", "Fediverse", "Web", "Record", "Acts", "Ledger", "Texts", "Typesetting",
                "Seals",
                "Provenance",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house
        ),
        .testTarget(
            name: "ChanceryTests",
            dependencies: [
                "Chancery", "Treaties", "Seals", "Web", "Record", "Acts", "Ledger", "Mail",
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: house
        ),
    ]
)
