/// A form of a page, as a browser would send it back: where to, and its fields with the values that the page gave them.
///
/// Reads the pages of Chancery's own nodes, which are well formed; of anything else it takes what it understands.
struct PageForm: Hashable, Sendable {
    /// A field's name with one of its values.
    struct Field: Hashable, Sendable {
        let name: String
        var value: String
    }

    /// The form tag's attributes: `action`, `method`, `data-test`.
    let attributes: [String: String]
    /// Those that a browser would send (HTML, 4.10.21.4): no unchecked box, no button.
    var fields: [Field] = []
    /// The names of everything that can be filled in, sent or not.
    var names: Set<String> = []

    var action: String { attributes["action"] ?? "" }

    /// The value of the first field of that name.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The fields with some replaced: every field of a name that is given is dropped for the values given.
    func filled(_ values: [(String, String)]) -> [Field] {
        let given = Set(values.map(\.0))
        return fields.filter { !given.contains($0.name) } + values.map { Field(name: $0.0, value: $0.1) }
    }

    /// The forms of a page, in order. Looks at four million bytes at the most.
    static func all(in page: String) -> [PageForm] {
        var reader = Reader(Array(page.utf8.prefix(4 << 20)))
        return reader.forms()
    }

    /// The text with its character references resolved: the five of XML and the numeric ones.
    static func resolved(_ text: String) -> String {
        guard text.contains("&") else { return text }
        var result = ""
        var rest = text[...]
        while let mark = rest.firstIndex(of: "&") {
            result += rest[..<mark]
            rest = rest[mark...]
            guard let end = rest.prefix(12).firstIndex(of: ";"), let character = character(rest[rest.index(after: mark)..<end]) else {
                result.append("&")
                rest = rest.dropFirst()
                continue
            }
            result.append(character)
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func character(_ name: Substring) -> Character? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#") else { return nil }
            let digits = name.dropFirst()
            let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
            let value = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return value.flatMap(Unicode.Scalar.init).map(Character.init)
        }
    }
}

extension PageForm {
    /// Walks over a page's tags.
    private struct Reader {
        private let bytes: [UInt8]
        private var place = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        private struct Tag {
            let name: String
            let attributes: [String: String]
        }

        mutating func forms() -> [PageForm] {
            var forms: [PageForm] = []
            var isInside = false
            /// The select that is open, and whether one of its options was chosen.
            var select: (name: String, isChosen: Bool)?
            while let tag = nextTag() {
                switch tag.name {
                case "form":
                    forms.append(PageForm(attributes: tag.attributes))
                    isInside = true
                case "/form": isInside = false
                case "select":
                    select = tag.attributes["name"].map { ($0, false) }
                    if isInside, let name = select?.name { forms[forms.count - 1].names.insert(name) }
                case "/select": select = nil
                case "option":
                    guard isInside, let open = select else { break }
                    // The first option stands until one is marked.
                    let value = tag.attributes["value"] ?? ""
                    if tag.attributes["selected"] != nil {
                        if open.isChosen, let last = forms[forms.count - 1].fields.lastIndex(where: { $0.name == open.name }) {
                            forms[forms.count - 1].fields[last].value = value
                        } else {
                            forms[forms.count - 1].fields.append(Field(name: open.name, value: value))
                        }
                        select?.isChosen = true
                    } else if !open.isChosen {
                        forms[forms.count - 1].fields.append(Field(name: open.name, value: value))
                        select?.isChosen = true
                    }
                case "textarea":
                    guard isInside, let name = tag.attributes["name"] else { break }
                    forms[forms.count - 1].names.insert(name)
                    forms[forms.count - 1].fields.append(Field(name: name, value: PageForm.resolved(text())))
                case "input":
                    guard isInside, let name = tag.attributes["name"] else { break }
                    forms[forms.count - 1].names.insert(name)
                    switch tag.attributes["type"] ?? "text" {
                    case "checkbox", "radio":
                        guard tag.attributes["checked"] != nil else { break }
                        forms[forms.count - 1].fields.append(Field(name: name, value: tag.attributes["value"] ?? "on"))
                    case "submit", "button", "image", "file", "reset": break
                    default: forms[forms.count - 1].fields.append(Field(name: name, value: tag.attributes["value"] ?? ""))
                    }
                default: break
                }
            }
            return forms
        }

        /// What stands before the next tag.
        private func text() -> String {
            let end = bytes[place...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.endIndex
            // From behind the tag's own bracket.
            var text = String(decoding: bytes[min(place + 1, end)..<end], as: UTF8.self)
            // A line break right after the tag is not part of the value (HTML, 13.2.6.4.7).
            if text.hasPrefix("\n") { text.removeFirst() }
            return text
        }

        private mutating func nextTag() -> Tag? {
            while let start = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
                place = start + 1
                var name = ""
                while place < bytes.count, isNamed(bytes[place]) || (name.isEmpty && bytes[place] == UInt8(ascii: "/")) {
                    name.append(Character(Unicode.Scalar(bytes[place])))
                    place += 1
                }
                guard !name.isEmpty else { continue }
                return Tag(name: name.lowercased(), attributes: attributes())
            }
            place = bytes.count
            return nil
        }

        private mutating func attributes() -> [String: String] {
            var found: [String: String] = [:]
            while place < bytes.count, bytes[place] != UInt8(ascii: ">") {
                guard isNamed(bytes[place]) else {
                    place += 1
                    continue
                }
                let start = place
                while place < bytes.count, isNamed(bytes[place]) { place += 1 }
                let name = String(decoding: bytes[start..<place], as: UTF8.self)
                guard place + 1 < bytes.count, bytes[place] == UInt8(ascii: "=") else {
                    found[name] = ""
                    continue
                }
                place += 1
                let quote = bytes[place]
                guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { continue }
                let end = bytes[(place + 1)...].firstIndex(of: quote) ?? bytes.endIndex
                found[name] = PageForm.resolved(String(decoding: bytes[(place + 1)..<end], as: UTF8.self))
                place = min(end + 1, bytes.endIndex)
            }
            return found
        }

        private func isNamed(_ byte: UInt8) -> Bool {
            byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
    }
}
