import Acts
import Foundation
import TestSupport
import Testing
import X509

@testable import Seals

/// Sealed PDFs (PAdES baseline B-T): poppler with NSS and pyHanko find them valid and trusted; so do we, and we find what is not.
@Suite("Sealed PDF")
struct PDFSealTests {
    static func office(_ folder: borrowing SealFolderFixture) throws -> SealingOffice {
        try SealingOffice(dataFolder: folder.path, node: "Treaty Section")
    }

    static let visible = PDFSeal(
        name: "Dépositaire (Genève)", reason: "Certified true copy", location: "Geneva", placement: .init(page: 1, left: 400, bottom: 60))

    static let seals: [PDFSeal] = [
        PDFSeal(name: "Depositary"), visible, PDFSeal(name: "Depositary", certification: .final),
        PDFSeal(name: "Depositary", placement: .init(page: 0, left: 72, bottom: 72), certification: .signaturesAllowed),
    ]

    @Test("pyHanko: valid, trusted, the whole file, with a trusted time-stamp", arguments: seals.indices)
    func pyHankoValidates(index: Int) throws {
        let folder = try SealFolderFixture()
        let office = try Self.office(folder)
        let pdf = try office.seal(pdf: SamplePDF.make(indirectAnnotations: index == 1), as: Self.seals[index], by: "depositary")
        let file = try folder.write("sealed.pdf", pdf)
        guard let answer = try Outside.python("pdf", file, try folder.write("root.pem", try office.root.pemText)) else { return }
        #expect(answer.status == 0, "\(answer.output)")
        let finding = try JSONParser.parse(answer.output.split(separator: "\n").last.map(String.init) ?? "")
        for name in ["bottomLine", "intact", "valid", "trusted", "stampValid", "stampTrusted"] {
            #expect(finding[name]?.bool == true, "\(name): \(answer.output)")
        }
        #expect(finding["coverage"]?.string?.hasSuffix("ENTIRE_FILE") == true, "\(answer.output)")
    }

    @Test("pdfsig: the signature is valid, and the certificate trusted once the root is imported")
    func pdfsigValidates() throws {
        if try Outside.isMissing("pdfsig") || Outside.isMissing("certutil") { return }
        let folder = try SealFolderFixture()
        let office = try Self.office(folder)
        let root = try folder.write("root.pem", try office.root.pemText)
        let database = folder.file("nss")
        try FileManager.default.createDirectory(atPath: database, withIntermediateDirectories: true)
        #expect(try Outside.run("certutil", "-d", database, "-N", "--empty-password").status == 0)
        #expect(try Outside.run("certutil", "-d", database, "-A", "-n", "root", "-t", "C,C,C", "-i", root).status == 0)
        for seal in Self.seals {
            let file = try folder.write("sealed.pdf", try office.seal(pdf: SamplePDF.make(), as: seal, by: "depositary"))
            let answer = try Outside.run("pdfsig", "-nssdir", database, file)
            #expect(answer.output.contains("Signature is Valid"), "\(answer.output)")
            #expect(answer.output.contains("Certificate is Trusted"), "\(answer.output)")
            #expect(answer.output.contains("ETSI.CAdES.detached"), "\(answer.output)")
            #expect(answer.output.contains("Total document signed"), "\(answer.output)")
        }
    }

    @Test("A PDF that cairo wrote is sealed, and its pages stay as they were")
    func cairosPDF() async throws {
        if try Outside.isMissing("pdftocairo") || Outside.isMissing("pdftotext") { return }
        let folder = try SealFolderFixture()
        let office = try Self.office(folder)
        let plain = try folder.write("plain.pdf", SamplePDF.make())
        #expect(try Outside.run("pdftocairo", "-pdf", plain, folder.file("cairo.pdf")).status == 0)
        let cairo = try folder.read("cairo.pdf")
        let sealed = try office.seal(pdf: cairo, as: Self.visible, by: "depositary")
        #expect(sealed.starts(with: cairo))
        let file = try folder.write("sealed.pdf", sealed)
        // Between the letters cairo placed, poppler guesses at spaces.
        #expect(try Outside.run("pdftotext", file, "-").output.filter { !$0.isWhitespace }.contains("Certifiedtruecopy"))
        #expect(PDFVerification.stands(try await PDFVerification(roots: [office.root]).check(sealed, now: Date())))
    }

    @Test("Each further seal covers all before it; every one stands, and only the last covers the whole file")
    func sealsOneAfterAnother() async throws {
        let folder = try SealFolderFixture()
        let office = try Self.office(folder)
        var pdf = SamplePDF.make()
        for index in 0..<3 {
            pdf = try office.seal(
                pdf: pdf, as: PDFSeal(name: "Office", placement: .init(page: 0, left: 80 * Double(index), bottom: 40)),
                by: "office-\(index)")
        }
        let findings = try await PDFVerification(roots: [office.root]).check(pdf, now: Date())
        #expect(findings.map(\.field) == ["Seal1", "Seal2", "Seal3"])
        #expect(findings.map(\.coversWholeFile) == [false, false, true])
        #expect(PDFVerification.stands(findings), "\(findings)")
        let file = try folder.write("sealed.pdf", pdf)
        guard let answer = try Outside.python("pdf", file, try folder.write("root.pem", try office.root.pemText)) else { return }
        let lines = try answer.output.split(separator: "\n").map { try JSONParser.parse(String($0)) }
        #expect(lines.count == 3 && lines.allSatisfy { $0["bottomLine"]?.bool == true }, "\(answer.output)")
    }

