import Acts
import Foundation

/// A record of a meeting or a report, in words of one language: what is shown on pages, written as Akoma Ntoso and set on paper.
///
/// It is a value made from acts, so that the same acts give the same bytes.
struct RecordDocument: Hashable, Sendable {
    enum Block: Hashable, Sendable {
        case heading(String)
        /// What was done, with the hour at which it was.
        case narrative(String, time: String)
        case speech(Speech)
        case table(headings: [String], rows: [[String]])
        case list([String])
    }

    struct Speech: Hashable, Sendable {
        /// The speaker's code, or a name in lower-case letters.
        var code: String
        /// "Kenya", "The Chair".
        var speaker: String
        /// What the floor was given for, and when: "statement, 10:14".
        var what: String
        /// RFC 3339.
        var start: String?
        var end: String?
        var paragraphs: [Paragraph]
    }

    struct Paragraph: Hashable, Sendable {
        /// A tag of BCP 47, where it is not the document's.
        var language: String?
        var text: String
    }

    /// A tag of BCP 47.
    var language: String
    /// Whether it records a debate; otherwise it is a report.
    var isDebate: Bool
    /// The symbol it has or will have, and what stands for it in addresses: `sr-plenary-3`.
    var symbol: String
    var name: String
    /// The conference's symbol, in addresses' letters.
    var author: String
    var conference: String
    var title: String
    var subtitle: String
    var facts: [Fact]
    var blocks: [Block]
    /// The day of the meeting, or of the last act of a report.
    var day: CalendarDate
    /// Written into files as the time of their making.
    var made: Moment
    /// At the end: from which entries of which record it was made.
    var colophon: String

    struct Fact: Hashable, Sendable {
        var name: String
        var value: String

        init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }
}
