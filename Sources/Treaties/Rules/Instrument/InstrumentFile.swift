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

    public var opened: TreatyOpened
    /// The entry that opened it, or changed it last.
    public var entry: Int64
    /// All versions in all languages, in the order of their entries.
    public var versions: [Version]
    public var adopted: Step<TreatyAdopted>?
    public var authenticated: Step<TreatyAuthenticated>?

    public init(
        opened: TreatyOpened, entry: Int64, versions: [Version] = [], adopted: Step<TreatyAdopted>? = nil,
        authenticated: Step<TreatyAuthenticated>? = nil
    ) {
        self.opened = opened
        self.entry = entry
        self.versions = versions
        self.adopted = adopted
        self.authenticated = authenticated
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
