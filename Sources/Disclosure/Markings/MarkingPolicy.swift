public import Acts

/// One authority's set of markings, as data: a policy, its levels from the least to the most sensitive, its categories and its clock.
///
/// The shape is STANAG 4774's: a label names its policy, so that `SECRET` of one State is never taken for `SECRET` of another. Policies
/// come from JSON files, never from code: TLP 2.0, EU, NATO and UN ship with the program and a State adds its own beside them.
public struct MarkingPolicy: Hashable, Sendable {
    /// One classification of a policy.
    public struct Level: Hashable, Sendable {
        /// As it is written in a document: `AMBER+STRICT`, `SECRET UE/EU SECRET`.
        public let code: String
        /// 0 for what anybody may read; higher is more sensitive. No two levels of one policy share a rank.
        public let rank: Int
        /// What stands in brackets before a paragraph, such as `R` for "(R)".
        public let portionMark: String
        /// Whether it is a classification in law. EU LIMITE is a distribution marking and not one.
        public let isClassification: Bool
        /// What the level is called, by language tag. The code itself where a language is absent.
        public let names: [String: String]
    }

    /// A list that narrows or conditions who may receive something.
    public struct Category: Hashable, Sendable {
        /// How the values of a category bind a reader (STANAG 4774's tag types).
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            /// The reader must have at least one of the values: `REL TO`.
            case permissive
            /// The reader must have every value: code words, compartments.
            case restrictive
            /// It tells and binds nobody.
            case informative
        }

        public let code: String
        public let kind: Kind
        /// The only values that may be given; empty where any value may.
        public let values: [String]
    }

    /// Stable, with its edition: `tlp-2.0`.
    public let identifier: String
    /// What people call it, by language tag.
    public let names: [String: String]
    /// The document the policy rests on, and what of it has not been checked.
    public let source: String
    /// What stands before the code in a marking line, `TLP:` for TLP; empty where the code stands alone.
    public let prefix: String
    /// From the lowest rank.
    public let levels: [Level]
    public let categories: [Category]
    /// Years after creation at which a classified text is open where its label says nothing else. `nil`: never by age alone.
    public let openAfterYears: Int?
    /// The code of the level from which a text may be given out in individual copies. `nil`: never under this policy.
    public let copiesFrom: String?

    /// The level of that code, spelled exactly.
    public func level(_ code: String) -> Level? {
        levels.first { $0.code == code }
    }

    /// The category of that code.
    public func category(_ code: String) -> Category? {
        categories.first { $0.code == code }
    }

    /// Whether a text at that level may be given out in individual copies.
    public func allowsCopies(at level: Level) -> Bool {
        copiesFrom.flatMap { self.level($0) }.map { level.rank >= $0.rank } ?? false
    }

    /// How a level is written in a document: `TLP:AMBER`.
    public func marking(of level: Level) -> String {
        prefix + level.code
    }

    /// Its name in a language, or the English one, or the identifier.
    public func name(in language: String) -> String {
        names[language] ?? names["en"] ?? identifier
    }

    /// Reads a policy file.
    ///
    /// - Throws: ``Acts/MalformedAct`` naming the place: no level, a rank or code given twice, an unknown kind of category.
    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "policy")
        identifier = try reader.string("identifier")
        names = try reader.texts("names")
        source = try reader.string("source")
        prefix = try reader.optionalString("prefix") ?? ""
        var levels: [Level] = []
        for (index, value) in try reader.array("levels").enumerated() {
            var part = try ObjectReader(value, at: "policy.levels[\(index)]")
            let code = try part.string("code")
            levels.append(
                Level(
                    code: code, rank: Int(try part.integer("rank")), portionMark: try part.optionalString("portionMark") ?? code,
                    isClassification: try part.optionalBool("classification") ?? true,
                    names: part.value("names") == nil ? [:] : try part.texts("names")))
            try part.finish()
        }
        var categories: [Category] = []
        if reader.value("categories") != nil {
            for (index, value) in try reader.array("categories").enumerated() {
                var part = try ObjectReader(value, at: "policy.categories[\(index)]")
                categories.append(
                    Category(code: try part.string("code"), kind: try part.choice("kind"), values: try part.strings("values")))
                try part.finish()
            }
        }
        openAfterYears = try reader.optionalInteger("openAfterYears").map { Int($0) }
        copiesFrom = try reader.optionalString("copiesFrom")
        try reader.finish()
        if let code = copiesFrom, !levels.contains(where: { $0.code == code && $0.rank > 0 }) {
            throw MalformedAct(place: "policy.copiesFrom", reason: "must be the code of a level above the lowest")
        }
        guard !levels.isEmpty, levels.count <= 64, categories.count <= 64 else {
            throw MalformedAct(place: "policy.levels", reason: "must be 1 to 64 levels, with at most 64 categories")
        }
        guard Set(levels.map(\.code)).count == levels.count, Set(levels.map(\.rank)).count == levels.count else {
            throw MalformedAct(place: "policy.levels", reason: "must each have a code and a rank of their own")
        }
        guard Set(categories.map(\.code)).count == categories.count else {
            throw MalformedAct(place: "policy.categories", reason: "must each have a code of their own")
        }
        if let years = openAfterYears, !(1...500).contains(years) {
            throw MalformedAct(place: "policy.openAfterYears", reason: "must be 1 to 500 years")
        }
        self.levels = levels.sorted { $0.rank < $1.rank }
        self.categories = categories
    }
}
