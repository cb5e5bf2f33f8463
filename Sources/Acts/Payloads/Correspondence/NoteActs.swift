/// A note was drafted, or a draft was written anew. Its content is sealed to the drafting office alone.
public struct NoteDrafted: Payload, Hashable {
    public static let kind = ActKind(known: "note.drafted")
    public var paper: NotePaper
    /// The first entry of the draft that this one writes anew.
    public var revises: Int64?

    public init(paper: NotePaper, revises: Int64? = nil) {
        self.paper = paper
        self.revises = revises
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        paper = try NotePaper(&reader)
        revises = try reader.optionalInteger("revises")
        try reader.finish()
    }

    public var json: JSON {
        var object = JSONObject()
        paper.write(to: &object)
        object["revises"] = revises.map(JSON.integer)
        return .object(object)
    }
}

/// A second person of the office approved a draft, in exactly that version.
public struct NoteApproved: Payload, Hashable {
    public static let kind = ActKind(known: "note.approved")
    /// The draft's first entry.
    public var draft: Int64
    /// The entry of the version that was read and approved.
    public var version: Int64

    public init(draft: Int64, version: Int64) {
        self.draft = draft
        self.version = version
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        draft = try reader.integer("draft")
        version = try reader.integer("version")
        try reader.finish()
    }

    public var json: JSON { ["draft": .integer(draft), "version": .integer(version)] }
}

/// A second person gave a draft back, with the reason sealed to the office.
public struct NoteReturned: Payload, Hashable {
    public static let kind = ActKind(known: "note.returned")
    public var draft: Int64
    public var version: Int64
    /// A sealed message: why.
    public var content: JSON

    public init(draft: Int64, version: Int64, content: JSON) {
        self.draft = draft
        self.version = version
        self.content = content
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        draft = try reader.integer("draft")
        version = try reader.integer("version")
        content = try reader.required("content")
        try reader.finish()
    }

    public var json: JSON { ["draft": .integer(draft), "version": .integer(version), "content": content] }
}

/// A note was numbered, sealed to its addressees and sent.
public struct NoteSent: Payload, Hashable {
    public static let kind = ActKind(known: "note.sent")
    public var paper: NotePaper
    /// The number within the sending office and the year, from 1: "No. 12/2026".
    public var number: Int64
    public var date: CalendarDate
    /// The sending office's name, by language tag.
    public var fromName: [String: String]
    /// The draft's first entry in the sender's record.
    public var draft: Int64

    public init(paper: NotePaper, number: Int64, date: CalendarDate, fromName: [String: String], draft: Int64) {
        self.paper = paper
        self.number = number
        self.date = date
        self.fromName = fromName
        self.draft = draft
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        paper = try NotePaper(&reader)
        number = try reader.integer("number")
        date = try reader.date("date")
        fromName = try reader.texts("fromName")
        draft = try reader.integer("draft")
        try reader.finish()
        guard number > 0 else { throw MalformedAct(place: "payload.number", reason: "should be 1 or more") }
    }

    public var json: JSON {
        var object = JSONObject()
        paper.write(to: &object)
        object["number"] = .integer(number)
        object["date"] = .string(date.description)
        object["fromName"] = JSON(texts: fromName)
        object["draft"] = .integer(draft)
        return .object(object)
    }
}

/// An addressed office says that it has read a note. The act goes back to the sender's node.
public struct NoteAcknowledged: Payload, Hashable {
    public static let kind = ActKind(known: "note.acknowledged")
    public var note: NoteReference
    /// `NODE/OFFICE`.
    public var by: String

    public init(note: NoteReference, by: String) {
        self.note = note
        self.by = by
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        note = try NoteReference(json: try reader.required("note"), at: "payload.note")
        by = try reader.string("by")
        try reader.finish()
    }

    public var json: JSON { ["note": note.json, "by": .string(by)] }
}

/// A note was handed on to other offices: the ciphertext as it came, its key sealed to them by the office that hands it on.
public struct NoteForwarded: Payload, Hashable {
    public static let kind = ActKind(known: "note.forwarded")
    public var note: NoteReference
    /// `NODE/OFFICE`.
    public var by: String
    public var to: [String]
    /// The sealed message with the new seals.
    public var content: JSON
    public var blobs: [String]
    /// The note as its sender's record has it, so that whoever gets it can prove who wrote it: `leaf`, `payload` and `salt` in base64,
    /// and the text of the `.tlog-proof`.
    public var original: JSON

    public init(note: NoteReference, by: String, to: [String], content: JSON, blobs: [String], original: JSON) {
        self.note = note
        self.by = by
        self.to = to
        self.content = content
        self.blobs = blobs
        self.original = original
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        note = try NoteReference(json: try reader.required("note"), at: "payload.note")
        by = try reader.string("by")
        to = try reader.strings("to")
        content = try reader.required("content")
        blobs = try reader.strings("blobs")
        original = try reader.required("original")
        try reader.finish()
        guard (1...NotePaper.mostAddressees).contains(to.count), blobs.count <= NotePaper.mostBlobs else {
            throw MalformedAct(place: "payload", reason: "names too many offices or attachments, or none")
        }
    }

    public var json: JSON {
        var object: JSONObject = [
            "note": note.json, "by": .string(by), "to": .array(to.map(JSON.string)), "content": content, "original": original,
        ]
        if !blobs.isEmpty { object["blobs"] = .array(blobs.map(JSON.string)) }
        return .object(object)
    }
}

/// An office is done with a note: nothing more is expected.
public struct NoteClosed: Payload, Hashable {
    public static let kind = ActKind(known: "note.closed")
    /// The entry of the note in this record.
    public var entry: Int64

    public init(entry: Int64) {
        self.entry = entry
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        entry = try reader.integer("entry")
        try reader.finish()
    }

    public var json: JSON { ["entry": .integer(entry)] }
}
