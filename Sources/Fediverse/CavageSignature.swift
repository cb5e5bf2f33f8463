public import Acts
import Crypto

/// The signatures that all of the fediverse knows: draft-cavage-http-signatures-12, with RSA and SHA-256.
public struct CavageSignature: Hashable, Sendable {
    /// How far a request's date may lie before the reader's clock, and after it, in milliseconds.
    public static let oldest: Int64 = 3_600_000
    public static let youngest: Int64 = 300_000

    public let keyID: String
    public let algorithm: String?
    /// Names of what is signed, in order and in small letters.
    public let covered: [String]
    /// POSIX seconds.
    public let created: Int64?
    public let expires: Int64?
    public let signature: [UInt8]

    // MARK: Signing

    /// The fields that a signed request carries beside its own: `date`, `digest` where there is a body, and `signature`.
    public static func fields(
        signing request: SignedRequest, with key: RequestKey, at now: Moment
    ) throws -> [(name: String, value: String)] {
        let date = HTTPDate.text(now)
        var covered = ["(request-target)", "host", "date"]
        var fields: [(name: String, value: String)] = [("date", date)]
        var text = "(request-target): \(request.method.lowercased()) \(request.target)\nhost: \(request.authority)\ndate: \(date)"
        if request.method == "POST" {
            let digest = "SHA-256=" + Base64.encode(SHA256.hash(data: request.body))
            covered.append("digest")
            fields.append(("digest", digest))
            text += "\ndigest: \(digest)"
        }
        let signature = Base64.encode(try key.sign(text))
        fields.append(
            (
                "signature",
                "keyId=\"\(key.id)\",algorithm=\"rsa-sha256\",headers=\"\(covered.joined(separator: " "))\",signature=\"\(signature)\""
            ))
        return fields
    }

    // MARK: Reading

    /// Reads the field `Signature`: at most 4 KiB, each parameter once.
    public init(field: String) throws(SignatureFailure) {
        guard field.utf8.count <= 4_096 else { throw .malformed("its field is too long") }
        let parameters = try CavageSignature.parameters(Array(field.utf8))
        guard let keyID = parameters["keyid"], !keyID.isEmpty, keyID.utf8.count <= 2_048 else { throw .malformed("it names no key") }
        guard let signature = parameters["signature"].flatMap({ Base64.decode($0) }), !signature.isEmpty else {
            throw .malformed("it is not base64")
        }
        self.keyID = keyID
        self.signature = signature
        algorithm = parameters["algorithm"]
        // Where it is not said what is signed, it is the date alone (2.1.6), which is too little here.
        covered = (parameters["headers"] ?? "date").lowercased().split(separator: " ").map(String.init)
        guard covered.count <= 32, Set(covered).count == covered.count else { throw .malformed("it covers too much, or a field twice") }
        created = try CavageSignature.seconds(parameters["created"])
        expires = try CavageSignature.seconds(parameters["expires"])
    }

    private static func seconds(_ text: String?) throws(SignatureFailure) -> Int64? {
        guard let text else { return nil }
        guard let whole = text.split(separator: ".", omittingEmptySubsequences: false).first, let seconds = Int64(whole),
            (0...253_402_300_799).contains(seconds)
        else { throw .malformed("a time is no number of seconds") }
        return seconds
    }

