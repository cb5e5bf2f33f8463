public import Acts
public import Ledger

/// What the register holds of an instrument and its texts, as plain values for the rules.
public struct InstrumentFile: Hashable, Sendable {
    /// A version of the text in one language, and the entry it came by.
    public struct Version: Hashable, Sendable {
        public var entry: Int64
        public var text: TreatyTextEntered

        public init(entry: Int64, text: TreatyTextEntered) {
            self.entry = entry
            self.text = text
        }
    }

    /// An act and the entry that holds it.
    public struct Step<Act: Hashable & Sendable>: Hashable, Sendable {
        public var entry: Int64
        public var act: Act

        public init(entry: Int64, act: Act) {
            self.entry = entry
            self.act = act
        }
    }

    /// A correction of authentic text that was made (VCLT art. 79).
    public struct Correction: Hashable, Sendable {
        /// The act that effected it.
        public var entry: Int64
        /// Tags of the languages whose text it changes.
        public var languages: Set<String>

        public init(entry: Int64, languages: Set<String>) {
            self.entry = entry
            self.languages = languages
        }
    }

    public var opened: TreatyOpened
    /// The entry that opened it, or changed it last.
    public var entry: Int64
    /// All versions in all languages, in the order of their entries.
    public var versions: [Version]
    public var adopted: Step<TreatyAdopted>?
    public var authenticated: Step<TreatyAuthenticated>?
    /// In the order of their entries.
    public var corrections: [Correction]

    public init(
        opened: TreatyOpened, entry: Int64, versions: [Version] = [], adopted: Step<TreatyAdopted>? = nil,
        authenticated: Step<TreatyAuthenticated>? = nil, corrections: [Correction] = []
    ) {
        self.opened = opened
        self.entry = entry
        self.versions = versions
        self.adopted = adopted
        self.authenticated = authenticated
        self.corrections = corrections
    }

    /// The first correction of a language's text that no version of it has been entered by.
    public func pendingCorrection(in language: String) -> Correction? {
        corrections.first { correction in
            correction.languages.contains(language)
                && !versions.contains { $0.text.language == language && $0.text.correction == correction.entry }
        }
    }

    /// The languages that have any text, in the order of the instrument's authentic languages, then by tag.
    public var languages: [String] {
        let authentic = opened.authenticLanguages ?? []
        let present = Set(versions.map(\.text.language))
        return authentic.filter(present.contains) + present.subtracting(authentic).sorted()
    }

    /// The versions in a language, oldest first.
    public func versions(in language: String) -> [Version] { versions.filter { $0.text.language == language } }

    /// The newest version in a language.
    public func current(in language: String) -> Version? { versions.last { $0.text.language == language } }

    /// The version of that number in a language.
    public func version(_ number: Int64, in language: String) -> Version? {
        versions.first { $0.text.language == language && $0.text.version == number }
    }

    /// The newest authentic texts by language.
    public var authenticTexts: [String: Hash] {
        var texts: [String: Hash] = [:]
        for version in versions where version.text.isAuthentic { texts[version.text.language] = version.text.sha256 }
        return texts
    }

    /// The authentic languages that have no authentic text yet.
    public var missingLanguages: [String] {
        let present = authenticTexts
        return (opened.authenticLanguages ?? []).filter { present[$0] == nil }
    }
}
