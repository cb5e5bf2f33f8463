import Crypto
import Foundation
import Logging
import Record
import ServiceLifecycle

import class Record.Record

/// The private keys of secret ballots, kept for as long as papers are signed: when the box is opened the key is destroyed. They are no
/// part of the record; with a key that is lost a ballot is held anew.
///
/// One process keeps each in a file; several processes of one record keep them in its database, sealed, so that each can sign.
struct BallotKeys: Sendable {
    private enum Place: Sendable {
        case folder(BallotKeyFolder)
        case shared(SharedBallotKeys)
    }

    private let place: Place

    init(folder: BallotKeyFolder) { place = .folder(folder) }

    init(shared: SharedBallotKeys) { place = .shared(shared) }

    /// A new key, kept before anybody sees its public half.
    func make() async throws -> BallotKey {
        switch place {
        case .folder(let folder): try folder.make()
        case .shared(let shared): try await shared.make()
        }
    }

    /// The private half of a key by its public one; `nil` where it is not kept here, or not any more.
    func key(_ published: String) async throws -> BallotKey? {
        switch place {
        case .folder(let folder): folder.key(published)
        case .shared(let shared): try await shared.key(published)
        }
    }

    /// Destroys a key that nobody needs any more. Where the database does not answer, ``sweep(needed:before:)`` does it later.
    func destroy(_ published: String) async {
        switch place {
        case .folder(let folder): folder.destroy(published)
        case .shared(let shared): try? await shared.destroy(published)
        }
    }

    /// Destroys the keys that no ballot needs, such as one whose decision was refused, or whose box was opened by another process.
    ///
    /// - Parameters:
    ///   - needed: the public halves of those that ballots still sign with.
    ///   - before: younger keys stay: their decisions may be about to be entered.
    /// - Returns: how many were destroyed.
    @discardableResult
    func sweep(needed: [String], before: Date) async throws -> Int {
        switch place {
        case .folder(let folder): folder.sweep(needed: needed, before: before)
        case .shared(let shared): try await shared.sweep(needed: needed, before: before)
        }
    }

    /// SHA-256 of the public half, in hexadecimal.
    static func name(_ published: String) -> String {
        SHA256.hash(data: Data(published.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

/// Destroys keys of secret ballots that nobody needs any more, at start and once a minute.
struct BallotKeyWatch: Service {
    let record: Record
    let keys: BallotKeys
    let logger: Logger

    private static let interval = Duration.seconds(60)
    /// Seconds that a key may lie before its decision is entered.
    private static let grace: TimeInterval = 600

    func run() async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            do {
                let needed = try await record.read { try BallotQueries(database: $0).neededKeys() }
                try await keys.sweep(needed: needed, before: Date(timeIntervalSinceNow: -Self.grace))
            } catch is CancellationError {
                return
            } catch {
                logger.error("keys of ballots could not be looked through", metadata: ["error": .string("\(error)")])
            }
            do {
                try await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.interval) }
            } catch {
                return
            }
        }
    }
}
