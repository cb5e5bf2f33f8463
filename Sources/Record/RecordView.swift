public import Acts
public import GRDB

/// Tables derived from the record, and how an entry changes them. Everything people see is one of these.
///
/// All views of a process share one SQLite file, so name tables after the desk. A view never decides and never refuses: what it
/// does not know, it passes over. Its state must be a function of the entries alone, or `record verify` finds it out.
public protocol RecordView: Sendable {
    /// Such as `treaties`.
    var name: String { get }

    /// Counts up whenever tables or their meaning change; the view is then made anew.
    var version: Int { get }

    /// Whether `apply` on a `record.payload-erased` entry removes everything that came from that payload, so that the tables are
    /// as if the payload had never been seen. Otherwise the view is made anew on an erasure.
    var forgetsErasedPayloads: Bool { get }

    func createTables(_ database: Database) throws

    /// Changes the tables by one entry. Kinds it does not know are passed over, never an error.
    func apply(_ entry: Entry, to database: Database) throws
}

extension RecordView {
    public var forgetsErasedPayloads: Bool { false }
}
