@testable import Seals

/// A PDF as small programs write it: classic cross-references, two pages, one of them with a note.
enum SamplePDF {
    static func make(indirectAnnotations: Bool = false) -> [UInt8] {
        var bytes = Array("%PDF-1.5\n%\u{E2}\u{E3}\n".utf8)
        let text = "BT /F1 24 Tf 72 700 Td (Certified true copy) Tj ET"
        let annotations = indirectAnnotations ? "7 0 R" : "[]"
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R /Lang (en) >>",
            "<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 /MediaBox [0 0 595 842] >>",
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Annots \(annotations) /Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(text.utf8.count) >>\nstream\n\(text)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< /Type /Page /Parent 2 0 R /Resources << >> >>",
            "[]",
        ]
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(bytes.count)
            bytes += "\(index + 1) 0 obj\n\(object)\nendobj\n".utf8
        }
        let start = bytes.count
        bytes += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n".utf8
        for offset in offsets { bytes += "\(PDFUpdate.padded(offset, 10)) 00000 n \n".utf8 }
        bytes += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R /ID [<00112233> <00112233>] >>\nstartxref\n\(start)\n%%EOF\n".utf8
        return bytes
    }
}
