/// The forms of diplomatic correspondence (Satow's Diplomatic Practice, "The language of diplomacy").
public enum NoteKind: String, Hashable, Sendable, CaseIterable {
    /// A formal note in the third person, initialled and sealed, not signed.
    case noteVerbale = "note-verbale"
    /// What was said, left behind in writing.
    case aideMemoire = "aide-memoire"
    /// In the first person, signed.
    case letter
    /// One text to many missions.
    case circular
}

/// A note or call wherever it was entered: its record and its place there.
public struct NoteReference: Hashable, Sendable {
    /// The origin of the record of the node that sent it.
    public var origin: String
    /// Its entry in that record.
    public var index: Int64

    public init(origin: String, index: Int64) {
        self.origin = origin
        self.index = index
    }

    init(json: JSON, at place: String) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: place)
        origin = try reader.string("origin")
        index = try reader.integer("index")
        guard (1...255).contains(origin.utf8.count), index >= 0 else {
            throw MalformedAct(place: place, reason: "is not the place of an entry")
        }
        try reader.finish()
    }

    var json: JSON { ["origin": .string(origin), "index": .integer(index)] }
}

/// What a draft and a note that was sent both say in the open, and the sealed rest: subject, text and names of attachments.
///
/// An office is written `NODE/OFFICE`: `mfa.example.org/cabinet`.
public struct NotePaper: Hashable, Sendable {
    /// Most offices that one note is addressed to.
    public static let mostAddressees = 240
    /// Most attachments of one note.
    public static let mostBlobs = 20

    public var note: NoteKind
    public var from: String
    /// In order, without repetition.
    public var to: [String]
    /// The last day for the answer, where one is asked for.
    public var deadline: CalendarDate?
    public var inReplyTo: NoteReference?
    /// A sealed message (docs/protocol.md): subject, text, attachments' names and keys.
    public var content: JSON
    /// SHA-256 of the encrypted attachments, in lowercase hexadecimal.
    public var blobs: [String]

    public init(
        note: NoteKind, from: String, to: [String], deadline: CalendarDate? = nil, inReplyTo: NoteReference? = nil, content: JSON,
        blobs: [String] = []
    ) {
        self.note = note
        self.from = from
        self.to = to
        self.deadline = deadline
        self.inReplyTo = inReplyTo
        self.content = content
        self.blobs = blobs
    }

    init(_ reader: inout ObjectReader) throws(MalformedAct) {
        note = try reader.choice("note")
        from = try reader.string("from")
        to = try reader.strings("to")
        deadline = try reader.optionalDate("deadline")
        inReplyTo = nil
        if let value = reader.value("inReplyTo") { inReplyTo = try NoteReference(json: value, at: "payload.inReplyTo") }
        content = try reader.required("content")
        blobs = try reader.strings("blobs")
        guard (1...Self.mostAddressees).contains(to.count), Set(to).count == to.count else {
            throw MalformedAct(place: "payload.to", reason: "should name 1 to \(Self.mostAddressees) offices, each once")
        }
        guard blobs.count <= Self.mostBlobs else {
            throw MalformedAct(place: "payload.blobs", reason: "should be at most \(Self.mostBlobs)")
        }
        for blob in blobs where blob.utf8.count != 64 || !blob.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        {
            throw MalformedAct(place: "payload.blobs", reason: "should be SHA-256 hashes in lowercase hexadecimal")
        }
    }

    func write(to object: inout JSONObject) {
        object["note"] = .string(note.rawValue)
        object["from"] = .string(from)
        object["to"] = .array(to.map(JSON.string))
        object["deadline"] = deadline.map { .string($0.description) }
        object["inReplyTo"] = inReplyTo?.json
        object["content"] = content
        if !blobs.isEmpty { object["blobs"] = .array(blobs.map(JSON.string)) }
    }
}
