import Texts

/// A reference to another provision of the same text, as words make it: "article 7", "paragraph 2 of article 7", "annex I".
struct ProvisionReference: Hashable, Sendable {
    var article: String?
    var paragraph: String?
    var annex: String?
    /// As it stands.
    var words: String

    private static let articles: Set<String> = [
        "article", "articles", "artículo", "artículos", "pasal", "статья", "статьи", "статье", "статьей", "المادة",
    ]
    private static let paragraphs: Set<String> = ["paragraph", "paragraphs", "paragraphe", "paragraphes", "párrafo", "párrafos", "ayat"]
    private static let annexes: Set<String> = ["annex", "annexe", "anexo", "appendix", "lampiran"]
    private static let links: Set<String> = ["and", "or", "et", "ou", "y", "o", "e", "dan", "atau"]
    private static let prepositions: Set<String> = ["of", "de", "du", "des", "del", "dari", "à", "to"]
    private static let determiners: Set<String> = ["the", "la", "le", "les", "el", "los"]

    /// Most references read of one provision.
    private static let most = 200

    /// Those of a paragraph. References to other instruments ("article 76 of the Convention", "de la Charte") are left out.
    static func all(in words: String) -> [ProvisionReference] {
        let tokens = words.split { $0.isWhitespace || $0 == "\u{A0}" }
        var found: [ProvisionReference] = []
        var index = 0
        while index < tokens.count, found.count < most {
            let word = bare(tokens[index])
            if articles.contains(word) || annexes.contains(word) || paragraphs.contains(word) {
                let (numbers, end) = numbers(tokens, from: index + 1, romans: annexes.contains(word))
                guard !numbers.isEmpty else {
                    index += 1
                    continue
                }
                if paragraphs.contains(word) {
                    let read = paragraphReferences(tokens, numbers, at: index, end: end)
                    found += read.references
                    index = read.end
                    continue
                } else if !isForeign(tokens, after: end) {
                    found += numbers.map { number in
                        annexes.contains(word)
                            ? ProvisionReference(annex: number, words: "\(word) \(number)")
                            : ProvisionReference(article: number, words: "\(word) \(number)")
                    }
                }
                index = end
            } else {
                index += 1
            }
        }
        return found
    }

    /// "paragraph 2", alone or "of article 7"; and the token behind what was read.
    private static func paragraphReferences(
        _ tokens: [Substring], _ numbers: [String], at index: Int, end: Int
    ) -> (references: [ProvisionReference], end: Int) {
        // "article 7, paragraph 2": the article stands before it.
        if index >= 2, articles.contains(bare(tokens[index - 2])), let article = number(tokens[index - 1]), !isForeign(tokens, after: end) {
            let references = numbers.map {
                ProvisionReference(article: article, paragraph: $0, words: "article \(article), \(bare(tokens[index])) \($0)")
            }
            return (references, end)
        }
        // "paragraph 2 (b) of article 7"
        var end = end
        while end < tokens.count, tokens[end].hasPrefix("(") { end += 1 }
        if end + 1 < tokens.count, prepositions.contains(bare(tokens[end])) {
            var next = end + 1
            if determiners.contains(bare(tokens[next])), next + 1 < tokens.count { next += 1 }
            if articles.contains(strippingElision(bare(tokens[next]))), next + 1 < tokens.count, let article = number(tokens[next + 1]) {
                guard !isForeign(tokens, after: next + 2) else { return ([], next + 2) }
                let references = numbers.map {
                    ProvisionReference(article: article, paragraph: $0, words: "\(bare(tokens[index])) \($0), article \(article)")
                }
                return (references, next + 2)
            }
            // "of this article", "du présent article" is one's own; "of resolution 5" is not.
            let follows = tokens[(end + 1)...].prefix(3).map { bare($0) }
            guard follows.contains(where: { articles.contains($0) }) else { return ([], end) }
        }
        return (numbers.map { ProvisionReference(paragraph: $0, words: "\(bare(tokens[index])) \($0)") }, end)
    }

