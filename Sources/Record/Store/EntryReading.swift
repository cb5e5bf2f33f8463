/// The reading half of a store.
public protocol EntryReading: Sendable {
    /// How many entries there are; the position of the next one.
    func end() throws -> Int64

    /// Up to `limit` entries from `position` on; fewer at the end, none past it.
    func entries(from position: Int64, limit: Int) throws -> [StoredEntry]

    /// The bytes of the widest tile stored at that level and index; a narrower one is a beginning of it.
    func tile(level: Int, index: Int64) throws -> [UInt8]?
}
