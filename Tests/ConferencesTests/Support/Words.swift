import Acts
import Conferences
import Foundation
import Testing

/// The desk's words.
enum Words {
    static func of(_ language: String) throws -> JSON {
        let file = try #require(ConferenceDesk().languages).appending(path: "\(language).json")
        return try JSONParser.parse(Array(try Data(contentsOf: file)))
    }
}
