/// The depositary examined whether an instrument is in due and proper form (VCLT art. 77(1)(d)).
///
/// It finds and says; it does not decide. A difference is brought to the attention of the States concerned (VCLT art. 77(2)).
public struct TreatyInstrumentExamined: Payload, Hashable {
    public static let kind = ActKind(known: "treaty.instrument-examined")

    /// What is looked at (Treaty Handbook, 3.3.5 and annexes 3 to 5; VCLT art. 7(2)).
    public enum Point: String, Hashable, Sendable, CaseIterable {
        /// Head of State, Head of Government or Minister for Foreign Affairs, or somebody with full powers from one of them.
        case signedByAuthority = "signed-by-authority"
        /// Title, date and place of conclusion of the treaty.
        case treatyIdentified = "treaty-identified"
        /// An unambiguous expression of the intent to be bound.
        case intentUnambiguous = "intent-unambiguous"
        /// The signatory's name and title.
        case signatoryNamed = "signatory-named"
        /// Date and place of issue.
        case datedAndPlaced = "dated-and-placed"
    }

    /// What was found on one point.
    public enum Answer: String, Hashable, Sendable, CaseIterable {
        case yes
        case no
        /// It cannot be told from the document.
        case unclear
    }

    public enum Result: String, Hashable, Sendable, CaseIterable {
        /// In due and proper form.
        case inOrder = "in-order"
        /// The sender was asked to complete it.
        case toBeCompleted = "to-be-completed"
        /// There is a difference with the State; it goes to the signatory and contracting States (VCLT art. 77(2)).
        case difference
    }

    public struct Check: Hashable, Sendable {
        public var point: Point
        public var answer: Answer
        public var remark: String?

        public init(_ point: Point, _ answer: Answer, remark: String? = nil) {
            self.point = point
            self.answer = answer
            self.remark = remark
        }
    }

    /// The entry of the document.
    public var instrument: Int64
    public var treaty: String
    /// Each point once.
    public var checks: [Check]
    public var result: Result
    public var remarks: String?

    public init(instrument: Int64, treaty: String, checks: [Check], result: Result, remarks: String? = nil) {
        self.instrument = instrument
        self.treaty = treaty
        self.checks = checks
        self.result = result
        self.remarks = remarks
    }

    public init(json: JSON) throws(MalformedAct) {
        var reader = try ObjectReader(json, at: "payload")
        instrument = try reader.integer("instrument")
        treaty = try reader.string("treaty")
        var checks: [Check] = []
        for (index, value) in try reader.array("checks").enumerated() {
            var inner = try ObjectReader(value, at: "payload.checks[\(index)]")
            let check = Check(try inner.word("point"), try inner.word("answer"), remark: try inner.optionalString("remark"))
            try inner.finish()
            guard !checks.contains(where: { $0.point == check.point }) else {
                throw MalformedAct(place: inner.place, reason: "repeats a point")
            }
            checks.append(check)
        }
        self.checks = checks
        result = try reader.word("result")
        remarks = try reader.optionalString("remarks")
        try reader.finish()
    }

    public var json: JSON {
        var object: JSONObject = [
            "instrument": .integer(instrument), "treaty": .string(treaty), "result": .string(result.rawValue),
            "checks": .array(
                checks.map { check in
                    var object: JSONObject = ["point": .string(check.point.rawValue), "answer": .string(check.answer.rawValue)]
                    object["remark"] = check.remark.map(JSON.string)
                    return .object(object)
                }),
        ]
        object["remarks"] = remarks.map(JSON.string)
        return .object(object)
    }
}
