public import Foundation
import X509

/// Seals a PDF: PAdES baseline B-T (ETSI EN 319 142-1, 6) as an incremental update.
public struct PDFSealing: Sendable {
    let identity: SealIdentity
    let timeStamps: TimeStampAuthority?

    /// - Parameter timeStamps: `nil` gives baseline B-B, without a trusted time.
    public init(by identity: SealIdentity, timeStamps: TimeStampAuthority?) {
        self.identity = identity
        self.timeStamps = timeStamps
    }

    /// The PDF with a seal at its end; its bytes so far stay as they are.
    ///
    /// - Throws: ``SealError`` where it is not a PDF, or one of a sort that is not read.
    public func seal(_ pdf: [UInt8], as seal: PDFSeal, at moment: Date) throws -> [UInt8] {
        let file = try PDFFile(pdf)
        var update = PDFUpdate(of: file)
        let signature = update.reserve()
        let field = update.reserve()
        try addField(field, signature: signature, seal, to: &update)

        let capacity = try self.capacity
        let (body, range, contents) = try dictionary(of: seal, at: moment, capacity: capacity)
        update.set(signature, bytes: body)
        var (bytes, place) = update.written(locating: signature)

        let gap = (place + contents)..<(place + contents + 2 * capacity + 2)
        let spelled = Array("[0 \(gap.lowerBound) \(gap.upperBound) \(bytes.count - gap.upperBound)]".utf8)
        bytes.replaceSubrange((place + range)..<(place + range + spelled.count), with: spelled)

        let digest = identity.suite.digest.hash(of: [bytes[..<gap.lowerBound], bytes[gap.upperBound...]])
        let message = try DetachedSignature(by: identity).make(
            digest: digest, signingTime: nil,
            timeStamp: timeStamps.map { authority in { try authority.token(over: $0, at: moment) } })
        guard message.count <= capacity else {
            throw SealError(.failed, "The signature is longer than the room kept for it.", mend: "Use a shorter chain of certificates.")
        }
        let digits = PDFValue.hexadecimalDigits(message)
        bytes.replaceSubrange((gap.lowerBound + 1)..<(gap.lowerBound + 1 + digits.count), with: digits)
        return bytes
    }

    /// Characters kept for the byte range: four numbers of ten digits at most, and what stands between them.
    private static let rangeWidth = 45

    /// Bytes kept for the signature: both chains, twice the names in them, and the rest with room.
    private var capacity: Int {
        get throws {
            let chains = identity.chain + (timeStamps?.identity.chain ?? [])
            return try chains.reduce(6_144) { try $0 + $1.derBytes.count * 2 }
        }
    }

    /// The signature's dictionary, and where in it the byte range and the contents begin.
    private func dictionary(of seal: PDFSeal, at moment: Date, capacity: Int) throws -> (body: [UInt8], range: Int, contents: Int) {
        var body = Array("<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange ".utf8)
        let range = body.count
        body += [UInt8](repeating: 0x20, count: PDFSealing.rangeWidth) + Array(" /Contents ".utf8)
        let contents = body.count
        body.append(0x3C)
        body += [UInt8](repeating: 0x30, count: 2 * capacity)
        body += [0x3E]
        body += Array(" /M (\(PDFSealing.date(moment))) /Name ".utf8)
        PDFValue.text(seal.name).write(to: &body)
        for (name, text) in [("Reason", seal.reason), ("Location", seal.location)] {
            guard let text else { continue }
            body += Array(" /\(name) ".utf8)
            PDFValue.text(text).write(to: &body)
        }
        if let certification = seal.certification {
            body += Array(
                " /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P \(certification.rawValue) /V /1.2 >> >>]"
                    .utf8)
        }
        body += Array(" >>".utf8)
        return (body, range, contents)
    }

