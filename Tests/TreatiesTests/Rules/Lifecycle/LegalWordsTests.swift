import Acts
import Foundation
import Testing
import Web

@testable import Treaties

@Suite("Legal answers in words")
struct LegalWordsTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../Sources/Treaties/Languages").standardizedFileURL

    @Test("a step is said in every language, with names and dates as the language writes them")
    func languages() throws {
        let catalogue = try LanguageCatalogue(folders: [Self.folder])
        let step = LegalStep(
            .effectAcceptedBySilence, "VCLT art. 20(5)",
            ["other": .participant(Participant(ParticipantID("FRA"))), "on": .date(try date("2024-02-10"))])
        let said = try [Language.english, .french, .arabic, .indonesian].map { language in
            LegalWords(catalogue: catalogue, language: language, actors: try ActorTable.standard).sentence(step)
        }
        #expect(said[0].hasPrefix("France was silent until ") && said[0].hasSuffix(", and is taken to have accepted it that day"))
        #expect(said[1].hasPrefix("France a gardé le silence jusqu’au "))
        #expect(said[2].contains("فرنسا"))
        #expect(said[3].hasPrefix("Prancis diam sampai "))
    }
}
