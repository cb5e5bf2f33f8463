import Testing
import Web

@testable import Conferences

@Suite("Texts under negotiation as HTML")
struct NegotiatedMarkupTests {
    private func html(_ text: String, at index: Int = 0) throws -> String {
        let text = try NegotiatedText(parsing: Array(text.utf8))
        return NegotiatedMarkup(text: text, knowsName: { _ in false }, stray: "alone").words(at: index).html
    }

    @Test(
        "Signs stay in the words, names are told apart, alternatives stand together, and markup in words is words",
        arguments: [
            ("Parties [shall] act.", "Parties <span class=\"b\"><b>[</b>shall<b>]</b></span> act."),
            (
                "[EU: a][b]",
                "<span class=\"ba\"><span class=\"b\"><b>[</b><span class=\"bw\">EU: </span>a<b>]</b></span>"
                    + "<span class=\"b\"><b>[</b>b<b>]</b></span></span>"
            ),
            ("In [X] days", "In <span class=\"b bp\"><b>[</b>X<b>]</b></span> days"),
            ("One ] two", "One <mark class=\"stray\" title=\"alone\">]</mark> two"),
            ("<script>&[\"]", "&lt;script&gt;&amp;<span class=\"b\"><b>[</b>&quot;<b>]</b></span>"),
            ("*Noting* the **aim** of *a", "*Noting* the **aim** of *a"),
            ("*Noting* the **aim**", "<em>Noting</em> the <strong>aim</strong>"),
        ])
    func words(text: String, expected: String) throws {
        #expect(try html(text) == expected)
    }

    @Test("Ten thousand brackets one in another are signs, and only so many elements")
    func depth() throws {
        let found = try html(String(repeating: "[", count: 10_000) + "x" + String(repeating: "]", count: 10_000))
        #expect(found.components(of: "<span").count - 1 == 24)
        #expect(found.components(of: "[").count - 1 == 10_000)
    }

    @Test(
        "Whoever takes the elements away has the words of the Paris draft again",
        .enabled(if: ParisDrafts.folder != nil, "\(ParisDrafts.absent)"))
    func wordsStay() throws {
        let text = try NegotiatedText(parsing: try ParisDrafts.bytes("agreement-4-dec-2015"))
        let markup = NegotiatedMarkup(text: text, knowsName: { _ in false }, stray: "alone")
        for index in text.blocks.indices where text.blocks[index].kind.isProvision {
            var plain = ""
            var isTag = false
            for character in markup.words(at: index).html {
                if character == "<" { isTag = true }
                if !isTag { plain.append(character) }
                if character == ">" { isTag = false }
            }
            for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
                plain = plain.replacing(entity, with: sign)
            }
            // Marks of notes are shown without their brackets, and marks of emphasis as what they mean.
            let words = text.blocks[index].words.replacing("*", with: "")
            let withoutNotes = words.replacing(/\[\^([0-9]+)\]/) { String($0.output.1) }
            #expect(plain.replacing("*", with: "") == withoutNotes, "\(text.blocks[index].wId)")
        }
    }
}

extension String {
    fileprivate func components(of separator: String) -> [Substring] { split(separator: separator, omittingEmptySubsequences: false) }
}
