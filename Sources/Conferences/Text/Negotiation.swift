public import Acts
public import Texts

/// A text through its negotiation: versions, amendments, statuses and readings, worked out from the acts in their order. The same acts
/// give the same negotiation on any node.
///
///     var negotiation = Negotiation()
///     try negotiation.table(act, words: bytes, at: moment)
///     try negotiation.propose(amendment, at: moment)
///     try negotiation.apply(applied, at: moment)
///     negotiation.current?.text.measures.brackets
public struct Negotiation: Sendable {
    /// What happened to a provision, and when.
    public struct Event: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            /// It stood in a version that was tabled, new or with other words.
            case tabled
            /// Somebody proposed to change it.
            case proposed
            case cosponsored
            case withdrawn
            /// An amendment to it was applied.
            case applied
            /// Its status was set: by the room, or by a delegation that objects or reserves.
            case statusSet = "status-set"
            /// It was agreed and is open again, for its words were changed.
            case reopened
        }

        public let kind: Kind
        public let provision: ProvisionIdentifier
        /// The version it concerns, or made.
        public let version: Int
        public let moment: Moment
        public let amendment: String?
        public let status: ConferenceProvisionStatus?
        /// Who: sponsors, or the delegation whose position it is; empty: the chair for the room.
        public let by: [String]
        public let note: String?

        /// Whether a delegation stood in the way.
        public var isObjection: Bool { kind == .statusSet && !by.isEmpty && (status == .bracketed || status == .reserved) }
    }

    public struct Reading: Hashable, Sendable {
        public let number: Int
        public let version: Int
        public let provision: ProvisionIdentifier?
        public let moment: Moment
    }

    /// What is known of a version beside its words.
    public struct VersionFacts: Hashable, Sendable {
        public let number: Int
        public let form: ConferenceTextTabled.Form
        public let document: String?
        public let moment: Moment
        /// The amendment that made it; `nil` where it was tabled.
        public let amendment: String?
        /// The reading in which it was made; 0 before the first.
        public let reading: Int
        /// Counted when it came.
        public let measures: TextMeasures
    }

    /// One for each version, the oldest first.
    public private(set) var facts: [VersionFacts] = []
    /// In the order in which they were proposed.
    public private(set) var amendments: [TextAmendment] = []
    public private(set) var readings: [Reading] = []
    /// In the order in which they happened.
    public private(set) var events: [Event] = []
    private var statuses: [ProvisionIdentifier: ConferenceProvisionStatus] = [:]
    private var reservations: [ProvisionIdentifier: [String: ConferenceProvisionStatus]] = [:]
    private var places: [String: Int] = [:]
    private var targets: [String: ProvisionIdentifier] = [:]
    /// What made each version that was not tabled: the amendment as it was when it was applied.
    private var steps: [Int: (amendment: TextAmendment, manner: ConferenceAmendmentApplied.Manner)] = [:]
    /// Versions that are kept; the others are made anew from the one before them that is.
    private var kept: [Int: NegotiatedVersion] = [:]
    private var count = 0

    /// Every so many versions one is kept, and the newest of all.
    private static let stride = 16

    /// Most versions, and most amendments, of one text.
    public static let mostVersions = 20_000

    public init() {}

    public var current: NegotiatedVersion? { kept[count] }

    /// How many versions there are; the newest has this number.
    public var versionCount: Int { count }

    /// A version of the text, made anew from the acts where it is not kept.
    public func version(_ number: Int64) throws(Refusal) -> NegotiatedVersion {
        guard number >= 1, number <= count else { throw TextRefusal.unknownVersion(Int(clamping: number)) }
        var start = Int(number)
        while start > 1, kept[start] == nil { start -= 1 }
        guard var version = kept[start] else { throw TextRefusal.unknownVersion(Int(number)) }
        while version.number < Int(number) {
            guard let step = steps[version.number + 1] else { throw TextRefusal.unknownVersion(version.number + 1) }
            // It was held against its base when it was applied; now it follows the version it was applied to.
            version = try version.applying(step.amendment.based(on: version.number), step.manner, as: version.number + 1, base: version)
        }
        return version
    }

    public func amendment(_ id: String) throws(Refusal) -> TextAmendment {
        guard let place = places[id] else { throw TextRefusal.unknownAmendment(id) }
        return amendments[place]
    }

    // MARK: Acts

    /// A version was tabled.
    /// - Parameter words: the text's bytes, from the act or its blob.
    public mutating func table(_ act: ConferenceTextTabled, words: [UInt8], at moment: Moment) throws(Refusal) {
        guard act.version == Int64(count) + 1, count < Self.mostVersions else {
            throw TextRefusal.nextVersion(count + 1)
        }
        let text: NegotiatedText
        do {
            text = try NegotiatedText(parsing: words)
        } catch {
            throw Refusal(
                error.kind == .tooLarge ? .tooLarge : .malformed, code: "conference.text.not-readable", error.reason, mend: error.mend,
                arguments: ["reason": error.reason])
        }
        let earlier = current
        let version: NegotiatedVersion
        if let earlier {
            version = try NegotiatedVersion(tabled: text, number: count + 1, after: earlier)
        } else {
            version = NegotiatedVersion(tabled: text, number: 1)
        }
        add(version, act.form, act.document, moment, amendment: nil)
        for block in version.text.blocks where block.kind.isProvision {
            guard earlier?.text[block.wId]?.body != block.body else { continue }
            reopen(block.wId, version.number, moment, amendment: nil)
            record(.tabled, block.wId, version.number, moment, by: act.sponsors)
        }
    }

    public mutating func begin(_ act: ConferenceReadingBegun, at moment: Moment) throws(Refusal) {
        let version = try version(act.version)
        guard act.reading == Int64(readings.last?.number ?? 0) + 1 || act.reading == Int64(readings.last?.number ?? 0) else {
            throw Refusal(
                .conflict, code: "conference.text.reading-order", "The next reading is \((readings.last?.number ?? 0) + 1).",
                mend: "Begin that one.", arguments: ["reading": String((readings.last?.number ?? 0) + 1)])
        }
        let provision = try act.provision.map { name throws(Refusal) in try known(name, in: version) }
        readings.append(Reading(number: Int(act.reading), version: version.number, provision: provision, moment: moment))
    }

    /// An amendment to the text is held against the version it was written for; a sub-amendment against the words it would change.
    public mutating func propose(_ act: ConferenceAmendmentProposed, at moment: Moment) throws(Refusal) {
        guard places[act.amendment] == nil else { throw TextRefusal.known(act.amendment) }
        guard amendments.count < Self.mostVersions else { throw TextRefusal.tooLarge }
        guard !act.sponsors.isEmpty else { throw TextRefusal.missing("sponsors") }
        let base = try version(act.base)
        try TextAmendment.check(act.change)
        let amendment = TextAmendment(
            id: act.amendment, base: base.number, change: act.change, sponsors: act.sponsors, amends: act.amends, proposedAt: moment)
        let provision: ProvisionIdentifier
        if let amends = act.amends {
            let parent = try self.amendment(amends)
            guard parent.amends == nil else { throw TextRefusal.subAmendment }
            guard parent.state == .pending else { throw TextRefusal.closed(amends) }
            _ = try Self.words(of: parent, changed: amendment)
            provision = try known(parent.change.target, in: try version(Int64(parent.base)))
        } else {
            provision = try known(act.change.target, in: base)
            // Whether it can be applied at all to what it was written for.
            _ = try base.applying(amendment, .asProposed, as: base.number + 1, base: base)
        }
        places[act.amendment] = amendments.count
        targets[act.amendment] = provision
        amendments.append(amendment)
        record(.proposed, provision, base.number, moment, amendment: act.amendment, by: act.sponsors, note: act.reason)
    }

    public mutating func cosponsor(_ act: ConferenceAmendmentCosponsored, at moment: Moment) throws(Refusal) {
        let place = try pending(act.amendment)
        for sponsor in act.sponsors where !amendments[place].sponsors.contains(sponsor) { amendments[place].sponsors.append(sponsor) }
        record(.cosponsored, targets[act.amendment], count, moment, amendment: act.amendment, by: act.sponsors)
    }

    /// A withdrawn amendment's sub-amendments fall with it.
    public mutating func withdraw(_ act: ConferenceAmendmentWithdrawn, at moment: Moment) throws(Refusal) {
        let place = try pending(act.amendment)
        amendments[place].state = .withdrawn
        for index in amendments.indices where amendments[index].amends == act.amendment && amendments[index].state == .pending {
            amendments[index].state = .withdrawn
        }
        record(
            .withdrawn, targets[act.amendment], count, moment, amendment: act.amendment,
            by: [act.by].compactMap(\.self))
    }

    public mutating func apply(_ act: ConferenceAmendmentApplied, at moment: Moment) throws(Refusal) {
        let place = try pending(act.amendment)
        let amendment = amendments[place]
        guard let current else { throw TextRefusal.unknownVersion(1) }
        if let amends = amendment.amends {
            guard act.version == Int64(current.number) else { throw TextRefusal.nextVersion(current.number) }
            let parent = try pending(amends)
            amendments[parent].change.words = try Self.words(of: amendments[parent], changed: amendment)
            amendments[place].state = .applied
            record(
                .applied, targets[act.amendment], current.number, moment, amendment: act.amendment, by: amendment.sponsors)
            return
        }
        guard act.version == Int64(current.number) + 1, count < Self.mostVersions else {
            throw TextRefusal.nextVersion(current.number + 1)
        }
        let next = try current.applying(amendment, act.manner, as: current.number + 1, base: try version(Int64(amendment.base)))
        amendments[place].state = .applied
        add(next, facts.last?.form ?? .rollingText, facts.last?.document, moment, amendment: act.amendment)
        steps[next.number] = (amendment, act.manner)
        guard let target = targets[act.amendment] else { return }
        for block in next.text.blocks where block.kind.isProvision && block.wId != target {
            guard current.text[block.wId]?.body != block.body else { continue }
            reopen(block.wId, next.number, moment, amendment: act.amendment)
            record(.applied, block.wId, next.number, moment, amendment: act.amendment, by: amendment.sponsors)
        }
        if amendment.change.operation != .insert || amendment.change.anchor != nil {
            reopen(target, next.number, moment, amendment: act.amendment)
            switch amendment.change.operation {
            case .move: statuses[target] = .moved
            case .delete where next.text[target] == nil: statuses[target] = .deleted
            default: break
            }
        }
        record(.applied, target, next.number, moment, amendment: act.amendment, by: amendment.sponsors)
    }

    public mutating func set(_ act: ConferenceProvisionStatusSet, at moment: Moment) throws(Refusal) {
        let version = try version(act.version)
        let provision = try known(act.provision, in: version)
        if let by = act.by {
            // A position that ends a delegation's own objection, and no more than that.
            reservations[provision, default: [:]][by] = act.status == .bracketed || act.status == .reserved ? act.status : nil
        } else {
            statuses[provision] = act.status
        }
        record(.statusSet, provision, version.number, moment, status: act.status, by: [act.by].compactMap(\.self), note: act.note)
    }

    // MARK: Where it stands

    /// How far agreement on a provision has come: what a delegation keeps open goes before what the room found, and words in brackets
    /// are bracketed unless somebody said more.
    public func status(of wId: ProvisionIdentifier) -> ConferenceProvisionStatus {
        let set = statuses[wId]
        if set == .deleted || current?.text[wId] == nil { return .deleted }
        let own = reservations[wId].map { Set($0.values) } ?? []
        if own.contains(.bracketed) { return .bracketed }
        if own.contains(.reserved) { return .reserved }
        guard let set, set != .proposed, set != .moved else { return isBracketed(wId) ? .bracketed : (set ?? .proposed) }
        return set
    }

    /// Who keeps a provision open now.
    public func objectors(to wId: ProvisionIdentifier) -> [String] { (reservations[wId]?.keys).map { $0.sorted() } ?? [] }

    /// Nothing is agreed until everything is agreed: whether every provision is agreed, ad referendum or finally, and no bracket stands.
    public var isEverythingAgreed: Bool {
        guard let current else { return false }
        return current.text.measures.standing == 0
            && current.text.blocks.allSatisfy { block in
                guard block.kind.isProvision, block.kind != .heading else { return true }
                return [.agreed, .agreedAdReferendum].contains(status(of: block.wId))
            }
    }

    /// Provisions of the current version by status.
    public var statusCounts: [ConferenceProvisionStatus: Int] {
        var counts: [ConferenceProvisionStatus: Int] = [:]
        for block in current?.text.blocks ?? [] where block.kind.isProvision && block.kind != .heading {
            counts[status(of: block.wId), default: 0] += 1
        }
        return counts
    }

    /// Everything that happened to a provision, the earliest first.
    public func history(of wId: ProvisionIdentifier) -> [Event] { events.filter { $0.provision == wId } }

    public var conflicts: [AmendmentConflict] { current?.conflicts(among: amendments) ?? [] }

    // MARK: Within

    private mutating func add(
        _ version: NegotiatedVersion, _ form: ConferenceTextTabled.Form, _ document: String?, _ moment: Moment, amendment: String?
    ) {
        // The one before it is made anew when it is asked for, unless it was tabled or its turn is to be kept.
        if count > 0, steps[count] != nil, count % Self.stride != 0 { kept[count] = nil }
        count = version.number
        kept[count] = version
        facts.append(
            VersionFacts(
                number: version.number, form: form, document: document, moment: moment, amendment: amendment,
                reading: readings.last?.number ?? 0, measures: version.text.measures))
    }

    private mutating func record(
        _ kind: Event.Kind, _ provision: ProvisionIdentifier?, _ version: Int, _ moment: Moment, amendment: String? = nil,
        status: ConferenceProvisionStatus? = nil, by: [String] = [], note: String? = nil
    ) {
        guard let provision else { return }
        events.append(
            Event(
                kind: kind, provision: provision, version: version, moment: moment, amendment: amendment, status: status, by: by, note: note
            ))
    }

    /// Words that were changed are no longer the words that were agreed.
    private mutating func reopen(_ wId: ProvisionIdentifier, _ version: Int, _ moment: Moment, amendment: String?) {
        guard statuses[wId] == .agreed || statuses[wId] == .agreedAdReferendum else { return }
        statuses[wId] = .proposed
        record(.reopened, wId, version, moment, amendment: amendment)
    }

    private func isBracketed(_ wId: ProvisionIdentifier) -> Bool {
        guard let text = current?.text, let index = text.index(of: wId) else { return false }
        return text.isBracketed(at: index)
    }

    private func known(_ name: String, in version: NegotiatedVersion) throws(Refusal) -> ProvisionIdentifier {
        guard let wId = ProvisionIdentifier(name), version.text.index(of: wId) != nil else {
            throw TextRefusal.vanished(name, version: version.number)
        }
        return wId
    }

    private func pending(_ id: String) throws(Refusal) -> Int {
        guard let place = places[id] else { throw TextRefusal.unknownAmendment(id) }
        guard amendments[place].state == .pending else { throw TextRefusal.closed(id) }
        return place
    }

    /// An amendment's words as a sub-amendment would leave them.
    static func words(of parent: TextAmendment, changed sub: TextAmendment) throws(Refusal) -> String {
        guard let words = parent.change.words, [.insert, .delete, .replace].contains(sub.change.operation) else {
            throw TextRefusal.subAmendment
        }
        let changed = try WordEdit.words(words, changed: sub.change, attribution: nil, place: parent.id)
        try TextAmendment.checkWords(changed)
        guard changed != words else { throw TextRefusal.noEffect }
        return changed
    }
}
