import Acts
import Crypto
import Foundation

/// The hidden `request` field of a form: `IDENTIFIER.TIME.CODE`. The identifier is random and makes the form good once; the code
/// binds it to the visitor's session and to the time it was made.
enum FormToken {
    /// A form may lie open this long.
    static let lifetime: Int64 = 12 * 3600 * 1000

    static func make(session: Session?, now: Moment, key: SymmetricKey) -> String {
        let body = "\(RandomIdentifier.make()).\(now.milliseconds)"
        return "\(body).\(code(of: body, session: session, key: key))"
    }

    /// The identifier of a good token.
    static func check(_ token: String, session: Session?, now: Moment, key: SymmetricKey) -> String? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 22, let made = Int64(parts[1]),
            (0...lifetime).contains(now.milliseconds - made),
            let given = Base64.decodeFromAddress(String(parts[2]))
        else { return nil }
        let body = "\(parts[0]).\(parts[1])"
        guard HMAC<SHA256>.isValidAuthenticationCode(given, authenticating: message(body, session), using: key) else { return nil }
        return String(parts[0])
    }

    private static func code(of body: String, session: Session?, key: SymmetricKey) -> String {
        Base64.encodeForAddress(Array(HMAC<SHA256>.authenticationCode(for: message(body, session), using: key)))
    }

    private static func message(_ body: String, _ session: Session?) -> Data {
        Data("form\n\(session?.id ?? "-")\n\(body)".utf8)
    }
}

/// 16 random bytes, base64 for addresses.
enum RandomIdentifier {
    static func make() -> String { Base64.encodeForAddress(bytes(16)) }

    static func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

extension House {
    /// A fresh value for a form's hidden `request` field.
    public func formToken(_ visit: Visit) -> String {
        FormToken.make(session: visit.session, now: now(), key: keys.form)
    }

    func checkFormToken(_ token: String, _ visit: Visit) throws(Refusal) -> String {
        guard let identifier = FormToken.check(token, session: visit.session, now: now(), key: keys.form) else {
            throw Refusal(
                .forbidden, code: "request.form-token", "This form is not from this session, or it lay open too long.",
                mend: "Open the page again and fill the form in anew.")
        }
        return identifier
    }
}
