import CLibXML2

/// An XML file as values: elements with their attributes, words and lines. Comments and processing instructions are gone.
///
/// Read by libxml2 with everything off that reaches out or unfolds: no network, no external or internal subset of a document type,
/// no entities but the five that XML itself has, its own limits on depth and size kept. What is read is then walked within ours.
public struct XMLTree: Sendable {
    public struct Element: Sendable {
        public let name: String
        /// The namespace's address.
        public let namespace: String?
        /// By name; those of another namespace keep their prefix (`xml:lang`).
        public let attributes: [String: String]
        public internal(set) var children: [Node] = []
        /// The line its start tag ends on, counted from 1.
        public let line: Int

        public var elements: [Element] {
            children.compactMap { if case .element(let element) = $0 { element } else { nil } }
        }

        /// The first element in it of that name, whatever its namespace.
        public func first(_ name: String) -> Element? { elements.first { $0.name == name } }

        /// All words below it.
        public var words: String {
            children.map { node in
                switch node {
                case .words(let words): words
                case .element(let element): element.words
                }
            }.joined()
        }
    }

    public enum Node: Sendable {
        case element(Element)
        case words(String)
    }

    /// Provisions at their deepest, with room for what stands around and within them.
    static let depth = TextLimits.depth + 32

    public let root: Element

    /// - Throws: ``TextFault`` where it is no XML in UTF-8, has a document type, or is larger or deeper than ``TextLimits`` allow.
    public init(bytes: [UInt8]) throws(TextFault) {
        let document = try Self.parse(bytes)
        defer { xmlFreeDoc(document) }
        guard let root = xmlDocGetRootElement(document) else {
            throw TextFault(.notReadable, "the file has no element.", mend: "Export it again as XML.")
        }
        self.root = try Self.element(root, depth: 0)
    }

    /// libxml2 answers with nothing where it does not understand the bytes; then its last error says why, and where.
    /// The document is the caller's to free.
    static func parse(_ bytes: [UInt8]) throws(TextFault) -> xmlDocPtr {
        guard bytes.count <= TextLimits.bytes else {
            throw TextFault(
                .tooLarge, "the file has \(bytes.count) bytes; \(TextLimits.bytes) are read at most.",
                mend: "Divide the text, or take pictures and embedded files out.")
        }
        // Every element has a sign that opens it: what has too many is refused before memory is given to them.
        guard bytes.count(where: { $0 == 0x3C }) <= 2 * TextLimits.elements else {
            throw TextFault(
                .tooLarge, "the file has more than \(TextLimits.elements) elements.",
                mend: "Divide it, or take markup out that says nothing.")
        }
        try refuseDocumentType(bytes)
        XMLLibrary.start()
        guard let context = xmlNewParserCtxt() else {
            throw TextFault(.notReadable, "there is no memory to read the file.", mend: "Try again.")
        }
        defer { xmlFreeParserCtxt(context) }
        let options = Int32(
            XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue | XML_PARSE_BIG_LINES.rawValue)
        let document = bytes.withUnsafeBytes { buffer in
            xmlCtxtReadMemory(context, buffer.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), nil, "UTF-8", options)
        }
        guard let document else {
            throw XMLLibrary.fault(of: xmlCtxtGetLastError(context), .notReadable, mend: "Export the file again, as XML in UTF-8.")
        }
        return document
    }

    /// A document type declaration may stand before the root element only, among comments and instructions. It is found before the
    /// parser sees the file: with it gone there are no entities to unfold, nothing external to load.
    private static func refuseDocumentType(_ bytes: [UInt8]) throws(TextFault) {
        var index = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard !bytes.starts(with: [0xFE, 0xFF]), !bytes.starts(with: [0xFF, 0xFE]), !bytes.prefix(4).contains(0) else {
            throw TextFault(.notReadable, line: 1, "the file is not in UTF-8.", mend: "Export it as XML in UTF-8.")
        }
        func skip(past end: String) {
            let end = Array(end.utf8)
            while index < bytes.count, !bytes[index...].starts(with: end) { index += 1 }
            index = min(bytes.count, index + end.count)
        }
        while index < bytes.count {
            let rest = bytes[index...]
            if rest.starts(with: "<?".utf8) {
                let start = index
                skip(past: "?>")
                if start < 4, rest.starts(with: "<?xml".utf8) { try requireUTF8(String(decoding: bytes[start..<index], as: UTF8.self)) }
            } else if rest.starts(with: "<!--".utf8) {
                skip(past: "-->")
            } else if rest.starts(with: "<!".utf8) {
                throw TextFault(
                    .documentType, line: bytes[..<index].count { $0 == 0x0A } + 1, "a document type declaration stands in the file.",
                    mend: "Take the <!DOCTYPE ...> out and write entities as the characters they mean: none are unfolded.")
            } else if rest.first == 0x3C {
                return
            } else {
                index += 1
            }
        }
    }

    private static func requireUTF8(_ declaration: String) throws(TextFault) {
        guard let encoding = declaration.lowercased().split(separator: "encoding").dropFirst().first else { return }
        let name = encoding.drop { "= \t\r\n\"'".contains($0) }.prefix { !"\"'".contains($0) }
        guard name == "utf-8" || name == "us-ascii" else {
            throw TextFault(.notReadable, line: 1, "the file is in \(name.prefix(40)), not in UTF-8.", mend: "Export it as XML in UTF-8.")
        }
    }

    private static func element(_ node: xmlNodePtr, depth: Int) throws(TextFault) -> Element {
        let line = Int(xmlGetLineNo(node))
        guard depth < Self.depth else {
            throw TextFault(
                .tooLarge, line: line, "elements stand more than \(Self.depth) deep.", mend: "Bring the inner ones further out.")
        }
        var attributes: [String: String] = [:]
        var attribute = node.pointee.properties
        while let current = attribute {
            // An attribute of another namespace (xml:lang) keeps its prefix, so that it is not taken for one of ours.
            let prefix = current.pointee.ns.flatMap { $0.pointee.prefix }.map { string($0) + ":" } ?? ""
            var value = ""
            var piece = current.pointee.children
            while let words = piece {
                if let content = words.pointee.content { value += string(content) }
                piece = words.pointee.next
            }
            attributes[prefix + string(current.pointee.name)] = value
            attribute = current.pointee.next
        }
        var element = Element(
            name: string(node.pointee.name), namespace: node.pointee.ns.flatMap { $0.pointee.href }.map(string), attributes: attributes,
            line: line)
        var child = node.pointee.children
        while let current = child {
            switch current.pointee.type {
            case XML_ELEMENT_NODE: element.children.append(.element(try self.element(current, depth: depth + 1)))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                if let content = current.pointee.content { element.children.append(.words(string(content))) }
            case XML_COMMENT_NODE, XML_PI_NODE: break
            default:
                throw TextFault(
                    .notReadable, line: Int(xmlGetLineNo(current)),
                    "an entity or another thing that is neither element nor words stands here.",
                    mend: "Write the characters themselves.")
            }
            child = current.pointee.next
        }
        return element
    }

    private static func string(_ pointer: UnsafePointer<xmlChar>) -> String { String(cString: pointer) }
    private static func string(_ pointer: UnsafeMutablePointer<xmlChar>) -> String { String(cString: pointer) }
}
