public import Acts
public import Logging

/// Where a record is, whose it is, and how it is run.
public struct RecordConfiguration: Sendable {
    /// The data folder: record, blobs, views, keys and lock.
    public var folder: String
    /// The address of a PostgreSQL database, `postgres://…`, that holds entries and blobs for any number of processes; `nil`: they are
    /// in the data folder, for one. May hold a password.
    public var database: String?
    /// The folder of the keys, which all processes of one record share; `nil`: `keys` in the data folder.
    public var keys: String?
    /// The log's origin (C2SP tlog-checkpoint), a name without scheme such as `treaties.example.org/record`; it names the
    /// log's key too. `nil` takes the one the record was opened with.
    public var origin: String?
    /// The node's name for people, by language tag; entered when the record is created.
    public var name: [String: String]
    /// Whether to start a new record where there is none.
    public var createsWhereNone: Bool
    /// Commands in one group commit at most.
    public var batchLimit: Int
    /// Commands that may wait at once; more are refused with ``Refusal/Kind/tooMany``.
    public var waitingLimit: Int
    /// Bytes of one payload at most; larger content is a blob that the act cites.
    public var payloadLimit: Int
    /// The node's clock.
    public var clock: @Sendable () -> Moment
    /// Where the operator's lines go.
    public var logger: Logger

    public init(
        folder: String, database: String? = nil, keys: String? = nil, origin: String? = nil, name: [String: String] = [:],
        createsWhereNone: Bool = true, batchLimit: Int = 1024, waitingLimit: Int = 65_536, payloadLimit: Int = 1 << 20,
        clock: @escaping @Sendable () -> Moment = { Moment.now },
        logger: Logger = Logger(label: "chancery.record")
    ) {
        self.folder = folder
        self.database = database
        self.keys = keys
        self.origin = origin
        self.name = name
        self.createsWhereNone = createsWhereNone
        self.batchLimit = batchLimit
        self.waitingLimit = waitingLimit
        self.payloadLimit = payloadLimit
        self.clock = clock
        self.logger = logger
    }

    var layout: FolderLayout { FolderLayout(folder: folder, keys: keys) }

    /// Opens the store that the record is in.
    ///
    /// - Throws: ``RecordError``.
    func makeStore() throws -> any RecordStore {
        if let database { return try PostgresRecordStore(PostgresAddress(database), createsWhereNone: createsWhereNone) }
        let layout = layout
        guard createsWhereNone || FolderLayout.exists(layout.record) else { throw RecordError.noRecord(folder: folder) }
        return try SQLiteRecordStore(path: layout.record, blobs: layout.blobs)
    }
}
