import Federation
public import Record
import Treaties
import Web

extension Node {
    /// The views of every desk a node has, for commands that work on a data folder without serving.
    public static func views() throws -> [any RecordView] {
        House.views(of: [try TreatyDesk(), FederationDesk()])
    }
}
