import Acts
import AsyncHTTPClient
import Dispatch
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Asks other nodes, within bounds: no redirects, no private addresses unless configured, a limit to what is read and for how long.
final class NodeClient: Sendable {
    struct Answer: Sendable {
        let status: Int
        let contentType: String
        let body: [UInt8]
        /// From the request's start to the end of its answer.
        let duration: Duration
    }

    /// Why there is no answer.
    enum Failure: Error, Hashable, CustomStringConvertible {
        case badAddress(String)
        case notSecure(String)
        case unknownHost(String)
        case privateAddress(host: String, address: String)
        case redirected(String, status: Int)
        case tooLong(String, limit: Int)
        case tooSlow(String)
        case unreachable(String, reason: String)

        var description: String {
            switch self {
            case .badAddress(let text): "'\(text.prefix(200))' is not the address of a node."
            case .notSecure(let host): "\(host) is not reached by https, and plain http is only for private networks that were allowed."
            case .unknownHost(let host): "The name \(host) is not known to the domain name system."
            case .privateAddress(let host, let address):
                "\(host) stands for \(address), which is not an address of the public internet; nothing is sent there."
            case .redirected(let host, let status): "\(host) answered with a redirect (\(status)), which is not followed."
            case .tooLong(let host, let limit): "\(host) answered with more than \(limit) bytes."
            case .tooSlow(let host): "\(host) did not answer in time."
            case .unreachable(let host, let reason): "\(host) cannot be reached: \(reason)."
            }
        }

        /// For refusals: what kind it is.
        var code: String {
            switch self {
            case .badAddress: "node.address"
            case .notSecure: "node.not-secure"
            case .unknownHost: "node.unknown-host"
            case .privateAddress: "node.private-address"
            case .redirected: "node.redirected"
            case .tooLong: "node.too-long"
            case .tooSlow: "node.too-slow"
            case .unreachable: "node.unreachable"
            }
        }
    }

    private let allowsPrivateAddresses: Bool
    /// The longest time for one question, its answer included.
    private let limit: Duration
    private let clients = Mutex<[String: HTTPClient]>([:])
    private let resolving = DispatchQueue(label: "chancery.names", attributes: .concurrent)
    private let now: @Sendable () -> Moment

    init(allowsPrivateAddresses: Bool, limit: Duration = .seconds(20), now: @escaping @Sendable () -> Moment) {
        self.allowsPrivateAddresses = allowsPrivateAddresses
        self.limit = limit
        self.now = now
    }

    func get(_ address: String, accepting: String = "application/json", upTo longest: Int) async throws -> Answer {
        try await ask("GET", address, fields: [("accept", accepting)], body: nil, upTo: longest)
    }

    /// - Parameters:
    ///   - key: signs the message (RFC 9421); `nil`: it goes unsigned.
    func post(
        _ address: String, _ body: [UInt8], as contentType: String, signedBy signer: (node: NodeName, key: NodeKey)? = nil,
        upTo longest: Int
    ) async throws -> Answer {
        var fields = [("content-type", contentType), ("accept", "application/json, text/plain;q=0.5")]
        if let signer {
            guard let url = URLComponents(string: address), let host = url.host else { throw Failure.badAddress(address) }
            let authority = url.port.map { "\(host):\($0)" } ?? host
            let request = MessageSignature.Request(
                method: "POST", authority: authority, path: url.percentEncodedPath,
                query: url.percentEncodedQuery.map { "?\($0)" } ?? "", fields: ["content-type": contentType])
            let nonce = Base64.encode((0..<18).map { _ in UInt8.random(in: 0...255) })
            for (name, value) in try MessageSignature.fields(
                signing: request, body: body, as: signer.node, with: signer.key, at: now(), nonce: nonce)
            {
                fields.append((name, value))
            }
        }
        return try await ask("POST", address, fields: fields, body: body, upTo: longest)
    }

    /// Lets go of all connections.
    func close() async {
        let open = clients.withLock { clients in
            defer { clients = [:] }
            return Array(clients.values)
        }
        for client in open { try? await client.shutdown() }
    }

