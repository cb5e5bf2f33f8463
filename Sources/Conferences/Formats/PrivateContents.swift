import Acts

/// Who wrote a paper. It is sealed with the paper.
struct PaperAuthor: Hashable, Sendable {
    /// The person of this node.
    var person: String
    /// As the person was shown then.
    var name: String
    var office: String
    /// Whether the person wrote from capital and not at the conference.
    var isCapital: Bool

    init(person: String, name: String, office: String, isCapital: Bool) {
        self.person = person
        self.name = name
        self.office = office
        self.isCapital = isCapital
    }

    init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "paper.author")
        person = try reader.string("person")
        name = try reader.string("name")
        office = try reader.string("office")
        isCapital = try reader.optionalBool("capital") ?? false
        try reader.finish()
    }

    /// The name, kept apart from the direction of the words around it (Unicode isolates, UAX 9).
    var isolatedName: String { "\u{2068}\(name)\u{2069}" }

    var json: JSON {
        [
            "person": .string(person), "name": .string(name), "office": .string(office), "capital": .bool(isCapital),
        ]
    }
}

/// A draft of a delegation or a group, or a comment on one (then without title), in clear: it exists in memory only, while a page is made.
struct PrivatePaper: Hashable, Sendable {
    var title: String
    var words: String
    /// The text under negotiation and the provision (wId) of it that the paper is about.
    var text: String?
    var provision: String?
    var author: PaperAuthor

    /// Most characters of its words.
    static let longest = 30_000
    static let longestTitle = 200
    static let longestComment = 4_000

    init(title: String, words: String, text: String? = nil, provision: String? = nil, author: PaperAuthor) {
        self.title = title
        self.words = words
        self.text = text
        self.provision = provision
        self.author = author
    }

    init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "paper")
        title = try reader.string("title")
        words = try reader.string("words")
        text = try reader.optionalString("text")
        provision = try reader.optionalString("provision")
        author = try PaperAuthor(json: try reader.required("author"))
        try reader.finish()
    }

    var json: JSON {
        var object: JSONObject = ["title": .string(title), "words": .string(words), "author": author.json]
        object["text"] = text.map(JSON.string)
        object["provision"] = provision.map(JSON.string)
        return .object(object)
    }
}

/// What a State wants of one provision, in clear: it exists in memory only, while a page is made for a person of its office.
struct CapitalPosition: Hashable, Sendable {
    enum Stance: String, Hashable, Sendable, CaseIterable {
        case support
        /// Not what was wished for, and no reason to stand in the way.
        case accept
        case oppose
        /// The position is kept open.
        case reserve
    }

    var text: String
    /// The provision's name (wId).
    var provision: String
    /// The version of the text that whoever wrote it had before them.
    var version: Int64
    var stance: Stance
    /// What the delegate is to do and to say.
    var instruction: String
    /// What must not be agreed to without asking again.
    var redLine: String
    /// What may be agreed to in the end.
    var fallback: String
    var author: PaperAuthor

    static let longest = 6_000

    init(
        text: String, provision: String, version: Int64, stance: Stance, instruction: String, redLine: String, fallback: String,
        author: PaperAuthor
    ) {
        self.text = text
        self.provision = provision
        self.version = version
        self.stance = stance
        self.instruction = instruction
        self.redLine = redLine
        self.fallback = fallback
        self.author = author
    }

    init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "position")
        text = try reader.string("text")
        provision = try reader.string("provision")
        version = try reader.integer("version")
        stance = try reader.choice("stance")
        instruction = try reader.string("instruction")
        redLine = try reader.string("redLine")
        fallback = try reader.string("fallback")
        author = try PaperAuthor(json: try reader.required("author"))
        try reader.finish()
    }

    var json: JSON {
        [
            "text": .string(text), "provision": .string(provision), "version": .integer(version), "stance": .string(stance.rawValue),
            "instruction": .string(instruction), "redLine": .string(redLine), "fallback": .string(fallback), "author": author.json,
        ]
    }
}
