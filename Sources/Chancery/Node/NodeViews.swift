import Conferences
import Correspondence
import Federation
import Foundation
import Press
public import Record
import Treaties
import Web

extension Node {
    /// The views of every desk a node has, for commands that work on a data folder without serving.
    public static func views() throws -> [any RecordView] {
        // Views hold nothing of keys: what they derive is the same whichever folder the keys are in.
        let ring = OfficeKeyring(folder: URL(filePath: "keys", directoryHint: .isDirectory))
        var desks: [any Desk] = [try TreatyDesk(), try ConferenceDesk(), PressDesk(), FederationDesk()]
        if let node = NodeName("localhost") { desks.append(CorrespondenceDesk(node: node, ring: ring)) }
        return House.views(of: desks)
    }
}
