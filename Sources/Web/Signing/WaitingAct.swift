public import Acts
import Foundation
import GRDB

/// An act that one person prepared and signed and a second has not decided on yet.
public struct WaitingAct: Hashable, Sendable {
    /// The entry that holds it.
    public let entry: Int64
    public let office: String
    public let author: String
    public let kind: String
    public let dossier: String?
    /// When it was prepared.
    public let received: Moment
    let content: [UInt8]

    init(row: Row) {
        entry = row["entry"]
        office = row["office"]
        author = row["author"]
        kind = row["kind"]
        dossier = row["dossier"]
        received = Moment(milliseconds: row["received"])
        content = Array(row["content"] as Data)
    }

    /// The act and the first person's signatures.
    func prepared() throws -> ActPrepared {
        try ActPrepared(json: try JSONParser.parse(content, limits: .init(bytes: 4 << 20, depth: 40)))
    }
}
