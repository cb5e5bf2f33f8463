import Fediverse
import Synchronization

/// Activities as they go out, by the entry they come from: the newest few, since all inboxes are sent the same.
final class RenderedActivities: Sendable {
    struct Message: Sendable {
        let key: RequestKey
        let former: FormerKey?
        let body: [UInt8]
        /// Whether the key before the newest is tried first.
        var beginsWithFormer = false
    }

    /// The key before the newest, and until when it counts, in POSIX milliseconds.
    struct FormerKey: Sendable {
        let key: RequestKey
        let until: Int64
    }

    private static let most = 64
    private let content = Mutex<(byEntry: [Int64: [Message]], order: [Int64])>(([:], []))

    subscript(entry: Int64) -> [Message]? { content.withLock { $0.byEntry[entry] } }

    func forget() { content.withLock { $0 = ([:], []) } }

    func keep(_ messages: [Message], for entry: Int64) {
        content.withLock { content in
            guard content.byEntry[entry] == nil else { return }
            content.byEntry[entry] = messages
            content.order.append(entry)
            if content.order.count > Self.most { content.byEntry[content.order.removeFirst()] = nil }
        }
    }
}
