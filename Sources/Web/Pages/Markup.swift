public import Mustache

/// A piece of HTML that is safe to put into a page: whatever is text in it was escaped when it came in.
///
/// In templates it goes into three braces, `{{{seal}}}`; two would escape it once more.
public struct Markup: Hashable, Sendable, MustacheCustomRenderable {
    public private(set) var html: String

    public init() {
        html = ""
    }

    /// Text, escaped for element content and quoted attribute values alike.
    public init(text: some StringProtocol) {
        html = ""
        append(text: text)
    }

    /// HTML written out in the program itself, never from outside: a `StaticString` cannot hold input.
    public init(_ literal: StaticString) {
        html = literal.description
    }

    /// HTML that a template made, which escapes by itself.
    init(rendered: String) {
        html = rendered
    }

    /// The same as a person's own, which stays out of what is compressed (``PersonalGzip``): for what a page shows of a delegation's
    /// confidential matters beside words that others chose.
    public var apart: Markup { html.isEmpty ? self : Markup(rendered: PersonalGzip.open + html + PersonalGzip.close) }

    public var isEmpty: Bool { html.isEmpty }

    /// The same with its links to entries of the own record leading to pages of another's.
    func leadingRecordLinks(to address: String) -> Markup {
        var markup = self
        markup.html = html.replacing("href=\"/record/acts/", with: "href=\"\(address)/")
        return markup
    }

    // Mustache asks these of whatever it prints.
    public var renderText: String { html }
    public var isNull: Bool { html.isEmpty }

    public mutating func append(_ literal: StaticString) {
        literal.withUTF8Buffer { html += String(decoding: $0, as: UTF8.self) }
    }

    public mutating func append(_ markup: Markup) {
        html += markup.html
    }

    public mutating func append(text: some StringProtocol) {
        html.reserveCapacity(html.utf8.count + text.utf8.count)
        var clean = text.startIndex
        var index = text.startIndex
        let bytes = text.utf8
        while index < bytes.endIndex {
            let escape: String? =
                switch bytes[index] {
                case 0x26: "&amp;"
                case 0x3C: "&lt;"
                case 0x3E: "&gt;"
                case 0x22: "&quot;"
                case 0x27: "&#39;"
                default: nil
                }
            let next = bytes.index(after: index)
            if let escape {
                html += text[clean..<index]
                html += escape
                clean = next
            }
            index = next
        }
        html += text[clean...]
    }

    /// An element: `Markup.element("a", ["href": "/record"], text: "Record")`.
    ///
    /// A name of an element or attribute is a literal; values are escaped. An attribute of `nil` is left out, one of "" stands bare.
    public static func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String?> = [:], _ content: Markup? = nil, text: String? = nil
    ) -> Markup {
        var markup = Markup("<")
        markup.append(name)
        for (attribute, value) in attributes {
            guard let value else { continue }
            markup.append(" ")
            markup.append(attribute)
            if !value.isEmpty {
                markup.append("=\"")
                markup.append(text: value)
                markup.append("\"")
            }
        }
        markup.append(">")
        guard content != nil || text != nil else { return markup }
        if let content { markup.append(content) }
        if let text { markup.append(text: text) }
        markup.append("</")
        markup.append(name)
        markup.append(">")
        return markup
    }

    public static func link(_ text: String, to address: String) -> Markup {
        element("a", ["href": address], text: text)
    }

    public static func + (left: Markup, right: Markup) -> Markup {
        var sum = left
        sum.append(right)
        return sum
    }
}

extension Sequence where Element == Markup {
    public func joined(separator: Markup = Markup()) -> Markup {
        var joined = Markup()
        var first = true
        for markup in self {
            if !first { joined.append(separator) }
            first = false
            joined.append(markup)
        }
        return joined
    }
}
