import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The files of `Static`, read once at start: style sheet, modules, pictures. They are few and small.
///
/// Each is at two addresses: `/static/VERSION/name`, kept for ever, where the version is a hash over all files so that modules
/// that import one another by name agree; and `/static/name`, asked for anew each time.
struct StaticFiles: Sendable {
    struct File: Sendable {
        let contentType: String
        let body: ByteBuffer
        /// The body in gzip; `nil` where that is no smaller.
        let gzip: ByteBuffer?
        let entityTag: String
    }

    static let sheet = "chancery.css"

    let version: String
    private let files: [String: File]

    /// - Parameters:
    ///   - folder: the house's own files.
    ///   - styles: further style sheets, which follow the house's own in its one sheet.
    init(folder: URL, styles: [URL] = []) throws {
        var files: [String: File] = [:]
        var hash = SHA256()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
        for name in names {
            guard let contentType = StaticFiles.contentType(of: name) else { continue }
            var data = try Data(contentsOf: folder.appending(path: name))
            if name == StaticFiles.sheet {
                for style in styles { data += try Data(contentsOf: style) }
            }
            hash.update(data: Data("\(name)\n\(data.count)\n".utf8))
            hash.update(data: data)
            let body = ByteBuffer(bytes: data)
            files[name] = File(contentType: contentType, body: body, gzip: Gzip.compress(body), entityTag: EntityTag.of(data))
        }
        self.files = files
        version = EntityTag.hexadecimal(hash.finalize(), bytes: 6)
    }

    func address(of name: String) -> String { "/static/\(version)/\(name)" }

    /// The file of that name, or `nil`.
    subscript(name: String) -> File? { files[name] }

    private static func contentType(of name: String) -> String? {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "txt": "text/plain; charset=utf-8"
        default: nil
        }
    }
}
