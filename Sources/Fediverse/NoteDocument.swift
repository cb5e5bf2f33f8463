public import Acts

/// A statement's text in one language, as a Note: a reader of a timeline sees it whole, in the language it says it has.
///
/// One Note per language, since a map of several languages is read as the one that sorts first: `contentMap` has one key, and its text is
/// `content`, byte for byte.
public struct NoteDocument: Hashable, Sendable {
    public struct Medium: Hashable, Sendable {
        public var type: String
        public var url: String
        public var alternative: String

        public init(type: String, url: String, alternative: String) {
            self.type = type
            self.url = url
            self.alternative = alternative
        }
    }

    public struct Sibling: Hashable, Sendable {
        public var language: String
        public var url: String

        public init(language: String, url: String) {
            self.language = language
            self.url = url
        }
    }

    public var id: String
    /// The actor that speaks.
    public var actor: String
    public var followers: String
    /// The page for people, in this language.
    public var url: String
    public var language: String
    /// HTML of ``RemoteHTML``'s elements.
    public var content: String
    public var published: Moment
    public var updated: Moment?
    public var inReplyTo: String?
    /// The pages of the same version in other languages.
    public var siblings: [Sibling]
    public var media: [Medium]

    public init(
        id: String, actor: String, followers: String, url: String, language: String, content: String, published: Moment,
        updated: Moment? = nil, inReplyTo: String? = nil, siblings: [Sibling] = [], media: [Medium] = []
    ) {
        self.id = id
        self.actor = actor
        self.followers = followers
        self.url = url
        self.language = language
        self.content = content
        self.published = published
        self.updated = updated
        self.inReplyTo = inReplyTo
        self.media = media
        self.siblings = siblings
    }

    static let context: JSON = [
        .string(ActivityStreams.context), .string(IntegrityProof.context),
        [
            "gts": "https://gotosocial.org/ns#", "interactionPolicy": ["@id": "gts:interactionPolicy", "@type": "@id"],
            "canQuote": ["@id": "gts:canQuote", "@type": "@id"],
            "automaticApproval": ["@id": "gts:automaticApproval", "@type": "@id"],
        ],
    ]

    /// The Note by itself, without its context: as it stands within an activity.
    public var object: JSONObject {
        var object: JSONObject = [
            "id": .string(id), "type": "Note", "attributedTo": .string(actor), "to": [.string(ActivityStreams.everybody)],
            "cc": [.string(followers)], "published": .string(ActivityStreams.time(published)), "content": .string(content),
            "contentMap": .object(JSONObject([(language, .string(content))])), "sensitive": false,
            // To be quoted is the aim (FEP-044f); what quotes can be revoked all the same.
            "interactionPolicy": ["canQuote": ["automaticApproval": [.string(ActivityStreams.everybody)]]],
        ]
        // One address: some servers read no list of them.
        object["url"] = .string(url)
        if !siblings.isEmpty {
            object["tag"] = .array(
                siblings.map { sibling in
                    [
                        "type": "Link", "rel": "alternate", "href": .string(sibling.url), "mediaType": "text/html",
                        "hreflang": .string(sibling.language), "name": .string(sibling.language),
                    ]
                })
        }
        object["updated"] = updated.map { .string(ActivityStreams.time($0)) }
        object["inReplyTo"] = inReplyTo.map(JSON.string)
        if !media.isEmpty {
            object["attachment"] = .array(
                media.map { medium in
                    let family = medium.type.split(separator: "/").first.map(String.init) ?? ""
                    let type = ["image": "Image", "video": "Video", "audio": "Audio"][family] ?? "Document"
                    return [
                        "type": .string(type), "mediaType": .string(medium.type), "url": .string(medium.url),
                        "name": .string(medium.alternative),
                    ]
                })
        }
        return object
    }

    /// The Note as its own document.
    public var document: JSONObject {
        var object = object
        object["@context"] = Self.context
        return object
    }

    /// Paragraphs of plain text as HTML. A title comes first, in bold: there are no headings in a timeline.
    ///
    /// - Parameters:
    ///   - notice: what must be read before everything else, such as that the statement was corrected.
    ///   - links: addresses that stand at the end, each with its words.
    public static func html(
        notice: String? = nil, title: String, paragraphs: [String], links: [(words: String, address: String)] = []
    ) -> String {
        var html = ""
        if let notice { html += "<p><em>\(RemoteHTML.escaped(notice))</em></p>" }
        html += "<p><strong>\(RemoteHTML.escaped(title))</strong></p>"
        for paragraph in paragraphs {
            html += "<p>\(RemoteHTML.escaped(paragraph).split(separator: "\n").joined(separator: "<br>"))</p>"
        }
        for link in links {
            html += "<p><a href=\"\(RemoteHTML.escaped(link.address))\">\(RemoteHTML.escaped(link.words))</a></p>"
        }
        return html
    }
}
