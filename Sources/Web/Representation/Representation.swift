/// A form in which one resource is given at its one address.
public enum Representation: String, Hashable, Sendable, CaseIterable {
    case html
    case json
    case csv
    /// Akoma Ntoso 3.0, for texts of instruments.
    case akn
    /// Plain text, UTF-8.
    case txt

    /// With its character set where it is text without one of its own (RFC 4180, RFC 8259).
    public var contentType: String {
        switch self {
        case .html: "text/html; charset=utf-8"
        case .json: "application/json"
        case .csv: "text/csv; charset=utf-8; header=present"
        case .akn: "application/akn+xml"
        case .txt: "text/plain; charset=utf-8"
        }
    }

    /// Type and subtype as they stand in `Accept`.
    var mediaType: (type: String, subtype: String) {
        switch self {
        case .html: ("text", "html")
        case .json: ("application", "json")
        case .csv: ("text", "csv")
        case .akn: ("application", "akn+xml")
        case .txt: ("text", "plain")
        }
    }
}