    @Test("What was certified as final takes no further seal, and nothing is certified after the first")
    func certificationIsKept() throws {
        let folder = try SealFolderFixture()
        let office = try Self.office(folder)
        let final = try office.seal(pdf: SamplePDF.make(), as: PDFSeal(name: "A", certification: .final), by: "a")
        #expect(throws: SealError.self) { try office.seal(pdf: final, as: PDFSeal(name: "B"), by: "b") }
        let open = try office.seal(pdf: SamplePDF.make(), as: PDFSeal(name: "A", certification: .signaturesAllowed), by: "a")
        #expect(throws: SealError.self) { try office.seal(pdf: open, as: PDFSeal(name: "B", certification: .final), by: "b") }
        _ = try office.seal(pdf: open, as: PDFSeal(name: "B"), by: "b")
    }

    @Test("One changed byte anywhere and the document stands no more")
    func everyByteCounts() async throws {
        let folder = try SealFolderFixture()
        let office = try Self.office(folder)
        let pdf = try office.seal(pdf: SamplePDF.make(), as: PDFSeal(name: "Depositary"), by: "depositary")
        let verification = PDFVerification(roots: [office.root])
        #expect(PDFVerification.stands(try await verification.check(pdf, now: Date())))
        var generator = SeededGenerator.fresh()
        let text = String(decoding: pdf, as: UTF8.self)
        let range = try #require(text.range(of: "/Contents <"))
        let contents = text.utf8.distance(from: text.startIndex, to: range.upperBound)
        let end = try #require(pdf[contents...].firstIndex(of: 0x3E))
        var places = (0..<60).map { _ in Int.random(in: 0..<pdf.count, using: &generator) }
        places += [0, 5, contents - 1, pdf.count - 2]
        for place in places {
            var changed = pdf
            changed[place] ^= 0x01
            let findings = (try? await verification.check(changed, now: Date())) ?? []
            if PDFVerification.stands(findings) {
                // The only bytes not covered are the signature's own: its digits and what pads them.
                #expect((contents..<end).contains(place), "byte \(place), seed \(generator.seed)")
            }
        }
        let longer = try await verification.check(pdf + Array("\n% more\n".utf8), now: Date())
        #expect(!PDFVerification.stands(longer) && longer.allSatisfy(\.holds))
    }

    @Test("A byte range that leaves out more than the signature is refused")
    func widerGap() async throws {
        let folder = try SealFolderFixture()
        let office = try Self.office(folder)
        let pdf = try office.seal(pdf: SamplePDF.make(), as: PDFSeal(name: "Depositary"), by: "depositary")
        let mark = Array("/ByteRange [0 ".utf8)
        let place = try #require((0..<pdf.count).first { pdf[$0...].starts(with: mark) })
        var changed = pdf
        let end = try #require(changed[(place + mark.count)...].firstIndex(of: 0x20))
        changed[end - 1] = changed[end - 1] == 0x30 ? 0x31 : changed[end - 1] - 1
        let findings = try await PDFVerification(roots: [office.root]).check(changed, now: Date())
        #expect(findings.first?.faults.contains { $0.contains("byte range") } == true, "\(findings)")
    }

    @Test("Another's root finds the seal untrusted")
    func otherRoot() async throws {
        let folder = try SealFolderFixture()
        let stranger = try SealFolderFixture()
        let pdf = try Self.office(folder).seal(pdf: SamplePDF.make(), as: PDFSeal(name: "Depositary"), by: "depositary")
        let findings = try await PDFVerification(roots: [try Self.office(stranger).root]).check(pdf, now: Date())
        #expect(findings.count == 1 && !PDFVerification.stands(findings))
    }

    @Test(
        "What is no PDF, or one of a sort that is not read, is refused in words",
        arguments: [
            "", "%PDF-1.5\n", "%PDF-1.5\nstartxref\n99999\n%%EOF\n", "%PDF-1.5\n1 0 obj\n<< /Type /XRef >>\nstartxref\n9\n%%EOF\n",
            "%PDF-1.5\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Root 1 0 R /Encrypt 2 0 R >>\nstartxref\n9\n%%EOF\n",
            "%PDF-1.5\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF\n",
            "%PDF-1.5\nxref\n0 900000000\ntrailer\n<< >>\nstartxref\n9\n%%EOF\n",
        ])
    func refusesOthers(text: String) throws {
        let folder = try SealFolderFixture()
        let office = try Self.office(folder)
        #expect(throws: SealError.self) { try office.seal(pdf: Array(text.utf8), as: PDFSeal(name: "A"), by: "a") }
    }

    @Test("A damaged PDF is read or refused, never a crash, and what is sealed can be verified")
    func damagedInput() async throws {
        let folder = try SealFolderFixture()
        let office = try Self.office(folder)
        let plain = SamplePDF.make()
        let sealed = try office.seal(pdf: plain, as: Self.visible, by: "depositary")
        let verification = PDFVerification(roots: [office.root])
        var generator = SeededGenerator.fresh()
        for _ in 0..<120 {
            if let pdf = try? office.seal(pdf: generator.damaged(plain), as: PDFSeal(name: "A"), by: "a") {
                let findings = try? await verification.check(pdf, now: Date())
                #expect(findings == nil || findings?.last?.holds == true, "seed \(generator.seed)")
            }
            _ = try? await verification.check(generator.damaged(sealed), now: Date())
        }
    }
}
