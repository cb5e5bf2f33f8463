import Foundation
import Testing

/// aiosmtpd, run as a program of its own (Tests/Outside/mail/server.py), and what it was given.
final class MailServer {
    struct Taken {
        let message: [UInt8]
        let from: String
        let to: [String]
        let options: [String]
        let isEncrypted: Bool
        let user: String?
    }

    /// Where a missing peer must fail the test rather than be passed over.
    static var mustBePresent: Bool { ProcessInfo.processInfo.environment["CHANCERY_REQUIRE_PEERS"] != nil }

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    static let python: String? = {
        let path =
            ProcessInfo.processInfo.environment["CHANCERY_TEST_PYTHON"] ?? root.appending(path: ".tools/venv/bin/python").path
        guard FileManager.default.isExecutableFile(atPath: path), (try? run(path, ["-c", "import aiosmtpd"])) == 0 else { return nil }
        return path
    }()

    static var isPresent: Bool { python != nil }

    let folder: URL
    let port: Int
    private let process = Process()
    private let input = Pipe()

    /// - Parameter certificate: the common name of a self-made certificate, for options that need one.
    init(_ options: String..., certificate: String? = nil) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "chancery-mail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var arguments = [Self.root.appending(path: "Tests/Outside/mail/server.py").path, folder.path] + options
        if let certificate {
            let names = certificate == "127.0.0.1" ? "IP:127.0.0.1" : "DNS:\(certificate)"
            let made = try Self.run(
                "/usr/bin/openssl",
                [
                    "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
                    "/CN=\(certificate)", "-addext", "subjectAltName=\(names)", "-keyout", folder.appending(path: "key.pem").path, "-out",
                    folder.appending(path: "cert.pem").path,
                ])
            try #require(made == 0)
            arguments += ["cert=\(folder.appending(path: "cert.pem").path)", "key=\(folder.appending(path: "key.pem").path)"]
        }
        process.executableURL = URL(filePath: try #require(Self.python))
        process.arguments = arguments
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = ""
        while !line.hasSuffix("\n") {
            let bytes = output.fileHandleForReading.availableData
            guard !bytes.isEmpty else { break }
            line += String(decoding: bytes, as: UTF8.self)
        }
        port = try #require(Int(line.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    var certificate: String { folder.appending(path: "cert.pem").path }

    /// Every message taken so far, in order.
    func taken() throws -> [Taken] {
        try (1...1000).map { folder.appending(path: "\($0)") }.prefix { FileManager.default.fileExists(atPath: $0.path + ".json") }.map {
            file in
            let object = try #require(
                try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: file.path + ".json"))) as? [String: Any])
            return Taken(
                message: Array(try Data(contentsOf: URL(filePath: file.path + ".eml"))), from: object["from"] as? String ?? "",
                to: object["to"] as? [String] ?? [], options: object["options"] as? [String] ?? [],
                isEncrypted: object["tls"] as? Bool ?? false, user: object["user"] as? String)
        }
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// What Python's own reader of mail makes of a message: headers and parts, decoded.
    static func read(_ message: [UInt8]) throws -> [String: Any] {
        let program = """
            import email, email.policy, json, sys
            m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
            parts = [[p.get_content_type(), p.get_filename(), p.get_content() if p.get_content_maintype() == "text" \
            and not p.get_filename() else p.get_payload(decode=True).hex()] for p in m.walk() if not p.is_multipart()]
            defects = [str(d) for p in m.walk() for d in p.defects] + [str(d) for p in m.walk() for h in p.values() for d in h.defects]
            print(json.dumps({"headers": [[k, str(v)] for k, v in m.items()], "parts": parts, "defects": defects}))
            """
        let process = Process()
        process.executableURL = URL(filePath: try #require(python))
        process.arguments = ["-c", program]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(message))
        try input.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    }
}
