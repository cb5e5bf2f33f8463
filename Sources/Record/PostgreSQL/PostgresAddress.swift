import CPostgres
import Foundation

/// Where a record in PostgreSQL is: an address as libpq takes it (PostgreSQL manual, "Connection URIs"), and a schema.
///
/// `postgres://user@host:5432/database`, several hosts by commas, any of libpq's parameters after `?`, and one of our own:
/// `schema`, which by default is `chancery`.
struct PostgresAddress: Sendable {
    /// What libpq is given. May hold a password: never to be shown.
    let text: String
    /// The same for people, without password or parameters.
    let shown: String
    /// The schema that the tables stand in.
    let schema: String
    /// The parameters that it sets.
    let names: Set<String>

    static func isOne(_ text: String) -> Bool {
        text.hasPrefix("postgres://") || text.hasPrefix("postgresql://")
    }

    /// - Throws: ``RecordError/badDatabase(reason:)``.
    init(_ address: String) throws {
        guard PostgresAddress.isOne(address), address.utf8.count <= 4096 else {
            throw RecordError.badDatabase(reason: "it does not begin with postgres:// or postgresql://, or is longer than 4096 bytes")
        }
        (text, schema) = try PostgresAddress.takingSchema(address)
        guard !schema.isEmpty, schema.utf8.count <= 50, schema.utf8.allSatisfy({ PostgresAddress.isPlain($0) }) else {
            throw RecordError.badDatabase(reason: "its schema is not 1 to 50 of the characters a-z, 0-9 and _")
        }
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &message) else {
            // The library's words may quote the address; the password is in it.
            if let message { PQfreemem(message) }
            throw RecordError.badDatabase(reason: "libpq cannot read it")
        }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option = option.advanced(by: 1)
        }
        names = Set(values.keys)
        let hosts = (values["host"] ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let ports = (values["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let places = hosts.enumerated().map { place, host in
            let port = ports.count == 1 ? ports[0] : place < ports.count ? ports[place] : ""
            return (host.isEmpty ? "local" : host) + (port.isEmpty ? "" : ":\(port)")
        }
        shown = "postgres://\(places.joined(separator: ","))/\(values["dbname"] ?? "")"
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || byte == UInt8(ascii: "_")
    }

    /// Takes our own parameter out of the address, which libpq would refuse.
    private static func takingSchema(_ address: String) throws -> (text: String, schema: String) {
        guard let mark = address.firstIndex(of: "?") else { return (address, "chancery") }
        var schema = "chancery"
        let kept = address[address.index(after: mark)...].split(separator: "&").filter { parameter in
            guard parameter.hasPrefix("schema=") else { return true }
            schema = String(parameter.dropFirst("schema=".count))
            return false
        }
        let query = kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
        return (String(address[..<mark]) + query, schema)
    }

    /// The schema's name in a statement.
    var quotedSchema: String { "\"\(schema)\"" }

    /// The name under which processes tell each other that the record has grown.
    var channel: String { "chancery_\(schema)" }
}