    private func ask(
        _ method: String, _ address: String, fields: [(String, String)], body: [UInt8]?, upTo longest: Int
    ) async throws -> Answer {
        guard let url = URLComponents(string: address), let host = url.host, !host.isEmpty, url.user == nil, url.password == nil,
            url.scheme == "https" || url.scheme == "http"
        else { throw Failure.badAddress(address) }
        guard url.scheme == "https" || allowsPrivateAddresses else { throw Failure.notSecure(host) }
        let client = try await client(for: host)
        let clock = ContinuousClock()
        let started = clock.now
        var request = HTTPClientRequest(url: address)
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in fields { request.headers.add(name: name, value: value) }
        request.headers.add(name: "user-agent", value: "Chancery")
        if let body { request.body = .bytes(body) }
        let prepared = request
        return try await withThrowingTaskGroup(of: Answer.self) { group in
            group.addTask {
                do {
                    let response = try await client.execute(prepared, timeout: .nanoseconds(Int64(self.limit / .nanoseconds(1))))
                    guard !(300..<400).contains(response.status.code) || response.status == .notModified else {
                        throw Failure.redirected(host, status: Int(response.status.code))
                    }
                    var bytes: [UInt8] = []
                    for try await part in response.body {
                        guard bytes.count + part.readableBytes <= longest else { throw Failure.tooLong(host, limit: longest) }
                        bytes += part.readableBytesView
                    }
                    return Answer(
                        status: Int(response.status.code), contentType: response.headers.first(name: "content-type") ?? "",
                        body: bytes, duration: clock.now - started)
                } catch let failure as Failure {
                    throw failure
                } catch let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout || error == .connectTimeout {
                    throw Failure.tooSlow(host)
                } catch is CancellationError {
                    throw Failure.tooSlow(host)
                } catch {
                    throw Failure.unreachable(host, reason: String("\(error)".prefix(200)))
                }
            }
            group.addTask {
                try await Task.sleep(for: self.limit)
                throw Failure.tooSlow(host)
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw Failure.tooSlow(host) }
            return answer
        }
    }

    /// A client that goes to the address that was looked at, whatever the name stands for a moment later.
    private func client(for host: String) async throws -> HTTPClient {
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let addresses = try await resolve(bare)
        guard let first = addresses.first else { throw Failure.unknownHost(host) }
        if !allowsPrivateAddresses {
            for address in addresses where !AddressGuard.isPublic(address.bytes) {
                throw Failure.privateAddress(host: host, address: address.text)
            }
        }
        return clients.withLock { clients in
            let key = "\(host) \(first.text)"
            if let client = clients[key] { return client }
            var configuration = HTTPClient.Configuration(
                redirectConfiguration: .disallow,
                timeout: .init(connect: .nanoseconds(Int64(limit / .nanoseconds(4))), read: .nanoseconds(Int64(limit / .nanoseconds(1)))))
            configuration.dnsOverride = [host: first.text]
            configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 8
            configuration.httpVersion = .http1Only
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            clients[key] = client
            return client
        }
    }

    private func resolve(_ host: String) async throws -> [(bytes: [UInt8], text: String)] {
        await withCheckedContinuation { continuation in
            resolving.async {
                var hints = addrinfo()
                hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
                hints.ai_family = AF_UNSPEC
                var list: UnsafeMutablePointer<addrinfo>?
                guard getaddrinfo(host, nil, &hints, &list) == 0 else { return continuation.resume(returning: []) }
                defer { freeaddrinfo(list) }
                var found: [(bytes: [UInt8], text: String)] = []
                var next = list
                while let info = next {
                    if let address = NodeClient.address(info.pointee) { found.append(address) }
                    next = info.pointee.ai_next
                }
                // IPv4 first: a node that listens on one family of its loopback listens on that one.
                continuation.resume(returning: found.sorted { $0.bytes.count < $1.bytes.count })
            }
        }
    }

    private static func address(_ info: addrinfo) -> (bytes: [UInt8], text: String)? {
        guard let pointer = info.ai_addr else { return nil }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        switch info.ai_family {
        case AF_INET:
            return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                var raw = address.pointee.sin_addr
                guard inet_ntop(AF_INET, &raw, &text, socklen_t(text.count)) != nil else { return nil }
                return (withUnsafeBytes(of: raw) { Array($0) }, String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self))
            }
        case AF_INET6:
            return pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                var raw = address.pointee.sin6_addr
                guard inet_ntop(AF_INET6, &raw, &text, socklen_t(text.count)) != nil else { return nil }
                return (withUnsafeBytes(of: raw) { Array($0) }, String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self))
            }
        default: return nil
        }
    }
}
