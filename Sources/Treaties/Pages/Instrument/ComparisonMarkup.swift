import Acts
import Texts
import Web

/// What differs between versions, as pages and programs get it.
extension LineComparison {
    var markup: Markup {
        var markup = Markup()
        for piece in pieces {
            switch piece.change {
            case .kept: markup.append(Self.lines(piece.words))
            case .added: markup.append(Markup.element("ins", [:], Self.lines(piece.words)))
            case .removed: markup.append(Markup.element("del", [:], Self.lines(piece.words)))
            }
        }
        return markup
    }

    private static func lines(_ text: String) -> Markup {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { Markup(text: $0) }.joined(separator: Markup("<br>"))
    }

    var json: JSON { .array(pieces.map { .object([$0.change.rawValue: .string($0.words)]) }) }
}

extension TextComparison.Entry {
    /// Number and heading where they changed, then the provision's own words. What is there on one side only has its number in its name.
    var lines: [LineComparison] { [change == .added || change == .removed ? nil : number, heading].compactMap(\.self) + words }

    var markup: Markup { lines.map(\.markup).joined(separator: Markup("<br>")) }

    var json: JSON {
        var object: JSONObject = ["kind": .string(change.rawValue), "pieces": .array(lines.flatMap { $0.json.array ?? [] })]
        object["wId"] = wId.map { .string($0.text) }
        object["eId"] = (new ?? old).map { .string($0.eId) }
        if change == .moved { object["movedFrom"] = old.map { .string($0.eId) } }
        return .object(object)
    }
}
