import Acts

/// A notification as plain text, for mail and for those who read with nothing else: lines of at most 72 characters.
struct NotificationText: Sendable {
    private static let width = 72

    let notification: TreatyNotificationIssued

    /// The sheets of the languages, one after another, then what is quoted.
    func text(languages: [DocumentLanguage]) -> String {
        languages.compactMap { language in notification.sheets[language.rawValue].map { sheet($0, language) } }
            .joined(separator: "\n\n" + String(repeating: "-", count: Self.width) + "\n\n")
    }

    private func sheet(_ sheet: TreatyNotificationIssued.Sheet, _ language: DocumentLanguage) -> String {
        var parts: [String] = [
            language.choose("Reference: ", "Référence : ") + notification.number
                + language.choose(" (Depositary Notification)", " (Notification dépositaire)"),
            sheet.title.uppercased() + (sheet.imprint.isEmpty ? "" : "\n" + sheet.imprint),
            sheet.subject, sheet.formula,
        ]
        parts += sheet.paragraphs
        for quotation in notification.quotations {
            parts.append(NotificationText.heading(of: quotation, language) + "\n" + quotation.text)
        }
        parts += sheet.footnotes.map { "* \($0)" }
        parts.append(sheet.issued)
        parts.append(sheet.attention)
        return parts.map(Self.wrapped).joined(separator: "\n\n")
    }

    /// "Original: French".
    static func heading(of quotation: TreatyNotificationIssued.Quotation, _ language: DocumentLanguage) -> String {
        let name = language.languageName(quotation.language)
        return quotation.isTranslation
            ? language.choose("Translation (\(name))", "Traduction (\(name))") : language.choose("Original: \(name)", "Original : \(name)")
    }

    /// Breaks lines at spaces.
    static func wrapped(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
            var lines: [String] = []
            var line = ""
            for word in paragraph.split(separator: " ") {
                if !line.isEmpty, line.count + 1 + word.count > width {
                    lines.append(line)
                    line = ""
                }
                line += line.isEmpty ? String(word) : " \(word)"
            }
            lines.append(line)
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }
}

extension DocumentLanguage {
    /// The name of a language by its tag, in this one.
    func languageName(_ tag: String) -> String {
        let names: [String: (String, String)] = [
            "en": ("English", "anglais"), "fr": ("French", "français"), "es": ("Spanish", "espagnol"), "ru": ("Russian", "russe"),
            "zh": ("Chinese", "chinois"), "ar": ("Arabic", "arabe"), "id": ("Indonesian", "indonésien"), "de": ("German", "allemand"),
            "pt": ("Portuguese", "portugais"), "it": ("Italian", "italien"), "nl": ("Dutch", "néerlandais"),
        ]
        guard let name = names[String(tag.prefix { $0 != "-" })] else { return tag }
        return choose(name.0, name.1)
    }
}