    /// The numbers of a list that begins there, and where it ends.
    private static func numbers(_ tokens: [Substring], from start: Int, romans: Bool) -> (numbers: [String], end: Int) {
        var numbers: [String] = []
        var index = start
        while index < tokens.count, numbers.count < 20 {
            if let number = romans ? roman(tokens[index]) : number(tokens[index]) {
                numbers.append(number)
                index += 1
                if tokens[index - 1].hasSuffix(".") || tokens[index - 1].hasSuffix(";") { break }
            } else if !numbers.isEmpty, links.contains(bare(tokens[index])), index + 1 < tokens.count,
                (romans ? roman(tokens[index + 1]) : number(tokens[index + 1])) != nil
            {
                index += 1
            } else {
                break
            }
        }
        return (numbers, index)
    }

    /// "7", "7,", "7(2)", "8bis".
    private static func number(_ token: Substring) -> String? {
        let digits = token.prefix { ("0"..."9").contains($0) }
        guard (1...3).contains(digits.count) else { return nil }
        let suffix = token.dropFirst(digits.count).prefix { $0.isLetter }
        return ["bis", "ter", "quater"].contains(suffix) ? String(digits + suffix) : String(digits)
    }

    private static func roman(_ token: Substring) -> String? {
        let bare = token.prefix { $0.isLetter || $0.isNumber }
        guard !bare.isEmpty, bare.count <= 5, bare.allSatisfy({ "IVXLC".contains($0) || $0.isNumber }) else { return nil }
        return String(bare)
    }

    /// Whether what follows names another instrument: "of the Convention", "de la Charte", "of that Protocol".
    private static func isForeign(_ tokens: [Substring], after index: Int) -> Bool {
        var index = index
        // ", paragraph 2 (a)," may come between.
        while index < tokens.count, index < tokens.count,
            paragraphs.contains(bare(tokens[index])) || number(tokens[index]) != nil
                || tokens[index].hasPrefix("(")
        { index += 1 }
        guard index + 1 < tokens.count, prepositions.contains(bare(tokens[index])) || bare(tokens[index]) == "thereof" else { return false }
        var next = index + 1
        let first = bare(tokens[next])
        if ["this", "present", "présent", "présente", "presente", "ini"].contains(first) { return false }
        if determiners.contains(first), next + 1 < tokens.count { next += 1 }
        let word = bare(tokens[next])
        if ["present", "présent", "présente", "presente"].contains(word) { return false }
        guard !articles.contains(word), !paragraphs.contains(word) else { return false }
        return true
    }

    private static func strippingElision(_ word: String) -> String {
        word.hasPrefix("l’") || word.hasPrefix("l'") ? String(word.dropFirst(2)) : word
    }

    private static func bare(_ token: Substring) -> String {
        String(token.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "’" || $0 == "'" })
    }
}

/// What references in a text can lead to.
struct ReferenceTargets {
    private var articles: [String: Set<String>] = [:]
    private var annexes: Set<String> = []
    /// The article each block lies in.
    private var articleOf: [Int: String] = [:]
    private var looseParagraphs: Set<String> = []

    var hasArticles: Bool { !articles.isEmpty }

    init(_ text: NegotiatedText) {
        var article: String?
        for (index, block) in text.blocks.enumerated() where block.kind.isProvision {
            if block.kind == .heading, let words = HeadingWords.read(String(block.words.prefix(200))) {
                switch words.word {
                case "art":
                    article = words.number
                    if let number = words.number { articles[number, default: []] = articles[number] ?? [] }
                case "annex":
                    article = nil
                    if let number = words.number { annexes.insert(number.lowercased()) }
                default: break
                }
            }
            guard block.kind == .item, let number = block.number else {
                articleOf[index] = article
                continue
            }
            articleOf[index] = article
            if let article { articles[article]?.insert(number) } else { looseParagraphs.insert(number) }
        }
    }

    func has(_ reference: ProvisionReference, from index: Int) -> Bool {
        if let annex = reference.annex { return annexes.contains(annex.lowercased()) }
        if let article = reference.article {
            guard let paragraphs = articles[article] else { return false }
            return reference.paragraph.map { paragraphs.contains($0) } ?? true
        }
        guard let paragraph = reference.paragraph else { return true }
        if let article = articleOf[index] { return articles[article]?.contains(paragraph) ?? false }
        return looseParagraphs.contains(paragraph)
    }
}
