import Acts

/// The names of classes that the engine understands without a list: "signatory", "State", "non-ASEAN signatory",
/// "UN Members at date of deposit", "tanker tonnage >= 1000000 GT".
enum ClassName {
    /// A key under which "Council of Europe member" finds "Council of Europe members" and "CBD Parties" finds "Parties to the CBD".
    static func key(of name: String) -> String {
        var words = name.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != ">" && $0 != "=" }.map(String.init)
        words.removeAll { $0 == "the" }
        words = words.map { word in
            if word == "parties" { return "party" }
            if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
            return word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
        }
        for lead in [["party", "to"], ["member", "of"]] where words.count > 2 && Array(words.prefix(2)) == lead {
            words = Array(words.dropFirst(2)) + [lead[0]]
        }
        return words.joined(separator: " ")
    }

    /// What the name means by itself, or `nil`. Names inside it are left as `listed`.
    static func meaning(of name: String) -> ClassSelector? {
        let name = name.trimmingSpaces
        let key = key(of: name)
        switch key {
        case "state": return .states
        case "organization", "international organization": return .organizations
        case "signatory", "signatory state", "original signatory", "all signatory": return .signatories
        case "other signatory", "other signatory state": return .all([.signatories, .others])
        case "other", "other state": return .others
        case "all", "everyone": return .all([])
        default: break
        }
        if let number = signatoryCount(key), number > 0 { return .signatories }
        if let comparison = name.firstRange(of: ">=") {
            let metric = String(name[..<comparison.lowerBound]).trimmingSpaces
            let amount = String(name[comparison.upperBound...]).trimmingSpaces.split(separator: " ").first.map(String.init) ?? ""
            guard !metric.isEmpty, let threshold = ExactDecimal(amount.filter { $0 != "," }) else { return nil }
            return .metric(metric, atLeast: threshold)
        }
        let lower = name.lowercased()
        for ending in [" at date of deposit", " at the date of deposit", " at deposit"] where lower.hasSuffix(ending) {
            return .on(.deposit, .listed(String(name.dropLast(ending.count))))
        }
        if let marker = lower.ranges(of: " at ").last, let date = CalendarDate(String(lower[marker.upperBound...])) {
            let length = lower.distance(from: lower.startIndex, to: marker.lowerBound)
            return .on(.date(date), .listed(String(name.prefix(length))))
        }
        for ending in [" signatory", " signatories", " signatory states"] where lower.hasSuffix(ending) {
            return .all([.listed(String(name.dropLast(ending.count))), .signatories])
        }
        if lower.hasPrefix("non-") || lower.hasPrefix("not ") { return .not(.listed(String(name.dropFirst(4)))) }
        return nil
    }

    /// 12 for "12 original signatories"; `nil` for anything else.
    static func signatoryCount(_ key: String) -> Int? {
        let words = key.split(separator: " ")
        guard let first = words.first, let number = Int(first), let second = words.dropFirst().first else { return nil }
        return ["signatory", "original"].contains(second) && words.contains("signatory") ? number : nil
    }
}

extension String {
    var trimmingSpaces: String {
        var text = self[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
