import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// One connection to a node, over which one question follows another, without a library in between.
final class BareClient {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let descriptor: CInt
    private let port: Int
    private var buffer: [UInt8] = []

    init(port: Int) throws {
        self.port = port
        #if canImport(Darwin)
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard connected == 0 else { throw Failure(description: "Nobody listens at 127.0.0.1:\(port).") }
        var yes: CInt = 1
        setsockopt(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<CInt>.size))
    }

    deinit { close(descriptor) }

    /// Sends a request and reads the answer whole.
    ///
    /// - Parameters:
    ///   - fields: beside the host and the length.
    ///   - status: what the answer must be.
    /// - Throws: ``Failure`` for any other status.
    @discardableResult
    func post(_ path: String, _ body: [UInt8], fields: [(name: String, value: String)] = [], status: Int = 200) throws -> [UInt8] {
        let lines = fields.map { "\($0.name): \($0.value)\r\n" }.joined()
        let head = "POST \(path) HTTP/1.1\r\nHost: localhost:\(port)\r\nContent-Length: \(body.count)\r\n\(lines)\r\n"
        let request = Array(head.utf8) + body
        var sent = 0
        while sent < request.count {
            let count = request.withUnsafeBytes { send(descriptor, $0.baseAddress?.advanced(by: sent), request.count - sent, 0) }
            guard count > 0 else { throw Failure(description: "The node hung up.") }
            sent += count
        }
        let end = Array("\r\n\r\n".utf8)
        var place = 0
        while true {
            if let found = find(end, from: place) {
                place = found + end.count
                break
            }
            place = max(0, buffer.count - 3)
            try receive()
        }
        let fields = String(decoding: buffer[..<place], as: UTF8.self).lowercased().components(separatedBy: "\r\n")
        let field = fields.first { $0.hasPrefix("content-length:") }
        guard let length = field.flatMap({ Int($0.dropFirst(15).drop(while: { $0 == " " })) }) else {
            throw Failure(description: "The node's answer has no length.")
        }
        while buffer.count < place + length { try receive() }
        let answer = Array(buffer[place..<(place + length)])
        buffer.removeFirst(place + length)
        guard fields.first?.hasPrefix("http/1.1 \(status)") == true else {
            throw Failure(
                description: "The node answered \(fields.first ?? ""): \(String(decoding: answer.prefix(200), as: UTF8.self))")
        }
        return answer
    }

    private func find(_ mark: [UInt8], from start: Int) -> Int? {
        guard buffer.count >= mark.count, start <= buffer.count - mark.count else { return nil }
        return (start...(buffer.count - mark.count)).first { buffer[$0..<($0 + mark.count)].elementsEqual(mark) }
    }

    private func receive() throws {
        var piece = [UInt8](repeating: 0, count: 16_384)
        let count = recv(descriptor, &piece, piece.count, 0)
        guard count > 0 else { throw Failure(description: "The node hung up.") }
        buffer += piece.prefix(count)
    }
}
