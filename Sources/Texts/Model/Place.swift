/// A provision where it stands in its text.
public struct Place: Hashable, Sendable {
    public let provision: Provision
    /// Its address in this version of the text: `art_8bis__para_2`. The same in all languages as long as the numbers agree.
    public let eId: String
    /// How many provisions stand around it.
    public let depth: Int
    /// The index of the provision around it among the text's places; `nil` at the outermost.
    public let parent: Int?

    /// Every provision below these, in reading order.
    static func all(of provisions: [Provision]) -> [Place] {
        var places: [Place] = []
        // Articles begin a new address, but only within the instrument itself or within one annex.
        func visit(_ provision: Provision, scope: String, prefix: String, depth: Int, parent: Int?) {
            let own = provision.token.isEmpty ? provision.kind.identifierWord : "\(provision.kind.identifierWord)_\(provision.token)"
            let before = provision.kind.isNumberedThroughout ? scope : prefix
            let eId = before.isEmpty ? own : "\(before)__\(own)"
            let scope = provision.kind == .annex ? eId : scope
            let index = places.count
            places.append(Place(provision: provision, eId: eId, depth: depth, parent: parent))
            for child in provision.children { visit(child, scope: scope, prefix: eId, depth: depth + 1, parent: index) }
        }
        for provision in provisions { visit(provision, scope: "", prefix: "", depth: 0, parent: nil) }
        return places
    }
}
