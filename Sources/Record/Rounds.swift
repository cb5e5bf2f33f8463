public import Logging
import ServiceLifecycle

/// Something done again and again for as long as the node serves: at a pace, and sooner where something falls due before.
///
/// A round that fails is told in the log and made again at the next turn: a full disk, say, may have room by then.
public enum Rounds {
    /// - Parameters:
    ///   - pace: the longest pause between two rounds.
    ///   - failure: what the log says where a round fails.
    ///   - round: gives how long it is until something falls due; `nil` where nothing is known to.
    public static func keep(_ pace: Duration, logger: Logger, failure: Logger.Message, _ round: () async throws -> Duration?) async {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            var pause = pace
            do {
                if let due = try await round() { pause = min(pace, max(.milliseconds(1), due)) }
            } catch is CancellationError {
                return
            } catch {
                logger.error(failure, metadata: ["error": "\(error)"])
            }
            do {
                let pause = pause
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: pause) }
            } catch {
                return
            }
        }
    }
}
