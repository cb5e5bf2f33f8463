"""Looks in a PDF for what PDF/A-2b (ISO 19005-2) asks for, with pyHanko's reader and lxml: `archive.py check FILE`, `archive.py present`.
`archive.py check FILE 3` looks for PDF/A-3b (ISO 19005-3), which differs in the files that may be embedded.

It is no validator: it looks at what this project's typesetting has to do with. Each rule is named by its clause.
"""

import io
import sys

try:
    from lxml import etree
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.reader import PdfFileReader
except ImportError:
    sys.exit(1)

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
DC = "{http://purl.org/dc/elements/1.1/}"
XMP = "{http://ns.adobe.com/xap/1.0/}"


def profile_faults(data):
    """What is wrong with an ICC profile (ISO 15076-1, 7.2 and 7.3), as far as its form goes."""
    if len(data) != int.from_bytes(data[:4], "big"):
        yield "6.2.3: the profile's length is not what it says"
    if data[8] not in (2, 4) or data[12:16] not in (b"mntr", b"prtr", b"scnr", b"spac") or data[16:20] != b"RGB " or data[36:40] != b"acsp":
        yield "6.2.3: the profile's header is none"
    count = int.from_bytes(data[128:132], "big")
    tags = {data[132 + 12 * i:136 + 12 * i]: (int.from_bytes(data[136 + 12 * i:140 + 12 * i], "big"),
                                              int.from_bytes(data[140 + 12 * i:144 + 12 * i], "big")) for i in range(count)}
    for name in [b"desc", b"cprt", b"wtpt", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"]:
        place, length = tags.get(name, (0, 0))
        if length == 0 or place % 4 or place + length > len(data):
            yield f"6.2.3: the profile's tag {name.decode()} is missing or out of place"
    # The three colours together make the white of the profile's own space, to the precision of its numbers.
    for axis, white in enumerate([0.9642, 1.0, 0.8249]):
        total = sum(int.from_bytes(data[tags[name][0] + 8 + 4 * axis:tags[name][0] + 12 + 4 * axis], "big", signed=True) / 65536
                    for name in [b"rXYZ", b"gXYZ", b"bXYZ"])
        if abs(total - white) > 0.0005:
            yield f"6.2.3: red, green and blue make {total:.4f} where white is {white}"


def objects(reader):
    """Every object of the file, each dictionary once."""
    seen, waiting = set(), [reader.trailer["/Root"], reader.trailer["/Info"]]
    while waiting:
        value = waiting.pop()
        if isinstance(value, generic.IndirectObject):
            if value.reference in seen:
                continue
            seen.add(value.reference)
            value = value.get_object()
        if isinstance(value, generic.DictionaryObject):
            yield value
            waiting += [value.raw_get(name) for name in value]
        elif isinstance(value, generic.ArrayObject):
            waiting += [value.raw_get(i) for i in range(len(value))]


def embedded_faults(root, specification):
    """What is wrong with an embedded file's description (ISO 19005-3, 6.8)."""
    if not {"/F", "/UF", "/EF", "/AFRelationship"} <= set(specification):
        yield "6.8: an embedded file is not described"
        return
    if not {specification["/EF"][name]["/Subtype"] for name in ("/F", "/UF")} or "/ModDate" not in specification["/EF"]["/F"]["/Params"]:
        yield "6.8: an embedded file has no type or no time"
    if specification["/UF"] not in [file.get_object()["/UF"] for file in root.get("/AF", [])]:
        yield "6.8: an embedded file belongs to nothing"


def faults(data, part="2"):
    reader = PdfFileReader(io.BytesIO(data), strict=True)
    if not data.startswith(b"%PDF-1.") or any(byte < 128 for byte in data[data.index(b"\n") + 2:data.index(b"\n") + 6]):
        yield "6.1.2: the header is none"
    if "/ID" not in reader.trailer or len(reader.trailer["/ID"]) != 2:
        yield "6.1.3: the trailer has no identifiers"
    if "/Encrypt" in reader.trailer:
        yield "6.1.3: the file is encrypted"
    root = reader.root
    # Metadata.
    metadata = root["/Metadata"]
    if metadata["/Type"] != "/Metadata" or metadata["/Subtype"] != "/XML" or "/Filter" in metadata:
        yield "6.6.2.1: the metadata are no plain XMP"
    tree = etree.fromstring(metadata.data)
    description = tree.find(f".//{RDF}Description")
    if (description.findtext(PDFAID + "part"), description.findtext(PDFAID + "conformance")) != (part, "B"):
        yield "6.6.4: part and level are not said"
    info = reader.trailer["/Info"]
    for name, found in [
        ("/Title", description.findtext(f"{DC}title/{RDF}Alt/{RDF}li")), ("/Author", description.findtext(f"{DC}creator/{RDF}Seq/{RDF}li")),
        ("/Subject", description.findtext(f"{DC}description/{RDF}Alt/{RDF}li")), ("/Creator", description.findtext(XMP + "CreatorTool")),
        ("/Producer", description.findtext("{http://ns.adobe.com/pdf/1.3/}Producer")),
    ]:
        if name in info and str(info[name]) != found:
            yield f"6.6.3: {name} is {info[name]!r} in the description and {found!r} in the metadata"
    digits = "".join(c for c in description.findtext(XMP + "CreateDate") if c.isdigit())
    if "".join(c for c in str(info["/CreationDate"]) if c.isdigit())[:14] != digits:
        yield "6.6.3: the time of making differs"
    # Colours.
    intents = [intent for intent in root.get("/OutputIntents", []) if intent["/S"] == "/GTS_PDFA1"]
    if len(intents) != 1 or intents[0]["/DestOutputProfile"]["/N"] != 3:
        yield "6.2.3: there is not one output intent with a profile of three colours"
    else:
        yield from profile_faults(intents[0]["/DestOutputProfile"].data)
    # Structure.
    if not root.get("/MarkInfo", {}).get("/Marked") or "/StructTreeRoot" not in root or "/Lang" not in root:
        yield "6.7: the document is not tagged, or in no language"
    links = 0
    for value in objects(reader):
        kind, sort = value.get("/Type"), value.get("/Subtype")
        if kind == "/Annot":
            links += sort == "/Link"
            flags = value.get("/F", 0)
            if not flags & 4 or flags & (1 | 2 | 32 | 256):
                yield f"6.3.2: an annotation {sort} is not printed"
            if sort not in ("/Link", "/Widget"):
                yield f"6.3.1: an annotation {sort}"
        if value.get("/S") in ("/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/JavaScript", "/Hide", "/SetOCGState"):
            yield f"6.5.1: an action {value['/S']}"
        if "/AA" in value or "/OCProperties" in value or "/JavaScript" in value or ("/EmbeddedFiles" in value and part == "2"):
            yield "6.5, 6.8, 6.9: actions by themselves, layers, scripts or files"
        if kind == "/Filespec":
            yield from embedded_faults(root, value)
        if sort == "/Image" and value.get("/Interpolate"):
            yield "6.2.8: a picture is interpolated"
        if "/TR" in value or "/HTP" in value:
            yield "6.2.5: a transfer function"
        for filtered in [value.get("/Filter", [])]:
            if "/LZWDecode" in (filtered if isinstance(filtered, list) else [filtered]) or "/Crypt" in (
                    filtered if isinstance(filtered, list) else [filtered]):
                yield "6.1.7: a filter that may not be"
        if "/F" in value and "/Length" in value:
            yield "6.1.7: a stream outside the file"
        if kind == "/FontDescriptor" and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(value):
            yield f"6.2.11.4: the font {value.get('/FontName')} is not in the file"
        if kind == "/Font" and sort == "/CIDFontType2" and "/CIDToGIDMap" not in value:
            yield "6.2.11.3: a font does not say which glyph is which"
        if kind == "/Font" and sort == "/Type0" and value["/Encoding"] not in ("/Identity-H", "/Identity-V"):
            yield "6.2.11.3: an encoding that is not in the file"
        if kind == "/Font" and sort not in ("/CIDFontType0", "/CIDFontType2") and "/ToUnicode" not in value and "/Encoding" not in value:
            yield "6.2.11.7: characters of a font are not said"
    print(f"{links} links")


def main():
    if sys.argv[1:] == ["present"]:
        return 0
    with open(sys.argv[2], "rb") as file:
        part = sys.argv[3] if len(sys.argv) > 3 else "2"
        found = list(faults(file.read(), part))
    print("\n".join(found) or f"PDF/A-{part}b: nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
