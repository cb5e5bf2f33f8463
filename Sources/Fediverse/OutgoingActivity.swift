public import Acts

/// The activities that this node sends (ActivityPub, section 6), each with its own address so that a receiver knows it again.
public enum OutgoingActivity {
    /// A Note was published, or edited.
    public static func create(_ note: NoteDocument) -> JSONObject { about(note, "Create", at: note.published) }

    public static func update(_ note: NoteDocument) -> JSONObject { about(note, "Update", at: note.updated ?? note.published) }

    private static func about(_ note: NoteDocument, _ type: String, at moment: Moment) -> JSONObject {
        [
            "@context": NoteDocument.context, "id": .string("\(note.id)#\(type.lowercased())-\(moment.milliseconds)"),
            "type": .string(type),
            "actor": .string(note.actor), "published": .string(ActivityStreams.time(moment)),
            "to": [.string(ActivityStreams.everybody)], "cc": [.string(note.followers)], "object": .object(note.object),
        ]
    }

    /// An actor's own document is new, such as after its keys were rolled.
    public static func update(_ actor: ActorDocument, at moment: Moment) -> JSONObject {
        var document = actor.json.object ?? JSONObject()
        document["@context"] = nil
        let context = (ActorDocument.context.array ?? []) + [.string(IntegrityProof.context)]
        return [
            "@context": .array(context), "id": .string("\(actor.id)#update-\(moment.milliseconds)"), "type": "Update",
            "actor": .string(actor.id), "published": .string(ActivityStreams.time(moment)), "to": [.string(ActivityStreams.everybody)],
            "cc": [.string(actor.followers)], "object": .object(document),
        ]
    }

    /// A Note is taken back: a request to other servers, no recall.
    public static func delete(_ note: String, actor: String, followers: String) -> JSONObject {
        [
            "@context": .string(ActivityStreams.context), "id": .string("\(note)#delete"), "type": "Delete", "actor": .string(actor),
            "to": [.string(ActivityStreams.everybody)], "cc": [.string(followers)],
            "object": ["id": .string(note), "type": "Tombstone", "formerType": "Note"],
        ]
    }

    /// What stands at a deleted Note's address (ActivityPub, section 6.4).
    public static func tombstone(_ note: String, deleted: Moment) -> JSONObject {
        [
            "@context": .string(ActivityStreams.context), "id": .string(note), "type": "Tombstone", "formerType": "Note",
            "deleted": .string(ActivityStreams.time(deleted)),
        ]
    }

    /// The answer to a Follow.
    ///
    /// - Parameters:
    ///   - id: of the answer.
    ///   - follow: the identifier of the activity that is answered, which is named with its actor so that a forgetful sender knows it.
    public static func answer(
        _ accepts: Bool, id: String, actor: String, follow: String, from follower: String
    ) -> JSONObject {
        [
            "@context": .string(ActivityStreams.context), "id": .string(id), "type": accepts ? "Accept" : "Reject", "actor": .string(actor),
            "to": [.string(follower)],
            "object": ["id": .string(follow), "type": "Follow", "actor": .string(follower), "object": .string(actor)],
        ]
    }

    /// Asks an actor of another server to let this one follow it.
    public static func follow(_ other: String, id: String, actor: String) -> JSONObject {
        [
            "@context": .string(ActivityStreams.context), "id": .string(id), "type": "Follow", "actor": .string(actor),
            "to": [.string(other)], "object": .string(other),
        ]
    }

    /// Takes back a Follow, which is named whole so that a forgetful receiver knows it.
    public static func unfollow(_ other: String, id: String, follow: String, actor: String) -> JSONObject {
        [
            "@context": .string(ActivityStreams.context), "id": .string(id), "type": "Undo", "actor": .string(actor),
            "to": [.string(other)],
            "object": ["id": .string(follow), "type": "Follow", "actor": .string(actor), "object": .string(other)],
        ]
    }

    /// The answer to a QuoteRequest (FEP-044f): the authorization's address is the result.
    public static func acceptQuote(
        id: String, actor: String, request: String, from quoter: String, quote: String, of note: String, authorization: String
    ) -> JSONObject {
        [
            "@context": quoteContext, "id": .string(id), "type": "Accept", "actor": .string(actor), "to": [.string(quoter)],
            "object": [
                "id": .string(request), "type": "QuoteRequest", "actor": .string(quoter), "object": .string(note),
                "instrument": .string(quote),
            ],
            "result": .string(authorization),
        ]
    }

    /// Says that a post may quote a Note (FEP-044f).
    public static func quoteAuthorization(id: String, actor: String, quote: String, of note: String) -> JSONObject {
        [
            "@context": quoteContext, "id": .string(id), "type": "QuoteAuthorization", "attributedTo": .string(actor),
            "interactingObject": .string(quote), "interactionTarget": .string(note),
        ]
    }

    private static let quoteContext: JSON = [
        .string(ActivityStreams.context),
        [
            "QuoteRequest": "https://w3id.org/fep/044f#QuoteRequest", "QuoteAuthorization": "https://w3id.org/fep/044f#QuoteAuthorization",
            "gts": "https://gotosocial.org/ns#", "interactingObject": ["@id": "gts:interactingObject", "@type": "@id"],
            "interactionTarget": ["@id": "gts:interactionTarget", "@type": "@id"],
        ],
    ]

    /// An ordered collection without its members: how many there are, and where the first page is.
    ///
    /// - Parameter first: `nil` where the members are not shown.
    public static func collection(_ id: String, count: Int, first: String?) -> JSONObject {
        var object: JSONObject = [
            "@context": .string(ActivityStreams.context), "id": .string(id), "type": "OrderedCollection",
            "totalItems": .integer(Int64(count)),
        ]
        if let first { object["first"] = .string(first) } else { object["orderedItems"] = [] }
        return object
    }

    public static func page(_ id: String, of collection: String, items: [JSON], next: String?) -> JSONObject {
        var object: JSONObject = [
            "@context": NoteDocument.context, "id": .string(id), "type": "OrderedCollectionPage", "partOf": .string(collection),
            "orderedItems": .array(items),
        ]
        object["next"] = next.map(JSON.string)
        return object
    }
}
