public import Ledger

/// What a verification of a record found.
public struct RecordVerification: Sendable {
    /// Something that is not as it should be, and where.
    public struct Fault: Hashable, Sendable, CustomStringConvertible {
        /// `entry 17`, `tile/1/000`, `checkpoint`, `view treaties`.
        public let place: String
        /// In English.
        public let reason: String

        public var description: String { "\(place): \(reason)" }
    }

    /// How far it has come.
    public struct Progress: Sendable {
        public enum Stage: String, Sendable {
            /// The structure of the file that holds the record.
            case file
            /// Leaves, payload commitments and tiles.
            case log
            case blobs
            /// Making all views anew, to compare them.
            case views
        }

        public let stage: Stage
        public let done: Int64
        public let total: Int64
    }

    public internal(set) var origin = ""
    /// Entries looked at: all there were when it began.
    public internal(set) var entries: Int64 = 0
    /// Entries whose payload was erased.
    public internal(set) var erased: Int64 = 0
    public internal(set) var blobs: Int64 = 0
    /// The newest signed checkpoint.
    public internal(set) var checkpoint: SignedCheckpoint?
    /// Views that were made anew and compared.
    public internal(set) var views: [String] = []
    /// Things worth knowing that are no faults.
    public internal(set) var remarks: [String] = []
    /// At most ``faultLimit`` of them, and how many more there were.
    public internal(set) var faults: [Fault] = []
    public internal(set) var furtherFaults = 0
    public internal(set) var fileDuration = Duration.zero
    public internal(set) var logDuration = Duration.zero
    public internal(set) var viewDuration = Duration.zero

    /// Faults listed at most.
    public static let faultLimit = 100

    /// Whether everything is as it should be.
    public var isSound: Bool { faults.isEmpty }

    mutating func add(_ place: String, _ reason: String) {
        if faults.count < RecordVerification.faultLimit {
            faults.append(Fault(place: place, reason: reason))
        } else {
            furtherFaults += 1
        }
    }
}
