import Acts
import Foundation

/// How tables of participation name acts and write days.
enum ImportWords {
    /// Letters and digits of a text in lower case, without accents: `Date-Of-Effect` is `dateofeffect`.
    static func key(_ text: String) -> String {
        var key = ""
        for scalar in text.decomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
        where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
            key.unicodeScalars.append(scalar)
        }
        return key
    }

    private static let actions: [String: ParticipationKind] = {
        var actions: [String: ParticipationKind] = [
            "signed": .signature, "signaturedefinitive": .definitiveSignature, "consent": .consentToBeBound,
            "acceptation": .acceptance, "approbation": .approval, "adhesion": .accession, "confirmationformelle": .formalConfirmation,
            "retrait": .withdrawal, "denonciation": .denunciation, "applicationprovisoire": .provisionalApplication,
            "consentementaetrelie": .consentToBeBound, "revocationofwithdrawal": .withdrawalRevocation,
        ]
        for kind in ParticipationKind.allCases { actions[key(kind.rawValue)] = kind }
        return actions
    }()

    /// The kind of act a word means, in English or French, however it is spaced.
    static func action(_ text: String) -> ParticipationKind? { actions[key(text)] }

    /// The kind that the depositary's letter means beside a day: `a` and `A` are two.
    ///
    /// - Parameter isSignature: whether the column holds signatures, where `d` is a succession to one.
    static func kind(ofLetter letter: String, isSignature: Bool) -> ParticipationKind? {
        if isSignature, letter == "d" { return .successionToSignature }
        return [
            "a": .accession, "A": .acceptance, "AA": .approval, "c": .formalConfirmation, "d": .succession, "P": .consentToBeBound,
            "s": .definitiveSignature, "n": .provisionalApplication, "r": .ratification, "R": .ratification,
        ][letter]
    }

    /// A day and the depositary's letter after it.
    struct Day: Hashable {
        var date: CalendarDate
        var letter: String?
    }

    /// Reads `2016-04-22`, `22 Apr 2016`, `22 April 2016`, `22 avril 2016`, each with a letter after it or without.
    ///
    /// `22/04/2016` is not read: it could be another day elsewhere.
    static func day(_ text: String) -> Day? {
        var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first else { return nil }
        if let date = CalendarDate(first) {
            guard words.count <= 2 else { return nil }
            return Day(date: date, letter: words.dropFirst().first)
        }
        guard words.count == 3 || words.count == 4, let day = number(words.removeFirst(), digits: 1...2),
            let month = month(words.removeFirst()), let year = number(words.removeFirst(), digits: 4...4),
            let date = CalendarDate(year: year, month: month, day: day)
        else { return nil }
        return Day(date: date, letter: words.first)
    }

    private static func number(_ text: String, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }

    /// Month names in English, in full or by their first three letters, and in French in full.
    private static let months: [String: Int] = {
        let english = [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        ]
        let french = [
            "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
        ]
        var months: [String: Int] = ["sept": 9]
        for (index, name) in english.enumerated() {
            months[name] = index + 1
            months[String(name.prefix(3))] = index + 1
        }
        for (index, name) in french.enumerated() { months[name] = index + 1 }
        return months
    }()

    private static func month(_ text: String) -> Int? { months[key(text)] }
}
