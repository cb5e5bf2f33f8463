extension Language {
    /// What somebody wrote in several languages: in this one, or, where they did not, in another, with a mark that says in which (WCAG 2.2,
    /// 3.1.2). English goes before the others.
    public func part(_ texts: [String: String]) -> Markup {
        let tag = [self.tag, Language.english.tag].first { texts[$0] != nil } ?? texts.keys.min()
        guard let tag, let text = texts[tag] else { return Markup() }
        guard tag != self.tag else { return Markup(text: text) }
        return .element("span", ["lang": tag, "dir": Language.direction(ofTag: tag).rawValue], text: text)
    }
}
