extension Language {
    /// In which language to show what somebody wrote in several: in this one, or, where they did not, in English before the others; `nil`
    /// where there is none.
    public func tag(among texts: [String: String]) -> String? {
        [self.tag, Language.english.tag].first { texts[$0] != nil } ?? texts.keys.min()
    }

    /// What somebody wrote in several languages, with a mark that says in which where it is not this one (WCAG 2.2, 3.1.2).
    public func part(_ texts: [String: String]) -> Markup {
        guard let tag = tag(among: texts), let text = texts[tag] else { return Markup() }
        guard tag != self.tag else { return Markup(text: text) }
        return .element("span", ["lang": tag, "dir": Language.direction(ofTag: tag).rawValue], text: text)
    }
}
