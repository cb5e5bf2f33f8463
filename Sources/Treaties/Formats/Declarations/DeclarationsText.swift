public import Acts

/// A text of reservations, declarations and objections as the United Nations Treaty Collection publishes it, taken apart into
/// statements.
///
/// A line `#Belgium` begins what one participant said; the rest is prose, with several statements often run together. The text
/// is cut where it cuts itself (headings, quotations, paragraphs) and nowhere else, and nothing is dropped: the parts put
/// together again are the text.
public struct DeclarationsText: Hashable, Sendable {
    /// What one participant said in one go.
    public struct Statement: Hashable, Sendable {
        /// The name at the head of the section, as it stands there.
        public let actor: String
        /// Who that is; `nil` where the actor table does not know the name.
        public let code: ActorCode?
        public let kind: Kind
        public let confidence: Confidence
        /// "Reservation concerning article 11, paragraph 1:", where it has a heading.
        public let heading: String?
        /// The text, its heading included, to the letter.
        public let text: String
        /// The articles it names, in the order they are named: `art. 11`.
        public let provisions: [String]
        /// For an objection: the States whose reservations it is about, as far as the actor table knows their names.
        public let targets: [ActorCode]
        /// The line of the file it begins on, from 1.
        public let line: Int
    }

    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case reservation
        case declaration
        case objection
        /// Recognizes the competence of a committee or court, or chooses a procedure.
        case recognition
        case territorial
        case withdrawal
        /// Only points to what was said elsewhere: "See chapter IV.3."
        case reference
        case unknown
    }

    /// How the kind was found.
    public enum Confidence: String, Hashable, Sendable {
        /// A heading says so.
        case stated
        /// The wording does.
        case worded
        /// Neither does.
        case guessed
    }

    /// What the reader could not place.
    public enum Gap: Hashable, Sendable {
        /// Text before the first name.
        case beforeFirstName(String)
        /// A name without a text.
        case nothingSaid(actor: String, line: Int)
        /// A name the actor table does not know.
        case unknownActor(String, line: Int)
        /// A statement whose kind neither a heading nor its wording shows.
        case unknownKind(actor: String, line: Int)
    }

    public let statements: [Statement]
    public let gaps: [Gap]
}

extension DeclarationsText {
    /// The largest text that is read, in bytes; the longest real one has a twentieth of it.
    public static let largest = 4 << 20

    /// Reads a text. Every text is of the form; what cannot be placed is told in `gaps`.
    ///
    /// - Parameter actors: Who is meant by the names; `nil` to look nobody up.
    /// - Throws: `MalformedAct` where it is longer than `largest`, or not UTF-8.
    public init(bytes: [UInt8], actors: ActorTable? = nil) throws(MalformedAct) {
        guard bytes.count <= DeclarationsText.largest else {
            throw MalformedAct(place: "file", reason: "is longer than \(DeclarationsText.largest) bytes")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw MalformedAct(place: "file", reason: "is not UTF-8") }
        var statements: [Statement] = []
        var gaps: [Gap] = []
        var actor: (name: String, code: ActorCode?)?
        var body = ""
        var bodyLine = 1
        var headLine = 1
        func close() {
            let pieces = StatementCutter.pieces(of: body)
            if let actor {
                if pieces.isEmpty { gaps.append(.nothingSaid(actor: actor.name, line: headLine)) }
                for piece in pieces {
                    let statement = DeclarationsText.statement(piece, actor.name, actor.code, line: bodyLine + piece.line, actors)
                    if statement.kind == .unknown { gaps.append(.unknownKind(actor: actor.name, line: statement.line)) }
                    statements.append(statement)
                }
            } else if !pieces.isEmpty {
                gaps.append(.beforeFirstName(body))
            }
        }
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            guard line.hasPrefix("#"), case let name = String(line.dropFirst()).trimmingSpaces, !name.isEmpty, name.count <= 200 else {
                body += (body.isEmpty ? "" : "\n") + line
                continue
            }
            close()
            body = ""
            bodyLine = index + 2
            headLine = index + 1
            let code = actors?.find(name: name)?.code
            if actors != nil, code == nil { gaps.append(.unknownActor(name, line: headLine)) }
            actor = (name, code)
        }
        close()
        self.statements = statements
        self.gaps = gaps
    }

    private static func statement(
        _ piece: StatementCutter.Piece, _ actor: String, _ code: ActorCode?, line: Int, _ actors: ActorTable?
    ) -> Statement {
        let (kind, confidence) = DeclarationGuess.guess(heading: piece.heading, text: piece.text)
        return Statement(
            actor: actor, code: code, kind: kind, confidence: confidence, heading: piece.heading, text: piece.text,
            provisions: DeclarationGuess.articles(in: piece.text),
            targets: kind == .objection ? DeclarationGuess.targets(in: piece.text, actors, except: code) : [], line: line)
    }
}
