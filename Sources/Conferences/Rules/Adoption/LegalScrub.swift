import Acts
import Texts

/// The legal scrub: what a drafting committee looks for in a text before a conference adopts it, computed.
///
/// It reads words and numbers, not meaning. What it cannot know, such as whether a footnote is wanted, it asks: a finding is closed by
/// a further version of the text, or waived with a reason.
struct LegalScrub {
    /// Most findings that are told of one text.
    static let most = 500

    let text: NegotiatedText
    /// Whether it is meant to be a treaty, and so has final clauses; a resolution has none.
    let isTreaty: Bool
    private(set) var findings: [ScrubFinding] = []
    private var seen: Set<ScrubFinding> = []

    /// - Parameter statuses: what the room and the delegations say of a provision, where they say anything but that it is agreed.
    init(_ text: NegotiatedText, isTreaty: Bool, statuses: [(provision: String, status: ConferenceProvisionStatus)] = []) {
        self.text = text
        self.isTreaty = isTreaty
        for index in text.blocks.indices { readMarks(of: index) }
        readNumbers()
        readReferences()
        readTerms()
        readNotes()
        for (provision, status) in statuses { add(.notAgreed, provision, status.rawValue) }
        if isTreaty { readFinalClauses() }
    }

    private mutating func add(_ kind: ScrubFinding.Kind, _ provision: String = "", _ detail: String = "") {
        let finding = ScrubFinding(kind, provision, detail)
        guard findings.count < Self.most, seen.insert(finding).inserted else { return }
        findings.append(finding)
    }

    // MARK: Brackets, options, places to be filled

    private mutating func readMarks(of index: Int) {
        let block = text.blocks[index]
        guard block.kind.isProvision else { return }
        let measures = text.measures(of: index..<(index + 1))
        let name = block.wId.text
        if measures.standing - measures.placeholders > 0 { add(.bracket, name, String(measures.standing - measures.placeholders)) }
        if measures.placeholders > 0 { add(.placeholder, name, "[…]") }
        if measures.strayClosing + measures.neverClosed > 0 { add(.unbalanced, name, String(measures.strayClosing + measures.neverClosed)) }
        if block.kind == .option || block.option != nil { add(.option, name, block.option ?? "") }
        var last = ""
        for word in block.words.split(whereSeparator: \.isWhitespace) {
            let bare = word.trimmingPrefix { !$0.isLetter && !$0.isNumber && $0 != "_" }
            if Self.isUnset(bare) { add(.placeholder, name, String(bare.prefix(20))) }
            let lower = bare.lowercased()
            if lower == last, Self.smallWords.contains(lower) { add(.wordTwice, name, "\(lower) \(lower)") }
            last = lower
        }
    }

    /// Words no sentence has twice in a row.
    private static let smallWords: Set<String> = [
        "the", "of", "and", "to", "in", "for", "with", "by", "de", "la", "le", "les", "et", "des", "du", "el", "los", "las", "y", "dan",
        "yang",
        "untuk", "dengan",
    ]

    private static func isUnset(_ word: Substring) -> Bool {
        if word.hasPrefix("__") { return true }
        let bare = word.prefix { $0.isLetter || $0.isNumber }
        return bare == "TBD" || bare == "TBC" || bare == "XX" || bare == "XXX"
            || (bare.count == 4 && bare.hasPrefix("20") && bare.hasSuffix("XX"))
    }

    // MARK: Numbers

    private mutating func readNumbers() {
        var lists: [String: NumberList] = [:]
        for (index, block) in text.blocks.enumerated() where block.kind.isProvision {
            guard let number = block.number, !number.isEmpty else {
                if block.kind == .paragraph { lists["\(text.parents[index] ?? -1)/item"] = nil }
                continue
            }
            let key: String
            if block.kind == .heading {
                guard let words = HeadingWords.read(String(block.words.prefix(200))), words.number != nil else { continue }
                // Articles run through the whole text; chapters and sections within what holds them.
                key = words.word == "art" ? "art" : "\(text.parents[index] ?? -1)/\(words.word)"
            } else {
                key = "\(text.parents[index] ?? -1)/item"
            }
            var list = lists[key] ?? NumberList()
            switch list.take(number) {
            case .follows: break
            case .gap(let expected): add(.numberingGap, block.wId.text, expected)
            case .double: add(.numberingDouble, block.wId.text, number)
            case .inserted: add(.numberingInserted, block.wId.text, number)
            }
            lists[key] = list
        }
    }

    // MARK: References

    private mutating func readReferences() {
        let targets = ReferenceTargets(text)
        guard targets.hasArticles else { return }
        for (index, block) in text.blocks.enumerated() where block.kind.isProvision && block.kind != .heading {
            for reference in ProvisionReference.all(in: block.words) where !targets.has(reference, from: index) {
                add(.deadReference, block.wId.text, reference.words)
            }
        }
    }

