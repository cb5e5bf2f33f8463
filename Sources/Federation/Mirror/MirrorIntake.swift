import Ledger

/// Takes an add-entries request as its bytes come (C2SP tlog-mirror, "Processing"): each package is proven and stored before the next
/// is looked at, so that a request that breaks off has brought what it has brought.
struct MirrorIntake {
    let mirror: Mirror
    let logs: WatchedLogs
    private var reader = AddEntriesReader()
    private var upload: MirrorUpload?
    private var log: MirrorLog?

    init(mirror: Mirror, logs: WatchedLogs) {
        self.mirror = mirror
        self.logs = logs
    }

    /// Bytes that came and were not whole packages yet.
    var waiting: Int { reader.waiting }

    /// Whether there is nothing more to come that would be looked at.
    var isDone: Bool {
        guard let upload else { return false }
        return upload.taken >= min(upload.header.packageCount, UInt64(AddEntriesRequest.mostPackages))
    }

    /// Takes the next piece of the body.
    ///
    /// - Returns: what refuses the request; `nil` while nothing does.
    mutating func take(_ bytes: [UInt8]) async throws -> AddEntriesOutcome? {
        reader.append(bytes)
        do {
            guard try await begin() else { return nil }
            while let package = try reader.package() {
                guard var upload, let log else { return nil }
                let proven = try upload.take(package, leavesBefore: try await log.leaves(upload.needed))
                try await log.keep(proven, package.entries)
                self.upload = upload
            }
            return nil
        } catch let error as AddEntriesError {
            return .malformed(error)
        } catch let outcome as AddEntriesOutcome {
            return outcome
        }
    }

    /// - Returns: whether the header is there and nothing stands against it.
    private mutating func begin() async throws -> Bool {
        guard upload == nil else { return true }
        guard let header = try reader.header() else { return false }
        guard logs[header.origin] != nil else { throw AddEntriesOutcome.unknownOrigin(header.origin) }
        let log = try mirror.log(header.origin)
        switch MirrorUpload.begin(header, state: try await log.state()) {
        case .refused(let outcome): throw outcome
        case .ready(let ready):
            upload = ready
            self.log = log
            return true
        }
    }

    /// Ends the request, where its body does.
    func finish(
        cosign: @escaping @Sendable (SignedCheckpoint) throws -> [NoteSignature]
    ) async throws -> (outcome: AddEntriesOutcome, cosignatures: [NoteSignature]) {
        guard let upload, let log else { return (.malformed(.endsEarly), []) }
        return try await log.finish(upload, cosign: cosign)
    }
}
