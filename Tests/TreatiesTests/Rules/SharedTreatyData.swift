import Foundation

/// The treaty data beside the checkout, which is not part of the project: tests that want it skip where it is absent.
enum SharedTreatyData {
    static let folder: URL? = {
        var candidates: [URL] = []
        if let named = ProcessInfo.processInfo.environment["CHANCERY_SHARED_DATA"] { candidates.append(URL(filePath: named)) }
        candidates.append(
            URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data"))
        return candidates.map { $0.appending(path: "treaties") }.first { FileManager.default.fileExists(atPath: $0.path) }
    }()

    /// The bytes of a file of the folder, or `nil` where the data is not there.
    static func bytes(_ name: String) throws -> [UInt8]? {
        guard let folder else { return nil }
        return [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }
}
