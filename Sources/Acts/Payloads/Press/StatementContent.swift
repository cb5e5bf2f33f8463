/// What a statement says in one language.
public struct StatementText: Hashable, Sendable {
    public var title: String
    /// Paragraphs of plain text, in order.
    public var paragraphs: [String]

    public init(title: String, paragraphs: [String]) {
        self.title = title
        self.paragraphs = paragraphs
    }

    init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        title = try reader.string("title")
        paragraphs = try reader.strings("paragraphs")
        try reader.finish()
    }

    var json: JSON { ["title": .string(title), "paragraphs": .array(paragraphs.map(JSON.string))] }
}

/// A picture, a recording or another file that goes with a statement. None goes without words that stand for it.
public struct StatementMedium: Hashable, Sendable {
    /// SHA-256 of the file, 64 hexadecimal digits.
    public var blob: String
    /// `image/jpeg`.
    public var type: String
    /// What it shows or says, by language tag, for whoever does not see or hear it (WCAG 2.2, 1.1.1).
    public var alternative: [String: String]

    public init(blob: String, type: String, alternative: [String: String]) {
        self.blob = blob
        self.type = type
        self.alternative = alternative
    }

    init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        blob = try reader.string("blob")
        type = try reader.string("type")
        alternative = try reader.texts("alternative")
        try reader.finish()
    }

    var json: JSON { ["blob": .string(blob), "type": .string(type), "alternative": JSON(texts: alternative)] }
}

/// What a statement says: the same in every language, one of which is the authoritative one.
public struct StatementContent: Hashable, Sendable {
    /// The tag of the language that decides where the others differ from it (BCP 47).
    public var authoritative: String
    /// By language tag.
    public var texts: [String: StatementText]
    /// The words that the statement wants heard, by language tag.
    public var phrases: [String: [String]]
    public var media: [StatementMedium]

    /// Most languages, paragraphs of a language, key phrases of a language and files of one statement.
    public static let mostLanguages = 24
    public static let mostParagraphs = 200
    public static let mostPhrases = 20
    public static let mostMedia = 12

    public init(authoritative: String, texts: [String: StatementText], phrases: [String: [String]] = [:], media: [StatementMedium] = []) {
        self.authoritative = authoritative
        self.texts = texts
        self.phrases = phrases
        self.media = media
    }

    public init(json: JSON, at place: String = "content") throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        authoritative = try reader.string("authoritative")
        texts = [:]
        guard case .object(let texts) = try reader.required("texts") else {
            throw MalformedAct(place: "\(place).texts", reason: "should be an object")
        }
        for member in texts.members {
            self.texts[member.name] = try StatementText(json: member.value, at: "\(place).texts.\(member.name)")
        }
        phrases = [:]
        if let value = reader.value("phrases") {
            guard case .object(let members) = value else {
                throw MalformedAct(place: "\(place).phrases", reason: "should be an object")
            }
            for member in members.members {
                var words: [String] = []
                for phrase in member.value.array ?? [] {
                    guard let text = phrase.string else {
                        throw MalformedAct(place: "\(place).phrases.\(member.name)", reason: "should be an array of strings")
                    }
                    words.append(text)
                }
                phrases[member.name] = words
            }
        }
        media = []
        if let value = reader.value("media") {
            for (index, medium) in (value.array ?? []).enumerated() {
                media.append(try StatementMedium(json: medium, at: "\(place).media[\(index)]"))
            }
        }
        try reader.finish()
        guard self.texts[authoritative] != nil else {
            throw MalformedAct(place: "\(place).authoritative", reason: "names a language without a text")
        }
        for tag in self.texts.keys where !Self.isTag(tag) {
            throw MalformedAct(place: "\(place).texts", reason: "has a member that is no language tag")
        }
        guard self.texts.count <= Self.mostLanguages, media.count <= Self.mostMedia,
            self.texts.values.allSatisfy({ $0.paragraphs.count <= Self.mostParagraphs }),
            phrases.values.allSatisfy({ $0.count <= Self.mostPhrases })
        else { throw MalformedAct(place: place, reason: "has more parts than a statement may") }
    }

    public var json: JSON {
        var texts = JSONObject()
        for (tag, text) in self.texts { texts[tag] = text.json }
        var object: JSONObject = ["authoritative": .string(authoritative), "texts": .object(texts)]
        let said = phrases.filter { !$0.value.isEmpty }
        if !said.isEmpty {
            var words = JSONObject()
            for (tag, list) in said { words[tag] = .array(list.map(JSON.string)) }
            object["phrases"] = .object(words)
        }
        if !media.isEmpty { object["media"] = .array(media.map(\.json)) }
        return .object(object)
    }

    /// 2 to 16 letters, digits and hyphens, of which the first is a small letter (BCP 47 in its usual spelling).
    private static func isTag(_ text: String) -> Bool {
        (2...16).contains(text.utf8.count) && (text.utf8.first.map { (0x61...0x7A).contains($0) } ?? false)
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
            }
    }

    /// Language tags, the authoritative one first, then the others in order.
    public var languages: [String] { [authoritative] + texts.keys.filter { $0 != authoritative }.sorted() }
}
