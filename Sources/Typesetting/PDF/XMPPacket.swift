import Foundation

/// What a PDF says of itself, for programs that keep it (ISO 16684-1, XMP; ISO 19005-2, 6.6.2): the same as its description, and that it
/// is meant to be PDF/A-2b.
struct XMPPacket {
    let document: PrintedDocument
    /// The program that wrote the file, as its description names it.
    let producer: String

    /// UTF-8, uncompressed, so that it can be read without reading the file.
    var bytes: [UInt8] {
        let created = document.created.formatted(.iso8601)
        var properties = [
            "<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>", "<dc:format>application/pdf</dc:format>",
            "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">\(Self.escaped(document.title))</rdf:li></rdf:Alt></dc:title>",
            "<dc:language><rdf:Bag><rdf:li>\(LanguageTag.clean(document.language))</rdf:li></rdf:Bag></dc:language>",
            "<xmp:CreateDate>\(created)</xmp:CreateDate>", "<xmp:ModifyDate>\(created)</xmp:ModifyDate>",
            "<pdf:Producer>\(Self.escaped(producer))</pdf:Producer>",
        ]
        if let author = document.author {
            properties.append("<dc:creator><rdf:Seq><rdf:li>\(Self.escaped(author))</rdf:li></rdf:Seq></dc:creator>")
        }
        if let subject = document.subject {
            properties.append(
                "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">\(Self.escaped(subject))</rdf:li></rdf:Alt></dc:description>")
        }
        if let creator = document.creator { properties.append("<xmp:CreatorTool>\(Self.escaped(creator))</xmp:CreatorTool>") }
        let packet = """
            <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/">
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" \
            xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
            \(properties.joined(separator: "\n"))
            </rdf:Description>
            </rdf:RDF>
            </x:xmpmeta>
            <?xpacket end="r"?>
            """
        return Array(packet.utf8)
    }

    /// Text of an element, of characters that XML has (XML 1.0, 2.2 and 2.4).
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in MarkedText.printable(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\t", "\n", "\r": result += " "
            default:
                guard scalar.value >= 0x20, scalar.value != 0xFFFE, scalar.value != 0xFFFF else { continue }
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