    /// `name="value"` or `name=number`, with commas between them.
    private static func parameters(_ bytes: [UInt8]) throws(SignatureFailure) -> [String: String] {
        var found: [String: String] = [:]
        var at = 0
        func isName(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || byte == 0x2D }
        while true {
            while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
            let start = at
            while at < bytes.count, isName(bytes[at]) { at += 1 }
            let name = String(decoding: bytes[start..<at], as: UTF8.self).lowercased()
            guard !name.isEmpty, at < bytes.count, bytes[at] == 0x3D, found[name] == nil, found.count < 16 else {
                throw .malformed("it is not a list of names with values")
            }
            at += 1
            let value: ArraySlice<UInt8>
            if at < bytes.count, bytes[at] == 0x22 {
                guard let end = bytes[(at + 1)...].firstIndex(of: 0x22) else { throw .malformed("a value does not end") }
                value = bytes[(at + 1)..<end]
                at = end + 1
            } else {
                let end = bytes[at...].firstIndex { !((0x30...0x39).contains($0) || $0 == 0x2E) } ?? bytes.count
                guard end > at else { throw .malformed("a value is neither text nor number") }
                value = bytes[at..<end]
                at = end
            }
            guard value.allSatisfy({ (0x20...0x7E).contains($0) }) else { throw .malformed("a value has a character that it may not have") }
            found[name] = String(decoding: value, as: UTF8.self)
            while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x09 { at += 1 }
            guard at < bytes.count else { return found }
            guard bytes[at] == 0x2C else { throw .malformed("there is more after a value") }
            at += 1
        }
    }

    // MARK: Checking

    /// Checks everything that needs no key: what is covered, the digest, the host, the time.
    public func check(_ request: SignedRequest, at now: Moment) throws(SignatureFailure) {
        if let algorithm, !["rsa-sha256", "hs2019"].contains(algorithm.lowercased()) { throw .unknownAlgorithm(algorithm) }
        for name in ["(request-target)", "host"] where !covered.contains(name) { throw .notCovered(name) }
        guard covered.contains("date") || covered.contains("(created)") else { throw .notCovered("date") }
        if request.method == "POST" {
            guard let digest = request.fields["digest"] else { throw .noDigest }
            guard covered.contains("digest") else { throw .notCovered("digest") }
            guard CavageSignature.isDigest(digest, of: request.body) else { throw .wrongDigest }
        }
        guard let host = request.fields["host"], host.lowercased() == request.authority else {
            throw .otherHost(request.fields["host"] ?? "")
        }
        var times: [Int64] = []
        if covered.contains("date") {
            guard let date = request.fields["date"].flatMap(HTTPDate.moment) else { throw .malformed("its date is not one of HTTP") }
            times.append(date.milliseconds)
        }
        if covered.contains("(created)") {
            guard let created else { throw .missingField("(created)") }
            times.append(created * 1000)
        }
        for time in times {
            let age = now.milliseconds - time
            guard age <= CavageSignature.oldest else { throw .tooOld(seconds: age / 1000) }
            guard age >= -CavageSignature.youngest else { throw .fromTheFuture(seconds: -age / 1000) }
        }
        if let expires, now.milliseconds > expires * 1000 { throw .tooOld(seconds: now.milliseconds / 1000 - expires) }
    }

    /// Checks the signature itself, with the query in what is signed and then without it.
    public func verify(_ request: SignedRequest, with key: RemoteKey) throws(SignatureFailure) {
        if try key.isValid(signature, of: try text(of: request)) { return }
        if !request.query.isEmpty, try key.isValid(signature, of: try text(of: request.withoutQuery)) { return }
        throw .wrongSignature
    }

    /// What is signed (2.3).
    private func text(of request: SignedRequest) throws(SignatureFailure) -> String {
        var lines: [String] = []
        for name in covered {
            let value: String?
            switch name {
            case "(request-target)": value = "\(request.method.lowercased()) \(request.target)"
            case "(created)": value = created.map(String.init)
            case "(expires)": value = expires.map(String.init)
            default: value = request.fields[name]
            }
            guard let value else { throw .missingField(name) }
            lines.append("\(name): \(value)")
        }
        return lines.joined(separator: "\n")
    }

    /// Whether the field `Digest` (RFC 3230) has one SHA-256, in whatever case its name is, and it is that of the bytes.
    static func isDigest(_ field: String, of body: [UInt8]) -> Bool {
        guard field.utf8.count <= 1_024 else { return false }
        let members = field.split(separator: ",").map { $0.drop { $0 == " " } }
        let ours = members.filter { $0.lowercased().hasPrefix("sha-256=") }
        guard ours.count == 1, let member = ours.first else { return false }
        return Base64.decode(String(member.dropFirst(8))).map { $0 == Array(SHA256.hash(data: body)) } ?? false
    }
}
