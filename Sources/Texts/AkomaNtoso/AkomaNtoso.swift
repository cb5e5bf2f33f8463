/// Akoma Ntoso 3.0 (OASIS LegalDocML), as the United Nations writes it (AKN4UN): one file for each language of an instrument.
///
/// The bytes that ``bytes(of:)`` writes are canonical: they depend on nothing but the text, and reading them gives the text back
/// exactly. So their SHA-256 names the text, and is what is adopted and signed (docs/texts.md tells the form).
public enum AkomaNtoso {
    /// The namespace of the final specification; drafts had others, and are refused.
    public static let namespace = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

    /// The media type of a file.
    public static let mediaType = "application/akn+xml"

    /// Who describes the text in its metadata: this software, by the name its elements refer to.
    static let source = "#chancery"
}
