import Acts
import Fediverse

/// A version of a statement as Notes, one for each language: the same statement, rendered for timelines.
struct StatementNotes: Sendable {
    /// What every address of the node begins with: `https://mfa.example`.
    let origin: String
    let statement: PublicStatement
    /// The version after this one, where there is one: its Notes say so.
    var successor: PublicStatement?
    /// The version before this one.
    var predecessor: PublicStatement?

    static func actor(_ office: String, origin: String) -> String { "\(origin)/fediverse/actors/\(office)" }
    static func id(_ statement: String, _ version: Int64, _ language: String, origin: String) -> String {
        "\(origin)/notes/\(statement)/\(version)/\(language)"
    }

    /// The statement that an address of this node means, by its Note or its page; `nil` where it means none.
    static func reading(_ address: String, origin: String) -> (statement: String, version: Int64?, language: String?)? {
        guard address.hasPrefix(origin), address.utf8.count <= 512 else { return nil }
        let path = address.dropFirst(origin.count).prefix { $0 != "?" && $0 != "#" }.split(separator: "/").map(String.init)
        switch (path.first, path.count) {
        case ("notes", 4): return Int64(path[2]).map { (path[1], $0, path[3]) }
        case ("statements", 2): return (path[1], nil, nil)
        default: return nil
        }
    }

    private var act: StatementReleased { statement.act }
    var actor: String { Self.actor(act.office, origin: origin) }

    /// In every language, the authoritative one first.
    var all: [NoteDocument] { act.content.languages.compactMap(note) }

    func note(_ language: String) -> NoteDocument? {
        guard let text = act.content.texts[language] else { return nil }
        var notice = act.version > 1 ? statement.name(act.correction, language) : nil
        var links: [(words: String, address: String)] = []
        let host = origin.split(separator: "/").last.map(String.init) ?? origin
        if let successor {
            notice = "⚠ \(successor.name(successor.act.correction, language) ?? successor.act.code)"
            links.append(("→ \(host)/v/\(successor.act.code)", "\(origin)/statements/\(act.statement)?text=\(language)"))
        }
        links.append(("\(host)/v/\(act.code)", "\(origin)/v/\(act.code)"))
        return NoteDocument(
            id: Self.id(act.statement, act.version, language, origin: origin), actor: actor, followers: "\(actor)/followers",
            url: "\(origin)/statements/\(act.statement)?text=\(language)&version=\(act.version)", language: language,
            content: NoteDocument.html(notice: notice, title: text.title, paragraphs: text.paragraphs, links: links),
            published: statement.released, updated: successor?.released,
            inReplyTo: predecessor.flatMap { before in
                before.act.content.texts[language] == nil
                    ? nil : Self.id(before.act.statement, before.act.version, language, origin: origin)
            },
            siblings: act.content.languages.filter { $0 != language }.map {
                NoteDocument.Sibling(language: $0, url: "\(origin)/statements/\(act.statement)?text=\($0)&version=\(act.version)")
            },
            media: act.content.media.enumerated().compactMap { place, medium in
                // Other files are not media to most servers; they stand on the page.
                guard ["image/", "video/", "audio/"].contains(where: medium.type.hasPrefix) else { return nil }
                return NoteDocument.Medium(
                    type: medium.type, url: "\(origin)/statements/\(act.statement)/media/\(place)?version=\(act.version)",
                    alternative: statement.name(medium.alternative, language) ?? "")
            })
    }

    /// The Notes of a version among all versions of its statement.
    ///
    /// - Parameter versions: of one statement.
    init?(_ version: Int64, of versions: [PublicStatement], origin: String) {
        guard let statement = versions.first(where: { $0.act.version == version }) else { return nil }
        self.origin = origin
        self.statement = statement
        successor = versions.first { $0.act.version == version + 1 }
        predecessor = versions.first { $0.act.version == version - 1 }
    }

    /// What followers are sent when a version is released: its Notes, after the correction of those before it.
    static func released(_ version: Int64, of versions: [PublicStatement], origin: String) -> [JSONObject] {
        var activities: [JSONObject] = []
        if let before = StatementNotes(version - 1, of: versions, origin: origin) { activities += before.all.map(OutgoingActivity.update) }
        // What the Notes said when they were new: whether they were corrected since is in a later Update.
        if var notes = StatementNotes(version, of: versions, origin: origin) {
            notes.successor = nil
            activities += notes.all.map(OutgoingActivity.create)
        }
        return activities
    }

    /// What followers are sent when a statement is withdrawn.
    static func withdrawn(_ versions: [PublicStatement], origin: String) -> [JSONObject] {
        versions.flatMap { version in
            version.act.content.languages.map { language in
                let actor = actor(version.act.office, origin: origin)
                return OutgoingActivity.delete(
                    id(version.act.statement, version.act.version, language, origin: origin), actor: actor, followers: "\(actor)/followers")
            }
        }
    }
}
