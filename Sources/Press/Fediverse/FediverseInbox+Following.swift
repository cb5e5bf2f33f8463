import Acts
import Fediverse
import Record
import Web

extension FediverseInbox {
    /// Takes in whether an office may follow. It is believed only of the question that this node asked of that actor.
    func hearAnswer(_ accepts: Bool, to follow: String, from sender: RemoteActor) async throws {
        let origin = "\(house.configuration.origin)"
        try await enter(sender) { queries in
            try queries.following(actor: sender.id).flatMap { one -> [ActDraft] in
                guard FollowedActor.follow(one.office, asked: one.asked, origin: origin) == follow else { return [] }
                return FollowingCommands(office: one.office, author: "node").answer(one, accepts: accepts)
            }
        }
    }

    /// Words of a post that are looked at.
    private static let longestWords = 20_000

    /// Raises an alert where somebody whom an office follows says one of its words, once for each post. The post itself is not kept.
    func hearFollowed(_ post: IncomingActivity.Post, from sender: RemoteActor) async throws {
        guard post.isPublic else { return }
        let offices = try await house.record.read { try FediverseQueries(database: $0).following(actor: sender.id) }
            .filter { $0.state == .accepted }.map(\.office)
        guard !offices.isEmpty else { return }
        let plain = String(RemoteHTML.plainText(RemoteHTML.clean(post.html)).prefix(Self.longestWords)).trimmed
        let text = MessageUptake.words(plain)
        let (law, title) = (law, String(plain.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(200)))
        for office in offices {
            try await enter(sender) { queries in
                let disclosure = DisclosureQueries(database: queries.database)
                guard let words = try disclosure.alertWords().first(where: { $0.office == office })?.act,
                    FeedRules.matches(text, words.words), try !disclosure.hasAlert(about: post.id, of: office)
                else { return [] }
                let now = runtime.now()
                let year = now.date.year
                return DisclosureCommands(office: office, author: "node", law: law).raise(
                    AlertRaised(
                        alert: "ale-\(year)-\(try disclosure.next("ale", in: year))", title: title.isEmpty ? post.id : title,
                        source: .feed, from: post.id, event: now, ask: words.ask, about: post.id), form: nil)
            }
        }
    }
}
