import Testing

@testable import Web

@Suite("Markup")
struct MarkupTests {
    @Test("Text is escaped for content and attributes alike")
    func escapes() {
        #expect(Markup(text: "<a href='x' title=\"y\">&</a>").html == "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;&lt;/a&gt;")
        #expect(Markup(text: "Côte d’Ivoire · العربية 🇫🇷").html == "Côte d’Ivoire · العربية 🇫🇷")
        #expect(Markup(text: "").html == "")
    }

    @Test("An element's values are escaped, an absent attribute is left out and an empty one stands bare")
    func elements() {
        #expect(
            Markup.element("a", ["href": "/x?a=1&b=\"2\"", "title": nil, "download": ""], text: "a < b").html
                == "<a href=\"/x?a=1&amp;b=&quot;2&quot;\" download>a &lt; b</a>")
        #expect(Markup.element("br").html == "<br>")
        #expect(Markup.element("p", [:], Markup()).html == "<p></p>")
        #expect([Markup("<b>1</b>"), Markup(text: "<2>")].joined(separator: Markup(", ")).html == "<b>1</b>, &lt;2&gt;")
    }

    @Test("A template escapes what stands in two braces, markup included, and prints markup in three")
    func templates() throws {
        let house = try TestHouse()
        let page = try house.house.part(
            "parts/notice", ["explanation": "<script>", "mend": Markup("<b>x</b>"), "citation": false] as [String: Any], .english)
        #expect(page.html.contains("&lt;script&gt;"))
        #expect(page.html.contains("&lt;b&gt;x&lt;/b&gt;"))
        #expect(!page.html.contains("[["))
    }

    @Test("A text's parameter becomes the template's own")
    func parametersInTemplates() throws {
        let house = try TestHouse()
        let page = try house.house.part(
            "record/act",
            [
                "entry": "<7>", "sentence": "x", "facts": [String](), "actions": [String](), "erased": false, "restricted": false,
                "payload": false, "seal": Markup(), "leaf": "", "leafHash": "", "commitment": "",
            ] as [String: Any], .french)
        #expect(page.html.contains("Acte &lt;7&gt;"))
    }
}
