import Texts

/// Gives each block of a text its name when the text is first read: `art_3__para_2__opt_1`. No later version changes it.
struct BlockNames {
    private var taken: Set<String> = []
    /// The names of what is open, by level.
    private var path: [String] = []
    /// How many blocks without a number each one has.
    private var unnumbered: [String: Int] = [:]
    private(set) var lastNumber: String?

    mutating func name(_ line: BlockLine, body: [UInt8], level: Int) throws(TextFault) -> ProvisionIdentifier {
        lastNumber = nil
        let own: String
        var isOfParent = true
        switch line.kind {
        case .heading:
            let words = HeadingWords.read(String(decoding: body.prefix(200), as: UTF8.self))
            lastNumber = words?.number
            if let words {
                own = words.number.map { "\(words.word)_\(Self.token($0))" } ?? words.word
                isOfParent = words.word != "art" && words.word != "annex" && words.word != "preamble"
            } else {
                own = ordinal("head", level: level)
            }
        case .option: own = "opt_\(Self.token(line.option ?? ""))"
        case .item:
            if let number = line.number { own = "para_\(Self.token(number))" } else { own = ordinal("item", level: level) }
        case .paragraph: own = ordinal("p", level: level)
        case .footnote:
            own = "fn_\(Self.token(line.number ?? ""))"
            isOfParent = false
        case .linkDefinition, .markup, .frontMatter:
            own = ordinal("x", level: 0)
            isOfParent = false
        }
        let parent = isOfParent && level > 0 && level <= path.count ? path[level - 1] : ""
        var text = parent.isEmpty ? own : "\(parent)__\(own)"
        // A name may be no longer than this; deeper ones begin anew.
        if text.utf8.count > 400 { text = ordinal("deep", level: 0) }
        if !taken.insert(text).inserted {
            let key = "\(text)#"
            var number = unnumbered[key] ?? 1
            repeat { number += 1 } while !taken.insert("\(text)-\(number)").inserted
            unnumbered[key] = number
            text = "\(text)-\(number)"
        }
        if line.kind.isProvision {
            path.removeLast(max(0, path.count - level))
            while path.count < level { path.append(path.last ?? "") }
            path.append(text)
        }
        guard let identifier = ProvisionIdentifier(text) else {
            throw TextFault(.identifier, "'\(text.prefix(80))' can be no identifier.", mend: "Give the paragraph another number.")
        }
        return identifier
    }

    private mutating func ordinal(_ word: String, level: Int) -> String {
        let parent = level > 0 && level <= path.count ? path[level - 1] : ""
        let key = "\(parent)/\(word)"
        unnumbered[key, default: 0] += 1
        return "\(word)_\(unnumbered[key, default: 1])"
    }

    /// A number as part of a name: letters, figures and hyphens; other scripts' signs by their code points.
    static func token(_ number: String) -> String {
        var token = ""
        for scalar in number.unicodeScalars.prefix(24) {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9": token.unicodeScalars.append(scalar)
            case ".", "-": token += "-"
            case "(", ")", "*", " ": continue
            default:
                if let value = scalar.properties.numericValue, value == value.rounded(), (0...9_999).contains(value) {
                    token += String(Int(value))
                } else {
                    token += "u" + String(scalar.value, radix: 16)
                }
            }
        }
        return token.isEmpty ? "x" : token
    }
}
