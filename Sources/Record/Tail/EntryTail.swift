public import Acts

/// The record from a position on, as it grows: what is there first, then every new entry, in order, none missed, none twice.
///
/// Each subscriber reads at its own pace from the store, so a slow one holds nothing back and takes no memory. The sequence ends
/// when its task is cancelled or the record closes.
public struct EntryTail: AsyncSequence, Sendable {
    public typealias Element = Entry

    let record: Record
    let start: Int64

    public struct AsyncIterator: AsyncIteratorProtocol {
        private static let stride = 256

        let record: Record
        var position: Int64
        var page: ArraySlice<Entry> = []

        public mutating func next() async throws -> Entry? {
            if page.isEmpty {
                do {
                    try await record.waitForEntry(at: position)
                    page = try record.entries(from: position, limit: AsyncIterator.stride)[...]
                } catch is CancellationError {
                    return nil
                } catch RecordError.closed {
                    return nil
                }
            }
            guard let entry = page.popFirst() else { return nil }
            position = entry.index + 1
            return entry
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(record: record, position: start)
    }
}
