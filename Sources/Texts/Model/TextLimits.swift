/// How large a text may be. Beyond these it is refused, not cut.
///
/// The longest treaty texts in six languages stay under 1 MiB and 5,000 provisions a language; a trade agreement with its schedules
/// may run to ten times that.
public enum TextLimits {
    /// Bytes of a file that is read or written: 16 MiB.
    public static let bytes = 16 << 20
    /// Provisions within provisions, and elements within elements of an imported file.
    public static let depth = 64
    /// Provisions in one text.
    public static let provisions = 100_000
    /// UTF-8 bytes of an identifier.
    public static let identifierBytes = 512
    /// UTF-8 bytes of a number as displayed.
    public static let numberBytes = 128
    /// Cells in one table.
    public static let tableCells = 20_000
    /// Lines with words in a plain text.
    public static let lines = 400_000
    /// Elements in an imported file.
    public static let elements = 1_000_000
    /// Notes a reader keeps; further ones are not told.
    public static let notes = 1_000
}
