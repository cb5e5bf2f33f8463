public import Acts

/// A reservation as formulated (VCLT art. 2(1)(d)).
public struct ReservationStatement: Hashable, Sendable {
    /// The provisions it excludes or modifies; empty where it bears on the treaty as a whole.
    public var provisions: [String]
    /// Which of the reservations the treaty lists it is, where it is one.
    public var listed: String?
    /// The predecessor's statement it takes over, for a successor State.
    public var succeeds: String?

    public init(provisions: [String] = [], listed: String? = nil, succeeds: String? = nil) {
        self.provisions = provisions
        self.listed = listed
        self.succeeds = succeeds
    }
}

/// A declaration that its author does not call a reservation.
public struct DeclarationStatement: Hashable, Sendable {
    /// `interpretative`, `optional`, `mandatory`, `territorial`, `political`.
    public var form: String
    public var provisions: [String]

    public init(form: String = "interpretative", provisions: [String] = []) {
        self.form = form
        self.provisions = provisions
    }
}

/// An amendment as adopted, with its own clause where it has one.
public struct AmendmentStatement: Hashable, Sendable {
    /// When it enters into force; without one, the treaty's clause on amendments.
    public var clause: AmendmentClause?
    /// A date the depositary declared, which goes before the arithmetic (VCLT art. 77(1)(f)).
    public var declared: CalendarDate?

    public init(clause: AmendmentClause? = nil, declared: CalendarDate? = nil) {
        self.clause = clause
        self.declared = declared
    }
}

/// A proposal to correct the text (VCLT art. 79).
public struct CorrectionStatement: Hashable, Sendable {
    public enum Subject: String, Hashable, Sendable, CaseIterable {
        /// An error in the authentic text.
        case error
        /// The authentic languages disagree (art. 79(3)).
        case discordance
        /// An error in a certified copy alone (art. 79(5)).
        case copy
    }

    public var subject: Subject
    public var languages: [String]
    /// A period of its own, where the depositary set one.
    public var period: ClauseDelay?

    public init(subject: Subject = .error, languages: [String] = [], period: ClauseDelay? = nil) {
        self.subject = subject
        self.languages = languages
        self.period = period
    }
}
