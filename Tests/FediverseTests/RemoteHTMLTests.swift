import Testing

@testable import Fediverse

@Suite("HTML of strangers")
struct RemoteHTMLTests {
    @Test(
        "What is not on the list loses its tags, and what could run loses its text",
        arguments: [
            ("<p>a <b>b</b></p>", "<p>a <b>b</b></p>"),
            ("<script>alert(1)</script>x", "x"), ("<ScRiPt>a</sCrIpT >x", "x"), ("<script", ""), ("<script/>a</script>b", "b"),
            ("<style>p{}</style>y", "y"), ("<svg><p>a</p></svg>z", "z"), ("<p onclick=alert(1)>a", "<p>a</p>"),
            ("<img src=x onerror=alert(1)>", ""), ("<a href=\"javascript:alert(1)\">a</a>", "a"),
            (
                "<a href=' https://a.example/?x=1&y=\"2'>a</a>",
                "<a href=\"https://a.example/?x=1&amp;y=&quot;2\" rel=\"nofollow noopener noreferrer ugc\">a</a>"
            ),
            ("<a href=\"java&#115;cript:alert(1)\">a</a>", "a"), ("<b><p>a</b>c", "<b><p>a</p></b>c"), ("</p></b>a", "a"),
            ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"), ("&lt;script&gt;", "&lt;script&gt;"), ("<!-- <b> -->a", "a"), ("<!-- a", ""),
            ("<h1>T</h1>a", "T a"), ("<td>a</td><td>b</td>", "a b "), ("a<br/>b", "a<br>b"), ("<p>a<p>b", "<p>a</p><p>b</p>"),
            ("<a href=\"https://a\">x<a href=\"https://b\">y</a>", "<a href=\"https://a\" rel=\"nofollow noopener noreferrer ugc\">xy</a>"),
            ("<p title=\"<script>\">a</p>", "<p>a</p>"), ("&#x3C;b&#62;", "&lt;b&gt;"), ("&nosuch; &", "&amp;nosuch; &amp;"),
        ])
    func cleaning(_ html: String, _ clean: String) {
        #expect(RemoteHTML.clean(html) == clean)
    }

    @Test("Whatever comes in, what goes out has only elements of the list, each ended, and cleaning it again changes nothing")
    func fuzz() {
        var lot = SystemRandomNumberGenerator()
        let pieces = [
            "<p>", "</p>", "<b", ">", "<script>", "</script>", "<a href=", "\"", "'", "https://a.example/", "javascript:x", "&lt;", "&",
            ";", "#x3c",
            "<!--", "-->", "<br/>", "</a>", "text", "<svg/onload=x>", "=", "/", "\u{0}", "é", "\u{202E}", "<blockquote>", "<textarea>", "<",
        ]
        for _ in 0..<20_000 {
            let html = (0..<Int.random(in: 1...14, using: &lot)).map { _ in pieces.randomElement(using: &lot) ?? "" }.joined()
            let clean = RemoteHTML.clean(html)
            #expect(Self.isSafe(clean), "\(html) became \(clean)")
            #expect(RemoteHTML.clean(clean) == clean, "\(html) became \(clean)")
        }
    }

    /// A reader of its own for the few forms that may come out.
    private static func isSafe(_ html: String) -> Bool {
        var open: [String] = []
        var rest = html[...]
        while let start = rest.firstIndex(where: { $0 == "<" || $0 == ">" }) {
            guard rest[start] == "<", let end = rest[start...].firstIndex(of: ">") else { return false }
            let tag = String(rest[rest.index(after: start)..<end])
            rest = rest[rest.index(after: end)...]
            if tag == "br" { continue }
            if tag.hasPrefix("/") {
                guard open.popLast() == String(tag.dropFirst()) else { return false }
            } else if tag.hasPrefix("a ") {
                guard tag.hasPrefix("a href=\"http"), tag.hasSuffix("\" rel=\"nofollow noopener noreferrer ugc\"") else { return false }
                open.append("a")
            } else {
                guard RemoteHTML.kept.contains(tag), tag != "a" else { return false }
                open.append(tag)
            }
        }
        return open.isEmpty
    }
}
