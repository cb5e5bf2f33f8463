/// When a notice of withdrawal or denunciation takes effect. Without one in the treaty, VCLT art. 56(2): twelve months.
public struct WithdrawalRule: Hashable, Sendable {
    public enum Effect: Hashable, Sendable {
        /// So long after receipt of the notice.
        case after(ClauseDelay)
        /// On one day of the year, by notice not later than another day of the same year: whaling, 30 June by 1 January.
        case yearly(on: MonthDay, noticeBy: MonthDay)
    }

    public var effect: Effect
    /// Notice may only be given, or counts as given, so long after the treaty entered into force for the Party.
    public var notWithin: ClauseDelay?
    /// Suspended while the Party belongs to this class: a denunciation during a conflict (Geneva Convention I art. 63).
    public var suspendedWhile: ClassSelector?

    public init(_ effect: Effect, notWithin: ClauseDelay? = nil, suspendedWhile: ClassSelector? = nil) {
        self.effect = effect
        self.notWithin = notWithin
        self.suspendedWhile = suspendedWhile
    }

    /// VCLT art. 56(2).
    public static let notLessThanTwelveMonths = WithdrawalRule(.after(ClauseDelay(12, .months)))
}

/// A day of the year without the year: `06-30`. Never 29 February.
public struct MonthDay: Hashable, Comparable, Sendable, LosslessStringConvertible {
    public let month: Int
    public let day: Int

    /// Reads `MM-DD`.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == 0x2D, bytes.enumerated().allSatisfy({ $0.offset == 2 || (0x30...0x39).contains($0.element) })
        else { return nil }
        month = Int(bytes[0] - 0x30) * 10 + Int(bytes[1] - 0x30)
        day = Int(bytes[3] - 0x30) * 10 + Int(bytes[4] - 0x30)
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return nil }
    }

    public var description: String {
        "\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }

    public static func < (left: MonthDay, right: MonthDay) -> Bool { (left.month, left.day) < (right.month, right.day) }
}