    // MARK: Terms and notes

    private mutating func readTerms() {
        var defined: [String: String] = [:]
        let whole = text.blocks.filter(\.kind.isProvision).map { $0.words.lowercased() }.joined(separator: "\n")
        for block in text.blocks where block.kind.isProvision {
            guard let term = Self.term(definedIn: block.words) else { continue }
            let key = term.lowercased()
            if defined[key] != nil {
                add(.termTwice, block.wId.text, term)
            } else {
                defined[key] = block.wId.text
                // Once where it is defined, and again where it is used.
                if whole.ranges(of: key).count < 2 { add(.termUnused, block.wId.text, term) }
            }
        }
    }

    /// “Area” means …; « Zone » s'entend de …: the term.
    static func term(definedIn words: String) -> String? {
        let text = words.drop { $0.isWhitespace || $0 == "*" || $0 == "_" }
        guard let quote = text.first, let closing = ["“": "”", "\"": "\"", "«": "»", "‘": "’"][String(quote)].flatMap(\.first) else {
            return nil
        }
        let rest = text.dropFirst()
        guard let end = rest.firstIndex(of: closing), rest.distance(from: rest.startIndex, to: end) <= 80 else { return nil }
        let term = rest[..<end].filter { $0 != "*" && $0 != "_" && $0 != "\u{A0}" }.split(separator: " ").joined(separator: " ")
        let after = rest[rest.index(after: end)...].prefix(40).lowercased().filter { $0 != "*" && $0 != "_" && $0 != "," }
        let verbs = [
            "mean", "shall mean", "désigne", "s’entend", "s'entend", "significa", "se entiende", "berarti", "adalah", "означа", "تعني", "指",
        ]
        let start = after.drop { $0.isWhitespace }
        return term.isEmpty || !verbs.contains(where: { start.hasPrefix($0) }) ? nil : term
    }

    private mutating func readNotes() {
        var notes: [String: String] = [:]
        for block in text.blocks where block.kind == .footnote { if let number = block.number { notes[number] = block.wId.text } }
        var marked: Set<String> = []
        for block in text.blocks where block.kind.isProvision {
            for number in Self.noteMarks(in: block.words) {
                marked.insert(number)
                if notes[number] == nil { add(.noteMissing, block.wId.text, number) }
            }
            for number in notes.keys where block.words.contains("[\(number)]") { marked.insert(number) }
        }
        for (number, provision) in notes.sorted(by: { $0.value < $1.value }) {
            add(marked.contains(number) ? .note : .noteUnplaced, provision, number)
        }
    }

    /// What stands in `[^…]`.
    static func noteMarks(in words: String) -> [String] {
        words.split(separator: "[^").dropFirst(words.hasPrefix("[^") ? 0 : 1).compactMap { part in
            part.firstIndex(of: "]").map { String(part[..<$0]) }
        }
    }

    // MARK: Final clauses

    private mutating func readFinalClauses() {
        let whole = text.blocks.filter(\.kind.isProvision).map { $0.words.lowercased() }.joined(separator: "\n")
        for (kind, words) in Self.finalClauses where !words.contains(where: { whole.contains($0) }) { add(kind) }
    }

    /// What a final clause is known by, in the languages of the United Nations and Indonesian.
    private static let finalClauses: [(ScrubFinding.Kind, [String])] = [
        (.noDepositary, ["depositar", "dépositaire", "депозитари", "وديع", "保存人", "保存者", "保存方", "保管", "penyimpan"]),
        (
            .noLanguages,
            ["authentic", "faisant également foi", "font également foi", "auténtic", "аутентичн", "الحجية", "同等作准", "otentik", "autentik"]
        ),
        (
            .noEntryIntoForce,
            [
                "enter into force", "enters into force", "entry into force", "entre en vigueur", "entrera en vigueur", "entrará en vigor",
                "вступает в силу", "вступит в силу", "يبدأ نفاذ", "يدخل حيز", "生效", "mulai berlaku", "berlaku pada",
            ]
        ),
        (.noReservations, ["reservation", "réserve", "reserva", "оговорк", "تحفظ", "保留", "pensyaratan", "reservasi"]),
        (
            .noConsent,
            [
                "ratification", "accession", "signature", "acceptance", "adhésion", "ratificación", "adhesión", "firma", "ратификац",
                "присоединен", "подписан", "تصديق", "انضمام", "توقيع", "批准", "加入", "签署", "ratifikasi", "pengesahan", "penandatanganan",
            ]
        ),
    ]
}
