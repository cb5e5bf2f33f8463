import Acts

/// What a file's manifest is to say.
public struct ProvenanceManifest: Hashable, Sendable {
    /// How the file came to be.
    public enum Beginning: Hashable, Sendable {
        /// Set from the statement's words by this program.
        case created
        /// Somebody's file, which this node passes on; nothing is said of how it was made.
        case opened
    }

    public var title: String
    public var beginning: Beginning
    public var statement: StatementMark
    /// The program that made the manifest.
    public var generator: String

    public init(title: String, beginning: Beginning, statement: StatementMark, generator: String = "Chancery") {
        self.title = title
        self.beginning = beginning
        self.statement = statement
        self.generator = generator
    }

    /// Made by a person with a computer, as IPTC's list of kinds of sources puts it.
    private static let digitalCreation = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation"
    static let assertions = "c2pa.assertions"
    static let dataHash = "c2pa.hash.data"
    static let claim = "c2pa.claim.v2"
    static let signature = "c2pa.signature"

    /// The assertions but the one on the file's bytes.
    func assertions(in form: ProvenanceForm) -> [JUMBFBox] {
        var boxes: [JUMBFBox] = []
        var first: [(String, CBORValue?)]
        switch beginning {
        case .created: first = [("action", .text("c2pa.created")), ("digitalSourceType", .text(Self.digitalCreation))]
        case .opened:
            // What was opened is an ingredient of which no provenance is known (C2PA 2.2, 18.15 and 18.16).
            let ingredient = JUMBFBox(
                .cbor, "c2pa.ingredient.v3",
                cbor: .object([
                    ("dc:title", .text(title)), ("dc:format", .text(form.mediaType)), ("relationship", .text("parentOf")),
                ]))
            boxes.append(ingredient)
            first = [
                ("action", .text("c2pa.opened")), ("parameters", .object([("ingredients", .array([Self.reference(to: ingredient)]))])),
            ]
        }
        let published = CBORValue.object([
            ("action", .text("c2pa.published")), ("when", .tagged(0, .text(statement.released.description))),
        ])
        boxes.append(JUMBFBox(.cbor, "c2pa.actions.v2", cbor: .object([("actions", .array([.object(first), published]))])))
        boxes.append(JUMBFBox(.cbor, StatementMark.label, cbor: statement.value))
        return boxes
    }

    /// An address within the manifest and the hash of what stands there (C2PA 2.2, 8.4.2).
    static func reference(to box: JUMBFBox) -> CBORValue {
        .object([("url", .text("self#jumbf=\(assertions)/\(box.label)")), ("hash", .bytes(Digest.sha256(box.body)))])
    }
}
