/// A document was filed, or filed anew, with a marking on every paragraph. Read by the office alone.
public struct DocumentFiled: Payload, Hashable {
    public static let kind = ActKind(known: "press.document-filed")
    /// Its identifier on this node: `doc-2026-1`.
    public var document: String
    /// From 1; every issue has salts of its own, and so a root of its own.
    public var issue: Int64
    public var title: String
    /// The language of the text, a BCP 47 tag.
    public var language: String
    /// The label of every part, by path, in STANAG 4774's shape.
    public var labels: JSONObject
    /// The parts with their salts, and decoys: what the public root commits to.
    public var sealed: JSON

    public init(document: String, issue: Int64, title: String, language: String, labels: JSONObject, sealed: JSON) {
        self.document = document
        self.issue = issue
        self.title = title
        self.language = language
        self.labels = labels
        self.sealed = sealed
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        document = try reader.string("document")
        issue = try reader.integer("issue")
        title = try reader.string("title")
        language = try reader.string("language")
        guard let labels = try reader.required("labels").object else {
            throw MalformedAct(place: "payload.labels", reason: "should be labels by path")
        }
        self.labels = labels
        sealed = try reader.required("sealed")
        try reader.finish()
    }

    public var json: JSON {
        [
            "document": .string(document), "issue": .integer(issue), "title": .string(title), "language": .string(language),
            "labels": .object(labels), "sealed": sealed,
        ]
    }
}

/// The public promise of a filed document: the root over its salted parts, and nothing of what it says.
public struct DocumentCommitted: Payload, Hashable {
    public static let kind = ActKind(known: "press.document-committed")
    /// Format, document, issue, day, number of leaves and root.
    public var commitment: JSON

    public init(commitment: JSON) { self.commitment = commitment }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        commitment = try reader.required("commitment")
        try reader.finish()
    }

    public var json: JSON { ["commitment": commitment] }
}

/// The marking of a document's part was changed by who may.
public struct DocumentRemarked: Payload, Hashable {
    public static let kind = ActKind(known: "press.document-remarked")
    public var document: String
    public var path: String
    /// The label from now on; `nil`: the part is open.
    public var label: JSON?
    /// `raised`, `lowered`, `opened` or `amended`.
    public var direction: String
    /// Originators whose agreement was given, and on which the change rests.
    public var agreed: [String]
    public var reason: String

    public init(document: String, path: String, label: JSON?, direction: String, agreed: [String], reason: String) {
        self.document = document
        self.path = path
        self.label = label
        self.direction = direction
        self.agreed = agreed
        self.reason = reason
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        document = try reader.string("document")
        path = try reader.string("path")
        label = reader.value("label")
        direction = try reader.string("direction")
        agreed = try reader.strings("agreed")
        reason = try reader.string("reason")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "document": .string(document), "path": .string(path), "direction": .string(direction),
            "agreed": .array(agreed.map(JSON.string)), "reason": .string(reason),
        ]
        object["label"] = label
        return .object(object)
    }
}

/// A document was released to everybody, whole or in part.
public struct DocumentReleased: Payload, Hashable {
    public static let kind = ActKind(known: "press.document-released")
    /// `rel-2026-1`.
    public var release: String
    public var title: String
    public var language: String
    /// The file that verifies against the commitment: `chancery-release/1`.
    public var file: JSON
    /// The entry of the commitment.
    public var commitment: Int64
    /// The request for access that it answers.
    public var request: String?
    /// The collection it is published in: a short name.
    public var collection: String?

    public init(
        release: String, title: String, language: String, file: JSON, commitment: Int64, request: String? = nil, collection: String? = nil
    ) {
        self.release = release
        self.title = title
        self.language = language
        self.file = file
        self.commitment = commitment
        self.request = request
        self.collection = collection
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        release = try reader.string("release")
        title = try reader.string("title")
        language = try reader.string("language")
        file = try reader.required("file")
        commitment = try reader.integer("commitment")
        request = try reader.optionalString("request")
        collection = try reader.optionalString("collection")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "release": .string(release), "title": .string(title), "language": .string(language), "file": file,
            "commitment": .integer(commitment),
        ]
        object["request"] = request.map(JSON.string)
        object["collection"] = collection.map(JSON.string)
        return .object(object)
    }
}
