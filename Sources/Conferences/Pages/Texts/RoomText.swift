import Acts
import Texts
import Web

/// The text a room has before it, at the provision in focus: its words, and the amendments that wait there.
struct RoomText {
    let pages: TextPages
    let text: OpenText
    let visit: Visit
    /// What the visitor's own delegation wants of each provision, by its name; empty for everybody who acts for none.
    var positions: [String: Markup] = [:]
    /// Where the visitor's delegation writes its positions on the text; `nil` for everybody who acts for none.
    var positionsAddress: String?

    /// Most blocks that are shown of what lies in the provision.
    private static let most = 40

    /// What the room's template shows.
    func values(focus provision: String?) -> [String: Any] {
        var values: [String: Any] = [
            "title": visit.language.part(text.head.title), "address": pages.address(text),
            "version": pages.text("version", ["number": .number(Int64(text.negotiation.versionCount))], visit),
            "standing": pages.standingLine(text, visit), "rows": Markup(), "hasRows": false,
        ]
        guard let provision, let wId = ProvisionIdentifier(provision), let version = text.negotiation.current,
            let index = version.text.index(of: wId)
        else { return values }
        let own = version.text.subtree(at: index)
        let rows = TextRows(
            pages: pages, text: text, version: version,
            marked: pages.marked(TextPages.Shown(version: version), of: text, visit), visit: visit, isCurrent: true, positions: positions)
        values["rows"] = rows.markup(of: own.lowerBound..<min(own.upperBound, own.lowerBound + Self.most))
        values["hasRows"] = true
        if let positionsAddress {
            values["position"] = [
                "address": "\(positionsAddress)?provision=\(PercentCoding.encode(provision))#\(provision)",
                "write": pages.pages.text(positions[provision] == nil ? "positions.write" : "positions.change", visit),
            ]
        }
        values["address"] = "\(pages.address(text))?part=\(PercentCoding.encode(provision))#\(provision)"
        return values
    }
}
