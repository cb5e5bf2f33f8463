import Foundation

/// A folder that is gone, with all that is in it, when the test is over.
public final class TemporaryFolder: Sendable {
    public let path: String

    /// Only the name: whoever is tested makes the folder.
    public init() { path = NSTemporaryDirectory() + "chancery-\(UUID().uuidString)" }

    /// One that is there.
    public static func made() throws -> TemporaryFolder {
        let folder = TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        return folder
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
