import Dispatch
import Logging

/// Does beside the writer what must not hold it up: carries write-ahead logs over, syncs the checkpoint store, purges.
final class Housekeeper: Sendable {
    // Dispatch sources may be used from any thread, though their protocol does not say so.
    private nonisolated(unsafe) let timer: any DispatchSourceTimer
    private let queue: DispatchQueue

    init(_ record: Committer) {
        let queue = DispatchQueue(label: "chancery.housekeeping", qos: .utility)
        self.queue = queue
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.setEventHandler {
            record.tryAgain()
            do {
                try record.store.maintain()
                try record.views.maintain()
                try record.checkpoints.synchronize()
            } catch {
                record.configuration.logger.warning("housekeeping failed and is tried again", metadata: ["reason": "\(error)"])
            }
        }
        timer.schedule(deadline: .now() + 0.5, repeating: 0.5)
        timer.activate()
    }

    /// Returns when nothing runs any more.
    func stop() {
        timer.cancel()
        queue.sync {}
    }
}
