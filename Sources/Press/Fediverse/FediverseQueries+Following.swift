import Acts
import GRDB

extension FediverseQueries {
    /// Whom an office follows or has asked to, in order.
    func following(of office: String) throws -> [FollowedActor] {
        try Row.fetchAll(database, sql: "SELECT * FROM fediverse_following WHERE office = ? ORDER BY actor", arguments: [office])
            .compactMap(Self.followed)
    }

    /// The offices that follow an actor or have asked to.
    func following(actor: String) throws -> [FollowedActor] {
        try SQLRequest<Row>(sql: "SELECT * FROM fediverse_following WHERE actor = ? ORDER BY office", arguments: [actor], cached: true)
            .fetchAll(database).compactMap(Self.followed)
    }

    private static func followed(_ row: Row) -> FollowedActor? {
        FollowedActor.State(rawValue: row["state"]).map {
            FollowedActor(office: row["office"], actor: row["actor"], inbox: row["inbox"], state: $0, asked: row["entry"])
        }
    }
}
