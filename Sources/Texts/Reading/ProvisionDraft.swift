/// A provision while a text is being read: what it holds grows until the text ends.
final class ProvisionDraft {
    let kind: ProvisionKind
    let number: String?
    /// What its number counts, and the suffix of an inserted one; `nil` where it has none.
    let value: Int?
    let suffix: String
    var heading: String?
    var content: [String] = []
    private(set) var children: [ProvisionDraft] = []
    private(set) var closing: [String] = []

    init(_ kind: ProvisionKind, number: String? = nil, value: Int? = nil, suffix: String = "") {
        self.kind = kind
        self.number = number
        self.value = value
        self.suffix = suffix
    }

    func append(_ child: ProvisionDraft) {
        takeBackClosing()
        children.append(child)
    }

    /// Words that seemed to close the list were its last item's after all.
    func takeBackClosing() {
        for line in closing { children.last?.append(line) }
        closing = []
    }

    /// Adds a paragraph: to the words before the provisions it holds, or after them.
    func append(_ line: String) {
        if children.isEmpty { content.append(line) } else { closing.append(line) }
    }

    private func token(listDepth: Int, unnumbered: Int) -> String {
        value.map { kind.token(value: $0, suffix: suffix, listDepth: listDepth) } ?? (kind.isSingle ? "" : String(unnumbered))
    }

    /// The provision with its names, none of which was used before.
    func provision(
        in parent: ProvisionIdentifier?, scope: ProvisionIdentifier?, listDepth: Int, unnumbered: Int, used: inout Set<String>
    ) throws(TextFault) -> Provision {
        let prefix = kind.isNumberedThroughout ? scope : parent
        let first = token(listDepth: listDepth, unnumbered: unnumbered)
        var token = first
        var wId = try ProvisionIdentifier.first(kind, token: token, in: prefix)
        var again = 2
        while !used.insert(wId.text).inserted {
            token = "\(first)-\(again)"
            again += 1
            wId = try ProvisionIdentifier.first(kind, token: token, in: prefix)
        }
        var built: [Provision] = []
        var counts: [ProvisionKind: Int] = [:]
        for child in children {
            counts[child.kind, default: 0] += child.value == nil ? 1 : 0
            built.append(
                try child.provision(
                    in: wId, scope: kind == .annex ? wId : scope, listDepth: kind == .point ? listDepth + 1 : 0,
                    unnumbered: counts[child.kind, default: 0], used: &used))
        }
        return try Provision(
            kind, wId: wId, token: token, number: number,
            heading: try heading.map { (heading) throws(TextFault) in try InlineText(heading) },
            content: try content.map { (line) throws(TextFault) in try TextBlock(line) }, children: built,
            closing: try closing.map { (line) throws(TextFault) in try TextBlock(line) })
    }
}

extension ProvisionKind {
    /// How a number is written in an address: points by letters, and points within points by Roman numbers, whatever the language
    /// writes, so that the same point has the same address in all of them.
    func token(value: Int, suffix: String = "", listDepth: Int) -> String {
        guard self == .point else { return "\(value)\(suffix)" }
        return (listDepth.isMultiple(of: 2) ? Numeral.letters(of: max(1, value)) : Numeral.roman(of: max(1, min(value, 399)))) + suffix
    }
}
