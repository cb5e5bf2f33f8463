import Foundation
import Synchronization

/// A bar on the terminal for work of more than a second; nothing where nobody watches.
final class ProgressBar: Sendable {
    private let label: String
    private let start = ContinuousClock.now
    private let drawn = Mutex<(last: ContinuousClock.Instant?, shown: Bool)>((nil, false))

    init(_ label: String) {
        self.label = label
    }

    func update(_ done: Int64, of whole: Int64?) {
        guard Terminal.isWatched else { return }
        let now = ContinuousClock.now
        guard now - start > .seconds(1) else { return }
        let isDue = drawn.withLock { state in
            if let last = state.last, now - last < .milliseconds(100) { return false }
            state = (now, true)
            return true
        }
        guard isDue else { return }
        var line = "\r\(label) \(done)"
        if let whole, whole > 0 {
            let filled = Int(min(30, done * 30 / whole))
            line =
                "\r\(label) [" + String(repeating: "#", count: filled) + String(repeating: " ", count: 30 - filled)
                + "] \(done) of \(whole)"
        }
        FileHandle.standardError.write(Data(line.utf8))
    }

    func end() {
        guard drawn.withLock({ $0.shown }) else { return }
        FileHandle.standardError.write(Data("\n".utf8))
    }
}
