import Configuration
import Foundation
import Mail
import Treaties

/// What the depositary's part is told: how notifications speak, to whom they go, and by which mail server.
extension NodeConfiguration {
    /// `depositary.formula.en`, `depositary.name.fr` and their like replace the standard's.
    static func depositary(_ reader: ConfigReader) -> DepositarySettings {
        var settings = DepositarySettings.standard
        func read(_ name: String, into texts: inout [String: String]) {
            for language in DocumentLanguage.allCases {
                if let text = reader.string(forKey: ConfigKey(["depositary", name, language.rawValue])) { texts[language.rawValue] = text }
            }
        }
        read("formula", into: &settings.formula)
        read("name", into: &settings.name)
        read("attention", into: &settings.attention)
        read("seat", into: &settings.seat)
        read("signatory", into: &settings.signatory)
        settings.circle = reader.stringArray(forKey: "depositary.circle", default: settings.circle)
        settings.correctionDays = max(1, reader.int(forKey: "depositary.correctionDays", default: settings.correctionDays))
        return settings
    }

    /// `nil` where no mail server is named: then nothing is sent.
    static func mail(_ reader: ConfigReader) throws(Problem) -> SMTPSettings? {
        guard let host = reader.string(forKey: "mail.host") else { return nil }
        let securityText = reader.string(forKey: "mail.security", default: "starttls")
        guard let security = SMTPSettings.Security(rawValue: securityText) else {
            throw Problem(description: "'\(securityText)' is no way to secure mail. Give starttls, tls or none.")
        }
        let port = reader.int(forKey: "mail.port", default: security == .tls ? 465 : 587)
        guard (1...65_535).contains(port) else {
            throw Problem(description: "\(port) is not a port of a mail server. Give one from 1 to 65535.")
        }
        guard let sender = Mailbox(reader.string(forKey: "mail.sender") ?? "") else {
            throw Problem(description: "mail.sender is missing or is no address. Give NAME <ADDRESS>, or an address.")
        }
        var settings = SMTPSettings(
            host: host, port: port, security: security, sender: sender,
            trustedCertificates: reader.string(forKey: "mail.trustedCertificates"),
            timeout: max(5, reader.int(forKey: "mail.timeout", default: 120)))
        if let user = reader.string(forKey: "mail.user") {
            guard let file = reader.string(forKey: "mail.passwordFile"), let text = try? String(contentsOfFile: file, encoding: .utf8)
            else {
                throw Problem(
                    description: "mail.passwordFile is missing or cannot be read. Name a file that holds the password of \(user).")
            }
            settings.credentials = .init(user: user, password: text.trimmingCharacters(in: .newlines))
        }
        return settings
    }
}
