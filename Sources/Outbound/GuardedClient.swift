public import Acts
import AsyncHTTPClient
import Dispatch
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Asks other servers, within bounds: no redirects, no private addresses unless configured, a limit to what is read and for how long.
public final class GuardedClient: Sendable {
    public struct Answer: Sendable {
        public let status: Int
        public let contentType: String
        /// When to ask again, in seconds, where the answer says so (RFC 9110, 10.2.3); dates are passed over.
        public let retryAfter: Int?
        /// By what the answer can be asked for again only where it changed (RFC 9110, 8.8).
        public let entityTag: String?
        public let lastModified: String?
        public let body: [UInt8]
        /// From the request's start to the end of its answer.
        public let duration: Duration
    }

    /// Why there is no answer.
    public enum Failure: Error, Hashable, CustomStringConvertible {
        case badAddress(String)
        case notSecure(String)
        case unknownHost(String)
        case privateAddress(host: String, address: String)
        case redirected(String, status: Int)
        case tooLong(String, limit: Int)
        case tooSlow(String)
        case unreachable(String, reason: String)

        public var description: String {
            switch self {
            case .badAddress(let text): "'\(text.prefix(200))' is not the address of a server."
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
        public var code: String {
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
    /// Names that were looked up a moment ago, with when that was; what is connected to is the address, so that nothing is asked twice.
    private let looked = Mutex<[String: (addresses: [(bytes: [UInt8], text: String)], at: ContinuousClock.Instant)]>([:])
    private static let lookedFor = Duration.seconds(30)
    private static let looksAtMost = 10_000
    /// How many connections one server is given at a time.
    private let connections: Int
    /// This node's clock, for who signs what is sent.
    public let now: @Sendable () -> Moment

    /// - Parameters:
    ///   - allowsPrivateAddresses: whether servers at private and loopback addresses, and without TLS, may be asked.
    ///   - limit: the longest time for one question, its answer included.
    ///   - connections: how many connections one server is given at a time.
    public init(allowsPrivateAddresses: Bool, limit: Duration = .seconds(20), connections: Int = 8, now: @escaping @Sendable () -> Moment) {
        self.allowsPrivateAddresses = allowsPrivateAddresses
        self.connections = connections
        self.limit = limit
        self.now = now
    }

    public func get(
        _ address: String, accepting: String = "application/json", fields: [(name: String, value: String)] = [], upTo longest: Int
    ) async throws -> Answer {
        try await ask("GET", address, fields: [("accept", accepting)] + fields, body: nil, upTo: longest)
    }

    /// - Parameter fields: beside the content's type: signatures, for example.
    public func post(
        _ address: String, _ body: [UInt8], as contentType: String, accepting: String = "application/json, text/plain;q=0.5",
        fields: [(name: String, value: String)] = [], upTo longest: Int
    ) async throws -> Answer {
        try await ask("POST", address, fields: [("content-type", contentType), ("accept", accepting)] + fields, body: body, upTo: longest)
    }

    /// Lets go of all connections.
    public func close() async {
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
                        retryAfter: response.headers.first(name: "retry-after").flatMap { Int($0) }.map { min(max($0, 0), 86_400) },
                        entityTag: response.headers.first(name: "etag").flatMap { $0.utf8.count <= 256 ? $0 : nil },
                        lastModified: response.headers.first(name: "last-modified").flatMap { $0.utf8.count <= 64 ? $0 : nil },
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
        let addresses = await lookedUp(bare)
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
            configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
            configuration.httpVersion = .http1Only
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            clients[key] = client
            return client
        }
    }

    private func lookedUp(_ host: String) async -> [(bytes: [UInt8], text: String)] {
        let now = ContinuousClock().now
        if let known = looked.withLock({ $0[host] }), now - known.at < GuardedClient.lookedFor { return known.addresses }
        let addresses = await resolve(host)
        looked.withLock { looked in
            if looked.count >= GuardedClient.looksAtMost { looked = [:] }
            looked[host] = addresses.isEmpty ? nil : (addresses, now)
        }
        return addresses
    }

    private func resolve(_ host: String) async -> [(bytes: [UInt8], text: String)] {
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
                    if let address = GuardedClient.address(info.pointee) { found.append(address) }
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
