import Synchronization

/// Whether new acts may be entered, and so new checkpoints signed, as far as that hangs on what others know of the record.
///
/// A whole data folder that was restored from a backup agrees with itself, and yet others may have seen more of the record. Whoever
/// knows whom to ask holds the signing when the record is opened, asks, and lets go of it, or refuses it for good. Reading goes on
/// all the while.
public final class SigningHold: Sendable {
    /// How it stands.
    public enum State: Hashable, Sendable {
        /// Nothing keeps the record from being written.
        case open
        /// The others are being asked for the first time; who wants to enter an act waits for that a little.
        case asking
        /// Too few have answered. They are asked again, and acts are refused until then.
        case waiting(RecordError)
        /// What somebody answered proves that this is not the newest record. Acts are refused for as long as the process runs.
        case refused(RecordError)
    }

    /// How long an act waits for the first answers.
    static let patience = Duration.seconds(10)

    private let held = Mutex(State.open)

    init() {}

    public var state: State { held.withLock { $0 } }

    /// Why acts are not entered now; `nil` where they are, or while the first answers are waited for.
    public var trouble: RecordError? {
        switch state {
        case .open, .asking: nil
        case .waiting(let error), .refused(let error): error
        }
    }

    /// Holds the signing until ``release()``.
    public func begin() {
        held.withLock { if $0 == .open { $0 = .asking } }
    }

    /// Says why it is still held.
    public func wait(because error: RecordError) {
        held.withLock { held in
            switch held {
            case .asking, .waiting: held = .waiting(error)
            case .open, .refused: break
            }
        }
    }

    /// Lets acts be entered. What was refused for good stays so.
    ///
    /// - Returns: whether they may be entered now and could not before.
    @discardableResult
    public func release() -> Bool {
        held.withLock { held in
            switch held {
            case .asking, .waiting:
                held = .open
                return true
            case .open, .refused: return false
            }
        }
    }

    /// Refuses acts for as long as the process runs, also where they were entered before: more of the record was seen than there is.
    public func refuse(because error: RecordError) {
        held.withLock { held in
            if case .refused = held { return }
            held = .refused(error)
        }
    }

    /// What the writer asks before each batch.
    func reasonAgainstSigning() -> RecordError? {
        switch state {
        case .open: nil
        case .asking: .witnessesNotAsked(reason: "they have not answered yet")
        case .waiting(let error), .refused(let error): error
        }
    }

    /// Waits while the others are asked for the first time, a little.
    func settle() async throws {
        guard state == .asking else { return }
        let deadline = ContinuousClock.now + SigningHold.patience
        while state == .asking, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
    }
}
