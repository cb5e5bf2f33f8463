public import Acts
public import Foundation
public import X509

/// Checks the seals of a PDF: that each covers the bytes it says, is its signer's, and leads to a root that is trusted.
public struct PDFVerification: Sendable {
    /// What was found about one seal.
    public struct Finding: Hashable, Sendable {
        /// The form field's name.
        public var field: String
        /// The signer's common name; `nil` where the signature cannot be read.
        public var signer: String?
        /// SHA-256 of the signer's certificate.
        public var fingerprint: [UInt8]?
        /// When a trusted authority says that the seal was there.
        public var timeStamped: Moment?
        /// The time-stamp authority's common name.
        public var authority: String?
        /// Whether it covers the whole file; otherwise up to ``end``, and what follows was added later.
        public var coversWholeFile: Bool
        /// The last byte covered, from the file's beginning.
        public var end: Int
        /// What is wrong; empty: it holds.
        public var faults: [String]

        public var holds: Bool { faults.isEmpty }
    }

    private let path: CertificatePath

    /// - Parameter roots: those that are trusted, for seals and time-stamps alike.
    public init(roots: [Certificate]) {
        path = CertificatePath(roots: roots)
    }

    /// Whether a document stands: it has seals, all hold, and one of them covers all of it.
    public static func stands(_ findings: [Finding]) -> Bool {
        !findings.isEmpty && findings.allSatisfy(\.holds) && findings.contains(where: \.coversWholeFile)
    }

    /// - Parameter now: for seals without a time-stamp, when their certificates must be good.
    /// - Throws: ``SealError`` where the file cannot be read as a PDF.
    public func check(_ pdf: [UInt8], now: Date) async throws -> [Finding] {
        let file = try PDFFile(pdf)
        var findings: [Finding] = []
        for field in try file.signatureFields() {
            guard case .reference(let number, _)? = field.dictionary["V"] else {
                guard field.dictionary["V"] != nil else { continue }
                throw PDFParser.malformed("a signature is not an object of its own", at: file.crossReference)
            }
            guard let signature = try file.object(number).dictionary else { continue }
            guard findings.count < 64 else {
                throw SealError(.unsupported, "The PDF has more than 64 signatures.", mend: "Check it with another program.")
            }
            findings.append(await check(signature, in: pdf, field: PDFVerification.text(field.dictionary["T"]), now: now))
        }
        return findings
    }

    private func check(_ signature: PDFDictionary, in pdf: [UInt8], field: String, now: Date) async -> Finding {
        var finding = Finding(field: field, coversWholeFile: false, end: 0, faults: [])
        do {
            let (gap, end, contents) = try PDFVerification.extent(of: signature, in: pdf)
            finding.end = end
            finding.coversWholeFile = PDFVerification.isEnd(end, of: pdf)
            let message = try SignedMessage(contents)
            finding.signer = message.signer.subjectName
            finding.fingerprint = try message.signer.fingerprint
            guard message.contentType == SealIdentifiers.data, message.content == nil else {
                throw DERReader.malformed(SignedMessage.name, "is not over the document")
            }
            try message.check(contentDigest: message.digest.hash(of: [pdf[..<gap.lowerBound], pdf[gap.upperBound..<end]]))
            var moment = now
            if let token = message.timeStamp {
                let stamp = try TimeStampToken(token)
                finding.authority = stamp.authority.subjectName
                try await stamp.check(over: message.signature, path: path)
                finding.timeStamped = stamp.moment
                moment = Date(timeIntervalSince1970: Double(stamp.moment.milliseconds) / 1000)
            }
            _ = try await path.check(message.signer, others: message.certificates, purpose: .sealing, at: moment)
        } catch let error as SealError {
            finding.faults.append(error.reason)
        } catch {
            finding.faults.append("The signature cannot be read: \(error).")
        }
        return finding
    }

    /// The gap that the signature itself fills, where what it covers ends, and the signature.
    ///
    /// The byte range must leave out exactly the contents and nothing else, or something unsigned could be shown (ISO 32000-2, 12.8.1).
    private static func extent(
        of signature: PDFDictionary, in pdf: [UInt8]
    ) throws(SealError) -> (gap: Range<Int>, end: Int, contents: [UInt8]) {
        guard let subFilter = signature["SubFilter"]?.name, subFilter == "ETSI.CAdES.detached" || subFilter == "adbe.pkcs7.detached" else {
            throw SealError(
                .unsupported, "The signature is of another sort than ETSI.CAdES.detached.", mend: "Check it with another program.")
        }
        guard case .hexadecimal(let digits, let place)? = signature["Contents"], let padded = PDFValue.bytes(hexadecimal: digits) else {
            throw PDFParser.malformed("the signature is not hexadecimal", at: 0)
        }
        let gap = place..<(place + digits.count + 2)
        let numbers = signature["ByteRange"]?.array?.map(\.integer) ?? []
        guard numbers.count == 4, numbers[0] == 0, numbers[1] == gap.lowerBound, numbers[2] == gap.upperBound, let rest = numbers[3],
            rest > 0, rest <= pdf.count - gap.upperBound
        else {
            throw SealError(
                .untrusted, "The byte range does not cover everything but the signature itself.",
                mend: "Get the document again from where it was published.")
        }
        return (gap, gap.upperBound + rest, try unpadded(padded))
    }

    /// The DER value at the beginning; what follows must be zeros.
    private static func unpadded(_ bytes: [UInt8]) throws(SealError) -> [UInt8] {
        guard bytes.count >= 2, bytes[0] == 0x30 else { throw DERReader.malformed(SignedMessage.name, "is not DER") }
        var length = Int(bytes[1])
        var header = 2
        if length >= 0x80 {
            let count = length & 0x7F
            guard (1...4).contains(count), bytes.count >= 2 + count else { throw DERReader.malformed(SignedMessage.name, "is not DER") }
            length = bytes[2..<(2 + count)].reduce(0) { $0 << 8 | Int($1) }
            header += count
        }
        guard length <= bytes.count - header, bytes[(header + length)...].allSatisfy({ $0 == 0 }) else {
            throw DERReader.malformed(SignedMessage.name, "is not DER")
        }
        return Array(bytes[..<(header + length)])
    }

    /// Whether nothing but an end of line follows.
    private static func isEnd(_ end: Int, of pdf: [UInt8]) -> Bool {
        pdf.count - end <= 2 && pdf[end...].allSatisfy { $0 == 0x0A || $0 == 0x0D }
    }

    private static func text(_ value: PDFValue?) -> String {
        let bytes: [UInt8]
        switch value {
        case .literal(let raw): bytes = raw
        case .hexadecimal(let digits, _): bytes = PDFValue.bytes(hexadecimal: digits) ?? []
        default: return "?"
        }
        if bytes.starts(with: [0xFE, 0xFF]) {
            let units = stride(from: 2, to: bytes.count - 1, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
            return String(decoding: units, as: UTF16.self)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
