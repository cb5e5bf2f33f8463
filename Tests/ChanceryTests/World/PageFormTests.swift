import Testing

@testable import Chancery

/// Forms as a world's people read them from pages.
@Suite("Forms of a page")
struct PageFormTests {
    private static let page = """
        <!DOCTYPE html><html><body><a href="/x?a=1&amp;b=2">x</a>
        <form class="sheet" method="post" action="/act?a=1&amp;b=2" data-test="act-form"><input type="hidden" name="request" value="r&quot;1&#39;&#x41;">
        <p><input name="name" value='Zo&amp;é' required> <input type=checkbox name="unquoted" value="no">
        <input type="checkbox" name="role" value="reader"> <input type="checkbox" name="role" value="approver" checked>
        <input type="checkbox" name="role" value="correspondent" checked>
        <input type="radio" name="custody" value="original"><input type="file" name="paper">
        <select name="form"><option value="fullPowers">Full powers</option><option value="credentials">Credentials</option></select>
        <select name="issuer"><option value="headOfState">Head</option><option value="foreignMinister" selected>Minister</option></select>
        <textarea name="note" rows="2">
        Two &lt;lines&gt;
        of text</textarea>
        <button type="submit" name="intent" value="sign">Sign</button></form>
        <form action="/sign-out"><button>Out</button></form><input name="outside" value="1"></body></html>
        """

    @Test("A form is sent back as a browser would: HTML, 4.10.21.4")
    func successfulControls() throws {
        let forms = PageForm.all(in: Self.page)
        #expect(forms.map(\.action) == ["/act?a=1&b=2", "/sign-out"])
        let form = try #require(forms.first)
        #expect(form.attributes["data-test"] == "act-form")
        #expect(form["request"] == "r\"1'A")
        #expect(form["name"] == "Zo&é")
        #expect(form.fields.filter { $0.name == "role" }.map(\.value) == ["approver", "correspondent"])
        #expect(form["custody"] == nil)
        #expect(form["form"] == "fullPowers")
        #expect(form["issuer"] == "foreignMinister")
        #expect(form["note"] == "Two <lines>\nof text")
        #expect(form["intent"] == nil && form["paper"] == nil && form["outside"] == nil)
        #expect(form.names.isSuperset(of: ["custody", "paper", "role", "note"]))
        #expect(forms[1].fields.isEmpty)
    }

    @Test("What is filled in takes the place of every value the page gave under that name")
    func filling() throws {
        let form = try #require(PageForm.all(in: Self.page).first)
        let filled = form.filled([("role", "reader"), ("intent", "sign")])
        #expect(filled.filter { $0.name == "role" }.map(\.value) == ["reader"])
        #expect(filled.contains(PageForm.Field(name: "intent", value: "sign")))
        #expect(filled.contains(PageForm.Field(name: "form", value: "fullPowers")))
    }

    @Test("No page, however broken, stops the reader", arguments: 0..<400)
    func brokenPages(seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        var bytes = Array(Self.page.utf8)
        for _ in 0..<20 where !bytes.isEmpty {
            switch next(3) {
            case 0: bytes[next(bytes.count)] = UInt8(next(256))
            case 1: bytes.removeSubrange(next(bytes.count)...)
            default: bytes.insert(contentsOf: Array("<\"'=&;>/".utf8).prefix(1 + next(8)), at: next(bytes.count))
            }
        }
        for form in PageForm.all(in: String(decoding: bytes, as: UTF8.self)) {
            #expect(form.fields.allSatisfy { form.names.contains($0.name) || form.names.isEmpty })
        }
    }

    @Test("What a refusal says is given in words, without markup")
    func refusals() {
        let page =
            #"<main><div class="notice refused" data-test="refusal"><p><strong>No &amp; never.</strong></p><p>Ask.</p></div><p>Else</p>"#
        #expect(WorldVisitor.refusal(in: page) == " It said: No & never. Ask.")
        #expect(WorldVisitor.refusal(in: "<p>fine</p>").isEmpty)
    }
}
