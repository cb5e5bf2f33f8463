import CLibXML2

/// libxml2, started once, and its errors as ours.
enum XMLLibrary {
    /// The parser's tables must be there before two threads use it (libxml2, `xmlInitParser`).
    private static let started: Void = {
        xmlInitParser()
        // Whatever asks for a file by its address, a schema's import among them, gets none from the network.
        xmlSetExternalEntityLoader(xmlNoNetExternalEntityLoader)
    }()

    static func start() { _ = started }

    /// What the library says went wrong, in one line.
    static func fault(of error: UnsafePointer<xmlError>?, _ kind: TextFault.Kind, mend: String) -> TextFault {
        guard let error else { return TextFault(kind, "the file cannot be read as XML.", mend: mend) }
        let message = error.pointee.message.map { String(cString: $0) } ?? "unknown"
        let words = message.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(300)
        return TextFault(kind, line: error.pointee.line > 0 ? Int(error.pointee.line) : nil, "\(words).", mend: mend)
    }
}
