public import Foundation

/// The place of a C2PA manifest store in a PDF (C2PA 2.2, A.4): an embedded file that the catalogue names as `C2PA_Manifest`.
///
/// It is added as an incremental update, so that all that was there stays. ISO 19005-2 (PDF/A-2) lets no such file in, ISO 19005-3
/// (PDF/A-3) does: metadata that claim part 2 claim part 3 afterwards.
public struct PDFManifest: Sendable {
    /// What stands before the store's bytes, and what stands behind them.
    public let before: [UInt8]
    public let after: [UInt8]

    private static let relationship = "C2PA_Manifest"

    /// Makes room for a store.
    ///
    /// - Parameters:
    ///   - length: of the store, in bytes.
    ///   - moment: when the file was embedded, as it says of itself (ISO 19005-3, 6.8).
    /// - Throws: ``SealError`` where the PDF cannot be read, is sealed, or carries a store already.
    public init(length: Int, in pdf: [UInt8], at moment: Date) throws(SealError) {
        let file = try PDFFile(pdf)
        guard try PDFManifest.find(in: file) == nil else {
            throw SealError(.unsupported, "The PDF carries a manifest already.", mend: "Take the file as it was before.")
        }
        guard try file.signatureFields().allSatisfy({ $0.dictionary["V"] == nil }) else {
            throw SealError(
                .unsupported, "The PDF is sealed, and a manifest would be added after its seal.", mend: "Give the file without a seal.")
        }
        var update = PDFUpdate(of: file)
        let (stream, specification) = (update.reserve(), update.reserve())
        let dictionary: PDFDictionary = [
            "Type": .name("EmbeddedFile"), "Subtype": .name("application#2Fc2pa"),
            "Params": .dictionary(["Size": .integer(length), "ModDate": .literal(Array(PDFSealing.date(moment).utf8))]),
            "Length": .integer(length),
        ]
        update.set(stream, dictionary, stream: [UInt8](repeating: 0, count: length))
        let name = PDFValue.literal(Array("Content Credentials.c2pa".utf8))
        update.set(
            specification,
            [
                "Type": .name("Filespec"), "AFRelationship": .name(PDFManifest.relationship), "F": name, "UF": name,
                "Desc": .literal(Array("Content Credentials".utf8)),
                "EF": .dictionary(["F": .reference(number: stream, generation: 0), "UF": .reference(number: stream, generation: 0)]),
            ])
        let reference = PDFValue.reference(number: specification, generation: 0)
        var (catalogueNumber, catalogue) = try file.catalogue()
        catalogue["AF"] = .array((try file.resolve(catalogue["AF"]).array ?? []) + [reference])
        try PDFManifest.list(reference, under: name, in: &catalogue, of: file, &update)
        update.set(catalogueNumber, catalogue)
        try PDFManifest.claimPartThree(file, catalogue, &update)
        let (bytes, place) = update.written(locating: stream)
        // The dictionary is written as `set` wrote it; the store begins after "stream" and one end of line (ISO 32000-1, 7.3.8.1).
        var head: [UInt8] = []
        PDFValue.dictionary(dictionary).write(to: &head)
        let start = place + head.count + "\nstream\n".utf8.count
        before = Array(bytes[..<start])
        after = Array(bytes[(start + length)...])
    }

    /// The name tree of embedded files (ISO 32000-1, 7.7.4), where there is none yet; one that is there is left as it is.
    private static func list(
        _ reference: PDFValue, under name: PDFValue, in catalogue: inout PDFDictionary, of file: PDFFile, _ update: inout PDFUpdate
    ) throws(SealError) {
        var names = try file.resolve(catalogue["Names"]).dictionary ?? [:]
        guard names["EmbeddedFiles"] == nil else { return }
        names["EmbeddedFiles"] = .dictionary(["Names": .array([name, reference])])
        if case .reference(let number, _)? = catalogue["Names"] {
            update.set(number, names)
        } else {
            catalogue["Names"] = .dictionary(names)
        }
    }

    /// Metadata that claim PDF/A-2 claim PDF/A-3 from now on: nothing else differs between the two that this file could break.
    private static func claimPartThree(_ file: PDFFile, _ catalogue: PDFDictionary, _ update: inout PDFUpdate) throws(SealError) {
        guard case .reference(let number, _)? = catalogue["Metadata"], let (dictionary, range) = try file.stream(number),
            dictionary["Filter"] == nil
        else { return }
        var packet = Array(file.bytes[range])
        let claim = Array("<pdfaid:part>2</pdfaid:part>".utf8)
        guard let place = packet.firstRange(of: claim) else { return }
        packet.replaceSubrange(place, with: Array("<pdfaid:part>3</pdfaid:part>".utf8))
        update.set(number, dictionary, stream: packet)
    }

    /// Where a PDF's manifest store stands in it; `nil` where it has none.
    ///
    /// - Throws: ``SealError`` where the PDF cannot be read.
    public static func find(in pdf: [UInt8]) throws(SealError) -> Range<Int>? {
        try find(in: try PDFFile(pdf))
    }

    private static func find(in file: PDFFile) throws(SealError) -> Range<Int>? {
        var found: Range<Int>?
        for value in (try file.resolve(try file.catalogue().dictionary["AF"]).array ?? []).prefix(1_000) {
            guard let specification = try file.resolve(value).dictionary, specification["AFRelationship"]?.name == relationship else {
                continue
            }
            guard found == nil else {
                throw SealError(.malformed, "The PDF names two manifests.", mend: "Take the file as it was published.")
            }
            guard case .reference(let number, _)? = try file.resolve(specification["EF"]).dictionary?["F"],
                let (dictionary, range) = try file.stream(number), dictionary["Filter"] == nil
            else {
                throw SealError(.malformed, "The PDF's manifest is not where it says.", mend: "Take the file as it was published.")
            }
            found = range
        }
        return found
    }
}

extension PDFFile {
    /// A stream's dictionary, and where its bytes stand in the file; `nil` where the object is none (ISO 32000-1, 7.3.8).
    func stream(_ number: Int) throws(SealError) -> (dictionary: PDFDictionary, range: Range<Int>)? {
        guard let start = try body(of: number) else { return nil }
        var parser = PDFParser(bytes, at: start)
        guard let dictionary = try parser.value().dictionary else { return nil }
        parser.skipSpace()
        guard parser.take("stream") else { return nil }
        var place = parser.offset
        if place < bytes.count, bytes[place] == 0x0D { place += 1 }
        if place < bytes.count, bytes[place] == 0x0A { place += 1 }
        guard let length = try resolve(dictionary["Length"]).integer, length >= 0, length <= bytes.count - place else {
            throw PDFParser.malformed("stream \(number) is longer than the file", at: place)
        }
        var end = PDFParser(bytes, at: place + length)
        end.skipSpace()
        guard end.take("endstream") else { throw PDFParser.malformed("stream \(number) does not end where it says", at: place + length) }
        return (dictionary, place..<(place + length))
    }
}
