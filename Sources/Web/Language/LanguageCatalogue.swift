import Acts
public import Foundation

/// Every text of every page in every language, from one JSON file per language in each folder.
///
///     catalogue.text("register.count", ["count": 52], .french)     // "52 traités"
///
/// A language is offered once every folder has all of English's texts in it, with the same parameters and all the plural forms
/// the language asks for.
public struct LanguageCatalogue: Sendable {
    /// The languages that are complete, in the order of `Language.allCases`.
    public let languages: [Language]
    private let texts: [Language: [String: CatalogueText]]

    /// What keeps a language from being offered, for the test that holds the catalogues complete.
    public struct Gap: Hashable, Sendable, CustomStringConvertible {
        public let language: Language
        public let key: String
        public let reason: String

        public var description: String { "\(language): \(key) \(reason)" }
    }

    /// Texts that a language lacks or has otherwise than English, for languages that have any text at all.
    public let gaps: [Gap]

    /// - Parameter folders: each with `en.json` and files for other languages, in itself or in folders within it. A key stands in
    ///   one file of a language only.
    public init(folders: [URL]) throws(LanguageCatalogueError) {
        var texts: [Language: [String: CatalogueText]] = [:]
        for folder in folders.flatMap(LanguageCatalogue.withInnerFolders) {
            for language in Language.allCases {
                let file = folder.appending(path: "\(language.tag).json")
                guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else { continue }
                for (key, text) in try LanguageCatalogue.read(file) {
                    guard texts[language, default: [:]].updateValue(text, forKey: key) == nil else {
                        throw LanguageCatalogueError(file: file.lastPathComponent, reason: "'\(key)' stands in two files")
                    }
                }
            }
        }
        let english = texts[.english] ?? [:]
        var gaps: [Gap] = []
        var complete: [Language] = []
        for language in Language.allCases {
            guard let own = texts[language] else { continue }
            let found = LanguageCatalogue.gaps(of: own, against: english, in: language)
            if found.isEmpty { complete.append(language) }
            gaps += found
        }
        self.texts = texts
        self.gaps = gaps
        languages = complete
    }

    /// The folder and every folder within it, in an order that does not change.
    private static func withInnerFolders(_ folder: URL) -> [URL] {
        let paths = FileManager.default.subpaths(atPath: folder.path(percentEncoded: false)) ?? []
        let inner = Set(paths.filter { $0.hasSuffix(".json") }.map { ($0 as NSString).deletingLastPathComponent }).subtracting([""])
        return [folder] + inner.sorted().map { folder.appending(path: $0) }
    }

    /// The language of a BCP 47 tag, where it is offered.
    public func language(_ tag: String) -> Language? { languages.first { $0.tag == tag } }

    /// The same for whoever must be written to in some language: where theirs is not offered, the node's first.
    public func languageToWriteIn(_ tag: String?) -> Language { tag.flatMap(language) ?? languages.first ?? .english }

    /// The text with its gaps filled. A missing text falls back on English, and then on the key itself, so that a page never fails
    /// for want of a word.
    public func text(_ key: String, _ arguments: [String: TextArgument] = [:], _ language: Language) -> String {
        guard let text = texts[language]?[key] ?? texts[.english]?[key] else { return key }
        var written = ""
        for piece in text.pieces(count: LanguageCatalogue.count(arguments), in: language) {
            switch piece {
            case .plain(let plain): written += plain
            case .gap(let name): written += arguments[name]?.written(in: language) ?? "{\(name)}"
            }
        }
        return written
    }

