import CLibXML2
import Foundation

/// The OASIS schema of Akoma Ntoso 3.0, from a file: a check of a file's form beyond what ``AkomaNtoso/read(_:)`` needs.
///
/// The schema is not part of this software; `akomantoso30.xsd` and the `xml.xsd` it imports are published by OASIS.
public final class AkomaNtosoSchema: @unchecked Sendable {
    // libxml2 only reads a compiled schema; each check has a context of its own. So it may be shared.
    private let schema: xmlSchemaPtr

    /// Reads the schema, and what it imports, from the disk; never from the network.
    /// - Throws: ``TextFault`` where the file is no schema, or imports what is not there.
    public init(path: String) throws(TextFault) {
        XMLLibrary.start()
        guard FileManager.default.isReadableFile(atPath: path), let parser = xmlSchemaNewParserCtxt(path) else {
            throw TextFault(.schema, "there is no schema at \(path).", mend: "Name the file akomantoso30.xsd; xml.xsd lies beside it.")
        }
        defer { xmlSchemaFreeParserCtxt(parser) }
        let errors = SchemaErrors()
        xmlSchemaSetParserStructuredErrors(
            parser, { context, error in SchemaErrors.of(context)?.add(error?.pointee.line, error?.pointee.message) },
            Unmanaged.passUnretained(errors).toOpaque())
        guard let schema = xmlSchemaParse(parser) else {
            throw errors.fault(mend: "Name the file akomantoso30.xsd; xml.xsd lies beside it.")
        }
        self.schema = schema
    }

    deinit { xmlSchemaFree(schema) }

    /// - Throws: ``TextFault`` of the first thing in the file that the schema does not allow, with its line.
    public func check(_ bytes: [UInt8]) throws(TextFault) {
        let document = try XMLTree.parse(bytes)
        defer { xmlFreeDoc(document) }
        guard let context = xmlSchemaNewValidCtxt(schema) else {
            throw TextFault(.schema, "there is no memory to check the file.", mend: "Try again.")
        }
        defer { xmlSchemaFreeValidCtxt(context) }
        let errors = SchemaErrors()
        xmlSchemaSetValidStructuredErrors(
            context, { context, error in SchemaErrors.of(context)?.add(error?.pointee.line, error?.pointee.message) },
            Unmanaged.passUnretained(errors).toOpaque())
        guard xmlSchemaValidateDoc(context, document) == 0 else {
            throw errors.fault(mend: "Correct the markup there; the schema of Akoma Ntoso 3.0 says what may stand where.")
        }
    }
}

/// The first error the library tells, kept for the one who asked.
private final class SchemaErrors {
    private var first: (line: Int, message: String)?

    static func of(_ context: UnsafeMutableRawPointer?) -> SchemaErrors? {
        context.map { Unmanaged<SchemaErrors>.fromOpaque($0).takeUnretainedValue() }
    }

    func add(_ line: Int32?, _ message: UnsafePointer<CChar>?) {
        guard first == nil, let message else { return }
        let words = String(cString: message).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        first = (Int(line ?? 0), words.replacing("{\(AkomaNtoso.namespace)}", with: ""))
    }

    func add(_ line: Int32?, _ message: UnsafeMutablePointer<CChar>?) {
        add(line, message.map { UnsafePointer($0) })
    }

    func fault(mend: String) -> TextFault {
        let words = first?.message ?? "the file does not satisfy the schema."
        return TextFault(.schema, line: first.flatMap { $0.line > 0 ? $0.line : nil }, "\(words.prefix(400))", mend: mend)
    }
}
