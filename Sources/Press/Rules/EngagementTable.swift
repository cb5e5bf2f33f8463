import Acts

/// What may be published of a count of reactions: a cell counts only where ten or more different actors stand behind it, rounded to tens, so that
/// nobody is seen through it, nor a server that is one person's.
struct EngagementTable: Hashable, Sendable {
    static let threshold = 10
    /// Rows of a table at most; the rest counts as below the threshold.
    static let most = 20

    /// Reactions of a form under a key, and from how many different actors.
    struct Cell: Hashable, Sendable {
        /// A language's tag or a server's host.
        var key: String
        var form: ReactionHeard.Form
        var count: Int
        var actors: Int
    }

    struct Row: Hashable, Sendable {
        /// A language's tag, or a server.
        var key: String
        /// `nil`: fewer than ten actors, which may be none.
        var boosts: Int?
        var quotes: Int?
        var replies: Int?

        var all: Int { (boosts ?? 0) + (quotes ?? 0) + (replies ?? 0) }
    }

    let rows: [Row]

    init(_ cells: [Cell]) {
        var byKey: [String: Row] = [:]
        for cell in cells where cell.actors >= Self.threshold {
            var row = byKey[cell.key] ?? Row(key: cell.key)
            let count = VisitorSketch.published(cell.count)
            switch cell.form {
            case .boost: row.boosts = count
            case .quote: row.quotes = count
            case .reply: row.replies = count
            case .like: continue
            }
            byKey[cell.key] = row
        }
        rows = Array(byKey.values.sorted { ($1.all, $0.key) < ($0.all, $1.key) }.prefix(Self.most))
    }
}

/// Servers that confirmed a statement, by how many followers there are behind each: bands, never lists.
struct FollowerBands: Hashable, Sendable {
    struct Band: Hashable, Sendable {
        /// The fewest followers; the most, where there is a bound.
        var least: Int
        var most: Int?
        var confirmed: Int
        var servers: Int
    }

    let bands: [Band]

    init(_ progress: DeliveryProgress, followers: [String: Int]) {
        let bounds: [(Int, Int?)] = [(1, 9), (10, 99), (100, 999), (1_000, nil)]
        bands = bounds.map { least, most in
            let servers = progress.servers.filter { server in
                let count = max(1, followers[server.host] ?? 0)
                return count >= least && most.map { count <= $0 } ?? true
            }
            return Band(least: least, most: most, confirmed: servers.filter { $0.state == .confirmed }.count, servers: servers.count)
        }
    }
}
