/// Writes XML in one way: attributes in the order given, only what must be escaped escaped, a line end after each structural element.
public struct XMLWriter: Sendable {
    public private(set) var bytes: [UInt8] = []

    public init() {
        bytes.reserveCapacity(1 << 16)
        raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
    }

    public mutating func open(_ name: String, _ attributes: [(String, String?)] = [], endsLine: Bool = true) {
        tag(name, attributes)
        raw(endsLine ? ">\n" : ">")
    }

    public mutating func close(_ name: String, endsLine: Bool = true) {
        raw("</")
        raw(name)
        raw(endsLine ? ">\n" : ">")
    }

    public mutating func empty(_ name: String, _ attributes: [(String, String?)] = [], endsLine: Bool = true) {
        tag(name, attributes)
        raw(endsLine ? "/>\n" : "/>")
    }

    /// An element that holds words only.
    public mutating func words(_ name: String, _ text: String, _ attributes: [(String, String?)] = [], endsLine: Bool = true) {
        open(name, attributes, endsLine: false)
        self.text(text)
        close(name, endsLine: endsLine)
    }

    public mutating func text(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case 0x26: raw("&amp;")
            case 0x3C: raw("&lt;")
            case 0x3E: raw("&gt;")
            default: bytes.append(byte)
            }
        }
    }

    private mutating func tag(_ name: String, _ attributes: [(String, String?)]) {
        raw("<")
        raw(name)
        for (name, value) in attributes {
            guard let value else { continue }
            raw(" ")
            raw(name)
            raw("=\"")
            for byte in value.utf8 {
                switch byte {
                case 0x26: raw("&amp;")
                case 0x3C: raw("&lt;")
                case 0x22: raw("&quot;")
                default: bytes.append(byte)
                }
            }
            raw("\"")
        }
    }

    private mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }
}
