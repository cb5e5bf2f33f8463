import Acts
import Foundation
import Outbound

/// What asks other nodes.
typealias NodeClient = GuardedClient

extension GuardedClient {
    /// Sends a message that the node's key signs (RFC 9421).
    func post(
        _ address: String, _ body: [UInt8], as contentType: String, signedBy signer: (node: NodeName, key: NodeKey), upTo longest: Int
    ) async throws -> Answer {
        guard let url = URLComponents(string: address), let host = url.host else { throw Failure.badAddress(address) }
        let authority = url.port.map { "\(host):\($0)" } ?? host
        let request = MessageSignature.Request(
            method: "POST", authority: authority, path: url.percentEncodedPath,
            query: url.percentEncodedQuery.map { "?\($0)" } ?? "", fields: ["content-type": contentType])
        let nonce = Base64.encode((0..<18).map { _ in UInt8.random(in: 0...255) })
        let fields = try MessageSignature.fields(
            signing: request, body: body, as: signer.node, with: signer.key, at: now(), nonce: nonce)
        return try await post(address, body, as: contentType, fields: fields, upTo: longest)
    }
}
