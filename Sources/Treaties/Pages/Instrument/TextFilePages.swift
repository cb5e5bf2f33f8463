import Acts
import Foundation
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Texts
import Web

/// `/treaties/{treaty}/text/{language}.akn.xml` and `.txt`: a text as a file, and the text as data.
extension TextPages {
    func file(_ request: Request, _ visit: Visit) async throws -> Response {
        let number = try treaties.number(visit)
        let name = try visit.parameter("file")
        let form: Representation
        let language: String
        if name.hasSuffix(".akn.xml") {
            (form, language) = (.akn, String(name.dropLast(8)))
        } else if name.hasSuffix(".txt") {
            (form, language) = (.txt, String(name.dropLast(4)))
        } else {
            throw noSuchFile(name)
        }
        let file = try await instrument(number)
        let version: InstrumentFile.Version?
        if let wanted = try visit.query.filled("sha256") {
            let hash = Hash(hexadecimal: wanted)
            version = file.versions(in: language).last { $0.text.sha256 == hash }
        } else {
            version = file.current(in: language)
        }
        guard let version else { throw noSuchFile(name) }
        let isNamedByHash = try visit.query.filled("sha256") != nil
        let bytes: [UInt8]
        if form == .akn {
            bytes = try self.bytes(of: version.text)
        } else {
            bytes = Array(Self.plain(try content(of: version.text)).utf8)
        }
        var response = plainAnswer(form, bytes, version.text)
        // What is asked for by its hash is that and nothing else, for ever.
        response.headers[.cacheControl] = isNamedByHash ? "public, max-age=31536000, immutable" : "no-cache"
        response.headers[.contentDisposition] = "inline; filename=\"\(number)-\(language).\(form == .akn ? "akn.xml" : "txt")\""
        return response
    }

    /// The bytes with their media type, language and hash.
    func plainAnswer(_ form: Representation, _ bytes: [UInt8], _ version: TreatyTextEntered) -> Response {
        var headers: HTTPFields = [.contentType: form.contentType, .contentLanguage: version.language]
        // RFC 9530: the digest of exactly these bytes, for who fetched the file itself.
        if form == .akn { headers[.reprDigest] = "sha-256=:\(Data(version.sha256.bytes).base64EncodedString()):" }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func noSuchFile(_ name: String) -> Refusal {
        Refusal(
            .notFound, code: "treaty.no-such-file", "There is no text file of that name here.",
            mend: "The page of the text lists its files.", arguments: ["file": String(name.prefix(80))])
    }

    /// The text in plain words, a line for a block.
    static func plain(_ content: InstrumentText) -> String {
        var lines: [String] = []
        for block in content.blocks {
            let isSetIn = block.role == .words || block.role == .closing
            let indent = String(repeating: "    ", count: isSetIn ? block.indent : 0)
            let head = [block.number ?? "", block.heading?.plain ?? ""]
            let words = block.table.map { plain($0) } ?? block.words.plain
            let line = (head + [words]).filter { !$0.isEmpty }.joined(separator: " ")
            if !line.isEmpty { lines.append(indent + line) }
        }
        return lines.joined(separator: "\n\n") + "\n"
    }

    /// A table, a line for a row, with tabs between its cells.
    private static func plain(_ table: TextTable) -> String {
        var lines: [String] = []
        for row in table.rows {
            let cells: [String] = row.map { cell in cell.content.map(\.plain).joined(separator: " ") }
            lines.append(cells.joined(separator: "\t"))
        }
        return lines.joined(separator: "\n")
    }

    // MARK: Data

    func json(_ file: InstrumentFile, _ question: ReadingQuestion) throws -> JSON {
        let content = try content(of: question.version.text)
        var object: JSONObject = [
            "treaty": .string(file.opened.treaty), "language": .string(question.language),
            "version": version(question.version, of: file),
            "languages": .array(file.languages.compactMap { file.current(in: $0) }.map { version($0, of: file) }),
            "versions": .array(file.versions(in: question.language).map { version($0, of: file) }),
            "provisions": .array(content.places.map { Self.json(of: $0, in: content) }),
        ]
        object["authenticLanguages"] = file.opened.authenticLanguages.map { .array($0.map(JSON.string)) }
        object["prevailingLanguage"] = file.opened.prevailingLanguage.map(JSON.string)
        object["adopted"] = file.adopted.map { step in step.act.json.with("entry", .integer(step.entry)) }
        object["authenticated"] = file.authenticated.map { step in step.act.json.with("entry", .integer(step.entry)) }
        if let beside = question.beside {
            let other = try self.content(of: beside.text)
            object["beside"] = .object([
                "language": .string(beside.text.language), "version": version(beside, of: file),
                "provisions": .array(other.places.map { Self.json(of: $0, in: other) }),
            ])
        }
        return .object(object)
    }

    private func version(_ version: InstrumentFile.Version, of file: InstrumentFile) -> JSON {
        let text = version.text
        return text.json.with("entry", .integer(version.entry)).with(
            "href", .string("/treaties/\(file.opened.treaty)/text/\(text.language).akn.xml?sha256=\(text.sha256.hexadecimal)"))
    }

    private static func json(of place: Place, in content: InstrumentText) -> JSON {
        let provision = place.provision
        var object: JSONObject = [
            "eId": .string(place.eId), "wId": .string(provision.wId.text), "kind": .string(provision.kind.rawValue),
            "depth": .integer(Int64(place.depth)),
            "text": .array(provision.content.flatMap { $0.lines.map { .string($0.plain) } }),
        ]
        object["number"] = provision.number.map(JSON.string)
        object["heading"] = provision.heading.map { .string($0.plain) }
        if !provision.closing.isEmpty { object["closing"] = .array(provision.closing.flatMap { $0.lines.map { .string($0.plain) } }) }
        return .object(object)
    }
}

extension JSON {
    /// The same object with one member more.
    fileprivate func with(_ name: String, _ value: JSON) -> JSON {
        var object = object ?? JSONObject()
        object[name] = value
        return .object(object)
    }
}

extension HTTPField.Name {
    // A literal that satisfies the grammar of field names (RFC 9110, 5.1), so that it is never nil.
    fileprivate static let reprDigest = HTTPField.Name("Repr-Digest")!
}