    /// The form field that holds the signature, which is its own annotation on a page.
    private func addField(_ number: Int, signature: Int, _ seal: PDFSeal, to update: inout PDFUpdate) throws {
        let file = update.file
        var (catalogueNumber, catalogue) = try file.catalogue()
        let existing = try file.signatureFields()
        let isFirst = existing.allSatisfy { $0.dictionary["V"] == nil }
        guard seal.certification == nil || isFirst else {
            throw SealError(
                .unsupported, "Only the first signature of a document may certify it.",
                mend: "Seal it without certifying, or seal a fresh copy.")
        }
        if !isFirst, try forbidsChanges(file) {
            throw SealError(
                .unsupported, "The document is certified as final: another seal would break the one it has.", mend: "Seal a fresh copy.")
        }
        var field: PDFDictionary = [
            "Type": .name("Annot"), "Subtype": .name("Widget"), "FT": .name("Sig"),
            "T": .literal(Array("Seal\(existing.count + 1)".utf8)), "V": .reference(number: signature, generation: 0), "F": .integer(132),
        ]
        let placement = seal.placement
        let (pageNumber, page) = try file.page(placement?.page ?? 0)
        field["P"] = .reference(number: pageNumber, generation: file.generation(of: pageNumber))
        if let placement {
            guard placement.size > 0, placement.size <= 1_000, placement.left.isFinite, placement.bottom.isFinite,
                abs(placement.left) <= 20_000, abs(placement.bottom) <= 20_000
            else {
                throw SealError(.malformed, "The seal's place is not on any page.", mend: "Give it in points, at most 1000 wide.")
            }
            let size = Int(placement.size.rounded(.up))
            let (left, bottom) = (Int(placement.left), Int(placement.bottom))
            field["Rect"] = .array([.integer(left), .integer(bottom), .integer(left + size), .integer(bottom + size)])
            let appearance = update.reserve()
            update.set(
                appearance,
                [
                    "Type": .name("XObject"), "Subtype": .name("Form"),
                    "BBox": .array([.integer(0), .integer(0), .integer(size), .integer(size)]), "Resources": .dictionary([:]),
                ], stream: PDFSeal.drawing(size: Double(size)))
            field["AP"] = .dictionary(["N": .reference(number: appearance, generation: 0)])
        } else {
            field["Rect"] = .array([.integer(0), .integer(0), .integer(0), .integer(0)])
        }
        update.set(number, field)
        let reference = PDFValue.reference(number: number, generation: 0)
        try append(reference, to: "Annots", of: page, number: pageNumber, in: &update)

        // The form: in the catalogue, or an object of its own.
        let formNumber: Int?
        if case .reference(let number, _)? = catalogue["AcroForm"] { formNumber = number } else { formNumber = nil }
        var form = try file.resolve(catalogue["AcroForm"]).dictionary ?? [:]
        // 3: there are signatures, and the file is to be changed by appending only (ISO 32000-1, 12.7.2).
        form["SigFlags"] = .integer(3)
        if case .reference(let list, _)? = form["Fields"] {
            update.set(list, .array((try file.object(list).array ?? []) + [reference]))
        } else {
            form["Fields"] = .array((form["Fields"]?.array ?? []) + [reference])
        }
        if let formNumber {
            update.set(formNumber, form)
        } else {
            catalogue["AcroForm"] = .dictionary(form)
        }
        if seal.certification != nil {
            var permissions = try file.resolve(catalogue["Perms"]).dictionary ?? [:]
            permissions["DocMDP"] = .reference(number: signature, generation: 0)
            catalogue["Perms"] = .dictionary(permissions)
        }
        update.set(catalogueNumber, catalogue)
    }

    /// Whether the document's certification allows no further signature.
    private func forbidsChanges(_ file: PDFFile) throws -> Bool {
        guard let permissions = try file.resolve(try file.catalogue().dictionary["Perms"]).dictionary,
            let signature = try file.resolve(permissions["DocMDP"]).dictionary,
            let reference = try file.resolve(try file.resolve(signature["Reference"]).array?.first).dictionary
        else { return false }
        return try file.resolve(reference["TransformParams"]).dictionary?["P"]?.integer == 1
    }

    private func append(
        _ value: PDFValue, to name: String, of dictionary: PDFDictionary, number: Int, in update: inout PDFUpdate
    ) throws {
        if case .reference(let list, _)? = dictionary[name] {
            update.set(list, .array((try update.file.object(list).array ?? []) + [value]))
            return
        }
        var dictionary = dictionary
        dictionary[name] = .array((dictionary[name]?.array ?? []) + [value])
        update.set(number, dictionary)
    }

    /// D:YYYYMMDDhhmmssZ (ISO 32000-1, 7.9.4).
    static func date(_ moment: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: moment)
        let rest = [parts.month, parts.day, parts.hour, parts.minute, parts.second].map { PDFUpdate.padded($0 ?? 0, 2) }.joined()
        return "D:\(PDFUpdate.padded(parts.year ?? 1970, 4))\(rest)Z"
    }
}
