import Acts
import Record
import Web

/// A feed as it stands now, for those who fetch it and those who are sent it.
struct FeedContent: Sendable {
    let house: House

    /// - Parameters:
    ///   - name: the feed's name under `/statements`.
    ///   - office: only what this office said.
    ///   - since: only what was released since, for news sitemaps.
    func feed(
        _ name: String, language: Language, office: String?, most: Int = FeedPages.mostEntries, since: Moment? = nil
    ) async throws -> StatementFeed {
        let statements = try await house.record.read { try PressQueries(database: $0).statements(of: office, limit: most) }
        func words(_ key: String) -> String { house.catalogue.text("press.\(key)", language) }
        return StatementFeed(
            statements: statements.filter { statement in since.map { statement.released >= $0 } ?? true }, language: language.tag,
            origin: house.configuration.origin.description, path: "/statements/\(name)", office: office,
            title: "\(house.configuration.name(in: language)): \(words("statements.title"))", withdrawn: words("standing.withdrawn"),
            corrected: words("standing.corrected"))
    }

    /// What a subscriber to a topic is sent.
    func sent(_ topic: FeedTopic) async throws -> (type: String, body: [UInt8], own: String, hub: String)? {
        let language = topic.language.flatMap(house.catalogue.language)
        guard let form = FeedPages.forms.first(where: { $0.name == topic.form }) else { return nil }
        let feed = try await feed(form.name, language: language ?? .english, office: topic.office)
        return (form.contentType, Array(form.text(feed).utf8), feed.own, feed.hub)
    }
}
