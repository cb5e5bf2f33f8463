import Foundation

/// The drafts of the Paris Agreement, which lie beside the checkout where somebody has put them, and not in it: texts are not committed.
enum ParisDrafts {
    static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["CHANCERY_SHARED_DATA"].map { URL(filePath: $0) }
        let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let shared = named ?? checkout.deletingLastPathComponent().appending(path: "shared/data")
        let texts = shared.appending(path: "treaties/paris-negotiating-text")
        return FileManager.default.fileExists(atPath: texts.path) ? texts : nil
    }()

    static let absent = "the drafts of the Paris Agreement are not beside the checkout (shared/data/treaties/paris-negotiating-text)"

    static func bytes(_ name: String) throws -> [UInt8] {
        guard let folder else { throw CocoaError(.fileNoSuchFile) }
        return Array(try Data(contentsOf: folder.appending(path: "\(name).md")))
    }
}