    /// The text as markup, with markup in its gaps: for a sentence with a link in it.
    public func markup(_ key: String, _ arguments: [String: Markup] = [:], count: Int64? = nil, _ language: Language) -> Markup {
        guard let text = texts[language]?[key] ?? texts[.english]?[key] else { return Markup(text: key) }
        var markup = Markup()
        for piece in text.pieces(count: count, in: language) {
            switch piece {
            case .plain(let plain): markup.append(text: plain)
            case .gap(let name):
                if let argument = arguments[name] {
                    markup.append(argument)
                } else if name == "count", let count {
                    markup.append(text: language.text(count))
                } else {
                    markup.append(text: "{\(name)}")
                }
            }
        }
        return markup
    }

    /// Whether English has the text.
    public func has(_ key: String) -> Bool { texts[.english]?[key] != nil }

    /// Every key English has, sorted.
    public var keys: [String] { (texts[.english] ?? [:]).keys.sorted() }

    /// The names of a text's parameters, `count` included where it has plural forms; `nil` where there is no such text.
    public func parameters(of key: String) -> Set<String>? { texts[.english]?[key]?.parameters }

    /// The text for a `[[key]]` of a template: escaped, with `{name}` turned into the template's own `{{name}}`.
    func templateText(_ key: String, _ language: Language) -> String? {
        guard let text = texts[language]?[key] ?? texts[.english]?[key], !text.hasPlurals else { return nil }
        var written = ""
        for piece in text.pieces(count: nil, in: language) {
            switch piece {
            case .plain(let plain): written += Markup(text: plain).html
            case .gap(let name): written += "{{\(name)}}"
            }
        }
        return written
    }

    private static func count(_ arguments: [String: TextArgument]) -> Int64? {
        if case .number(let count)? = arguments["count"] { count } else { nil }
    }

    private static func read(_ file: URL) throws(LanguageCatalogueError) -> [(String, CatalogueText)] {
        func wrong(_ reason: String) -> LanguageCatalogueError { LanguageCatalogueError(file: file.lastPathComponent, reason: reason) }
        let bytes: [UInt8]
        do { bytes = Array(try Data(contentsOf: file)) } catch { throw wrong("cannot be read: \(error)") }
        let json: JSON
        do { json = try JSONParser.parse(bytes, limits: .init(bytes: 4 << 20, depth: 3)) } catch { throw wrong(error.description) }
        guard let object = json.object else { throw wrong("should be an object of texts") }
        var texts: [(String, CatalogueText)] = []
        for member in object.members {
            do {
                texts.append((member.name, try CatalogueText(json: member.value, at: member.name)))
            } catch { throw wrong(error.description) }
        }
        return texts
    }

    private static func gaps(
        of own: [String: CatalogueText], against english: [String: CatalogueText], in language: Language
    ) -> [Gap] {
        var gaps: [Gap] = []
        for (key, reference) in english.sorted(by: { $0.key < $1.key }) {
            guard let text = own[key] else {
                gaps.append(Gap(language: language, key: key, reason: "is missing"))
                continue
            }
            if reference.hasPlurals {
                let lacking = PluralCategory.needed(in: language).subtracting(text.forms.keys)
                if !lacking.isEmpty {
                    let names = lacking.map(\.rawValue).sorted().joined(separator: ", ")
                    gaps.append(Gap(language: language, key: key, reason: "lacks the plural forms \(names)"))
                }
            }
            // A form may leave the number out ("one Party"), and a language without plurals has no hidden count.
            if text.parameters.subtracting(["count"]) != reference.parameters.subtracting(["count"]) {
                let theirs = text.parameters.sorted().joined(separator: ", ")
                let ours = reference.parameters.sorted().joined(separator: ", ")
                gaps.append(Gap(language: language, key: key, reason: "has the parameters [\(theirs)], English has [\(ours)]"))
            }
        }
        for key in own.keys.sorted() where english[key] == nil {
            gaps.append(Gap(language: language, key: key, reason: "is not in English"))
        }
        return gaps
    }
}

/// A language file that cannot be used, and why.
public struct LanguageCatalogueError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file's name.
    public let file: String
    /// In English.
    public let reason: String

    public var description: String { "\(file): \(reason)" }
}
