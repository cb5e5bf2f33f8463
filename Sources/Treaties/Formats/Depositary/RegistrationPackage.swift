import Acts
import Foundation

/// What is sent to the Secretariat of the United Nations to have a treaty registered (General Assembly resolution 97 (I), arts. 5 and 7;
/// Charter art. 102): texts, dates and method of entry into force for each Party, the certifying statement, and proofs that need no trust in
/// us. The same facts always give the same file, but for the seals in its documents.
struct RegistrationPackage: Sendable {
    struct Party: Sendable {
        var code: ActorCode
        var names: [String: String]
        var action: ParticipationKind
        var deposited: CalendarDate
        var inForce: CalendarDate?
        /// The entry that holds the instrument.
        var entry: Int64
    }

    /// A file that goes in as it is: a text, a certified copy, a proof.
    struct Member: Sendable {
        var name: String
        var bytes: [UInt8]
    }

    var opened: TreatyOpened
    var settings: DepositarySettings
    var inForce: CalendarDate
    /// How it entered into force, in a line.
    var method: String
    /// By code.
    var parties: [Party]
    /// Reservations and declarations, by their entries, in a line each.
    var statements: [String]
    var members: [Member]
    /// The day of the statement; also the date of every member of the file.
    var date: CalendarDate

    /// The certifying statement: what articles 5 and 7 of the Regulations ask to be certified.
    func statement(_ language: DocumentLanguage) -> String {
        let title = language.text(of: opened.titles)
        let signatory = language.text(of: settings.signatory)
        let name = language.text(of: settings.name)
        let imprint = [opened.adoptedAt, opened.adoptedOn.map(language.text)].compactMap { $0 }.joined(separator: ", ")
        let day = language.text(date)
        let lines =
            language == .english
            ? [
                "CERTIFYING STATEMENT", "",
                "for the registration of a treaty under Article 102 of the Charter of the United Nations", "", "Treaty: \(title)",
                "Concluded: \(imprint)", "Number in the depositary's register: \(opened.treaty)",
                "Entry into force: \(language.text(inForce)), \(method)", "Parties: \(parties.count)", "",
                "It is certified that the text submitted with this statement is a true and complete copy of the treaty and includes all "
                    + "reservations and declarations made by the Parties so far as the depositary has received them.", "",
                textLine(language), "Reservations and declarations: \(statements.count)", "", "\(day)", name,
                signatory,
            ]
            : [
                "DÉCLARATION CERTIFIÉE", "",
                "aux fins de l’enregistrement d’un traité en vertu de l’Article 102 de la Charte des Nations Unies", "",
                "Traité : \(title)",
                "Conclu : \(imprint)", "Numéro au registre du dépositaire : \(opened.treaty)",
                "Entrée en vigueur : le \(language.text(inForce)), \(method)", "Parties : \(parties.count)", "",
                "Il est certifié que le texte présenté avec la présente déclaration est une copie conforme et complète du traité et comprend "
                    + "toutes les réserves et déclarations formulées par les Parties, pour autant que le dépositaire les ait reçues.", "",
                textLine(language), "Réserves et déclarations : \(statements.count)", "", "Le \(day)", name,
                signatory,
            ]
        return lines.map(NotificationText.wrapped).joined(separator: "\n") + "\n"
    }

    /// Tags of the languages whose authentic texts are in the package.
    private var textLanguages: [String] {
        Set(
            members.compactMap { member in
                member.name.hasPrefix("texts/") ? member.name.split(separator: ".").dropLast().last.map(String.init) : nil
            }
        ).sorted()
    }

    /// Where the register does not hold the text, the statement must not look as if it came with one.
    private func textLine(_ language: DocumentLanguage) -> String {
        let tags = textLanguages
        guard !tags.isEmpty else {
            return language.choose(
                "This register does not hold the authentic text: it is submitted beside this file, in the languages it states.",
                "Le présent registre ne détient pas le texte authentique : il est présenté avec ce fichier, dans les langues qu’il indique."
            )
        }
        return language.choose("Authentic languages: ", "Langues authentiques : ") + tags.map(language.languageName).joined(separator: ", ")
    }

    /// Parties as RFC 4180.
    var partiesCSV: [UInt8] {
        var rows = [["code", "name-en", "name-fr", "action", "date", "in-force"]]
        rows += parties.map { party in
            [
                party.code.rawValue, party.names["en"] ?? "", party.names["fr"] ?? "", party.action.rawValue, party.deposited.description,
                party.inForce?.description ?? "",
            ]
        }
        return rows.flatMap { row in
            Array((row.map(RegistrationPackage.quoted).joined(separator: ",") + "\r\n").utf8)
        }
    }

    private static func quoted(_ field: String) -> String {
        guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
        return "\"\(field.replacing("\"", with: "\"\""))\""
    }

    var json: JSON {
        [
            "treaty": .string(opened.treaty), "titles": JSON(texts: opened.titles), "adoptedOn": JSON(opened.adoptedOn?.description),
            "adoptedAt": JSON(opened.adoptedAt), "entryIntoForce": .string(inForce.description), "method": .string(method),
            "statements": .array(statements.map(JSON.string)), "texts": .array(textLanguages.map(JSON.string)),
            "parties": .array(
                parties.map { party in
                    [
                        "code": .string(party.code.rawValue), "names": JSON(texts: party.names), "action": .string(party.action.rawValue),
                        "date": .string(party.deposited.description), "inForce": JSON(party.inForce?.description),
                        "entry": .integer(party.entry),
                    ]
                }),
        ]
    }

    func file() throws(ZIPWriter.Problem) -> [UInt8] {
        var zip = ZIPWriter(date: date)
        for language in DocumentLanguage.allCases {
            try zip.add("statement.\(language.rawValue).txt", Array(statement(language).utf8))
        }
        try zip.add("parties.csv", partiesCSV)
        try zip.add("registration.json", json.canonicalBytes)
        for member in members { try zip.add(member.name, member.bytes) }
        return try zip.finished()
    }
}
