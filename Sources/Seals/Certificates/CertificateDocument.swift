public import Acts
import Foundation
import SwiftASN1
public import X509

/// A certificate of the folder as programs read it.
public enum CertificateDocument {
    /// Role, number, subject, issuer, first and last day, fingerprint (SHA-256, hexadecimal), and the certificate itself in PEM.
    public static func json(_ stored: SealFolder.Stored) throws -> JSON {
        let certificate = stored.certificate
        var object: JSONObject = [
            "number": .integer(Int64(stored.number)), "subject": .string("\(certificate.subject)"),
            "issuer": .string("\(certificate.issuer)"), "from": .string(certificate.firstDay.description),
            "until": .string(certificate.lastDay.description),
            "sha256": .string(try certificate.fingerprintText), "pem": .string(try certificate.pemText),
        ]
        switch stored.role {
        case .root: object["role"] = "root"
        case .timeStamping: object["role"] = "time-stamps"
        case .provenance: object["role"] = "provenance"
        case .office(let office):
            object["role"] = "office"
            object["office"] = .string(office)
        }
        return .object(object)
    }
}

extension Certificate {
    /// The first and the last day it is good for, in UTC.
    public var firstDay: CalendarDate { Moment(milliseconds: Int64(notValidBefore.timeIntervalSince1970 * 1000)).date }
    public var lastDay: CalendarDate { Moment(milliseconds: Int64(notValidAfter.timeIntervalSince1970 * 1000)).date }

    /// SHA-256 in hexadecimal, pairs divided by colons, as other programs show it.
    public var fingerprintText: String {
        get throws {
            let digits = Array("0123456789ABCDEF")
            return try fingerprint.map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined(separator: ":")
        }
    }

    /// The certificate in PEM, a line feed at its end.
    public var pemText: String {
        get throws { try serializeAsPEM().pemString + "\n" }
    }
}
