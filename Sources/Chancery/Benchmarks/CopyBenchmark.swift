import Acts
import Foundation
import Texts
import Treaties
import Typesetting

/// Sets a certified true copy in the six languages of the United Nations, against the limit of 20 seconds for 200 pages.
public enum CopyBenchmark {
    public struct Result: Sendable {
        public let source: String
        public let pages: Int
        public let bytes: Int
        public let seconds: Double

        /// Seconds that 200 pages take at this speed.
        public var secondsForTwoHundred: Double { seconds / Double(max(pages, 1)) * 200 }

        public var lines: [String] {
            [
                "certified copy, \(source): \(pages) pages, \(bytes / 1024) KiB in \(String(format: "%.2f", seconds)) s",
                "200 pages at this speed: \(String(format: "%.2f", secondsForTwoHundred)) s, "
                    + "\(String(format: "%.1f", 20 / secondsForTwoHundred)) times as fast as the limit of 20 s (at least 1.0)",
            ]
        }
    }

    /// There are no texts in the folder.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    private static let languages = ["ar", "zh", "en", "fr", "ru", "es"]

    /// - Parameters:
    ///   - folder: with a folder for each language and a `text.txt` in it; generated text if not given.
    ///   - pages: at least this many; the texts are repeated until there are as many.
    public static func run(folder: String?, pages: Int) throws -> Result {
        var repeats = 1
        while true {
            let copy = try copy(folder: folder, repeats: repeats)
            let clock = ContinuousClock()
            let start = clock.now
            let set = try Typesetter().set(copy.document())
            let took = clock.now - start
            if set.count >= pages || repeats > 64 {
                return Result(
                    source: folder == nil ? "generated text" : "real texts", pages: set.count, bytes: set.bytes.count,
                    seconds: Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18)
            }
            repeats = max(repeats + 1, repeats * pages / max(set.count, 1) + 1)
        }
    }

    private static func copy(folder: String?, repeats: Int) throws -> CertifiedCopy {
        guard let day = CalendarDate("2023-06-19") else { throw Failure(description: "There is no such day.") }
        let identity = try InstrumentIdentity(actor: "un", date: day, name: "copy")
        let texts = try languages.map { language in
            guard let tag = TextLanguage(language) else { throw Failure(description: "\(language) is no language.") }
            let text = try PlainText.read(
                Array(try words(in: language, folder: folder).utf8), language: tag, identity: identity, authenticity: .authentic,
                version: try TextVersion(date: day)
            ).text
            // The text as often as it takes, each further time as an annex.
            let annexes = try (1..<max(repeats, 1)).map { number in
                let annex = try ProvisionIdentifier.first(.annex, token: "\(number)", in: nil)
                return try Provision(
                    .annex, wId: annex, token: "\(number)", number: "\(number)",
                    content: text.blocks.filter { $0.role == .words && !$0.words.isEmpty }.map { .paragraph($0.words) })
            }
            return CertifiedCopy.Text(
                text: try text.with(provisions: text.provisions.filter { $0.kind != .annex } + annexes),
                digest: Array(repeating: UInt8(language.utf8.first ?? 0), count: 32))
        }
        let hash = (0..<32).map { UInt8($0 * 7) }
        return CertifiedCopy(
            number: "XXI-10", titles: [:], depositary: "Secretary-General of the United Nations", adoptedOn: day, texts: texts,
            setDigest: hash,
            evidence: CertifiedCopy.Evidence(origin: "chancery.example/record", entry: 1, leaf: hash, checkpoint: (2, hash)),
            issuedOn: day, language: "en")
    }

    private static func words(in language: String, folder: String?) throws -> String {
        guard let folder else { return (generated[language] ?? []).joined(separator: "\n\n") }
        let path = "\(folder)/\(language)/text.txt"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw Failure(description: "\(path) cannot be read. Give a folder with ar, zh, en, fr, ru and es in it.")
        }
        // A scan left controls in the Russian text, which no text may hold.
        return text.replacing("\u{12}", with: " ")
    }

    /// Sentences of every script, repeated to the length of a real text.
    private static let generated: [String: [String]] = [
        "ar": [
            "اتفاقية بشأن التعاون بين الأطراف",
            "تتعاون الأطراف بحسن نية على تنفيذ هذه الاتفاقية، وتتبادل المعلومات عن التدابير التي تتخذها، وتبلغ الوديع بها في أقرب وقت ممكن.",
        ],
        "zh": ["关于缔约方合作的公约", "缔约方应本着诚意合作执行本公约，交流所采取措施的信息，并尽快将其通知保存人。各缔约方应确保其国内法律与本公约相符。"],
        "en": [
            "Convention on cooperation between the Parties",
            "The Parties shall cooperate in good faith in carrying out this Convention, shall exchange information on the measures they take, and shall notify the depositary of them as soon as possible.",
        ],
        "fr": [
            "Convention relative à la coopération entre les Parties",
            "Les Parties coopèrent de bonne foi à l’exécution de la présente Convention, échangent des informations sur les mesures qu’elles prennent et en avisent le dépositaire dès que possible.",
        ],
        "ru": [
            "Конвенция о сотрудничестве Сторон",
            "Стороны добросовестно сотрудничают в осуществлении настоящей Конвенции, обмениваются сведениями о принимаемых мерах и в кратчайший срок уведомляют о них депозитария.",
        ],
        "es": [
            "Convención sobre la cooperación entre las Partes",
            "Las Partes cooperarán de buena fe en la ejecución de la presente Convención, intercambiarán información sobre las medidas que adopten y las notificarán al depositario lo antes posible.",
        ],
    ].mapValues { words in [words[0]] + Array(repeating: words[1] + " " + words[1], count: 240) }
}
