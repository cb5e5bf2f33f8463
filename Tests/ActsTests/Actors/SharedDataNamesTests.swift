import Acts
import Foundation
import Testing

/// Every participant of the treaty data that developers keep beside the checkout has to be an actor of the table.
///
/// The data is not part of the project: without it these tests are skipped.
@Suite("Participants of the shared treaty data", .enabled(if: SharedTreatyData.folder != nil, "no shared treaty data beside the checkout"))
struct SharedDataNamesTests {
    private let table: ActorTable
    private let folder: URL

    init() throws {
        table = try ActorTable.standard
        folder = try #require(SharedTreatyData.folder)
    }

    @Test("Every actor of the entry-into-force cases, in being on the day of the act")
    func cases() throws {
        struct Cases: Decodable {
            struct Case: Decodable {
                struct Instrument: Decodable {
                    let actor: String
                    let date: CalendarDate
                    let extinctState: Bool?
                }
                let instruments: [Instrument]
            }
            let cases: [Case]
        }
        let data = try Data(contentsOf: folder.appendingPathComponent("entry-into-force-cases.json"))
        let cases = try JSONDecoder().decode(Cases.self, from: data).cases
        #expect(cases.count == 52)
        for instrument in cases.flatMap(\.instruments) {
            let actor = try #require(table.find(name: instrument.actor), "\(instrument.actor)")
            #expect(actor.exists(at: instrument.date), "\(instrument.actor) on \(instrument.date)")
            // China's representation is marked with the extinct States in the data.
            #expect((instrument.extinctState == true) == (actor.validUntil != nil), "\(instrument.actor)")
        }
    }

    @Test("Every code and name of the groups and participation tables, code and name agreeing")
    func tables() throws {
        var rows = 0
        for part in ["groups", "participation"] {
            let files = try FileManager.default.contentsOfDirectory(
                at: folder.appendingPathComponent(part), includingPropertiesForKeys: nil)
            for file in files where file.pathExtension == "csv" {
                for row in try SharedTreatyData.rows(of: file) {
                    let name = try #require(table.find(name: row[1]), "\(row[1]) in \(file.lastPathComponent)")
                    #expect(table.find(name: row[0])?.code == name.code, "\(row[0]), \(row[1])")
                    rows += 1
                }
            }
        }
        #expect(rows > 1_000)
    }

    @Test("Every country of the General Assembly's roll calls")
    func rollCalls() throws {
        for row in try SharedTreatyData.rows(of: folder.appendingPathComponent("general-assembly-roll-calls/countries.csv")) {
            #expect(table.find(name: row[1]) != nil, "\(row[1])")
        }
    }
}

enum SharedTreatyData {
    static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["CHANCERY_SHARED_DATA"].map { URL(fileURLWithPath: $0) }
        let checkout = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let shared = named ?? checkout.deletingLastPathComponent().appendingPathComponent("shared/data")
        let folder = shared.appendingPathComponent("treaties")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    /// The rows below the header; fields may be quoted.
    static func rows(of file: URL) throws -> [[String]] {
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.split(whereSeparator: \.isNewline).dropFirst().map { line in
            var fields = [""]
            var quoted = false
            for character in line {
                switch character {
                case "\"": quoted.toggle()
                case "," where !quoted: fields.append("")
                default: fields[fields.count - 1].append(character)
                }
            }
            return fields
        }
    }
}
