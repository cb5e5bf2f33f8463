#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An instant in Coordinated Universal Time, to the millisecond: when a node knew something.
public struct Moment: Hashable, Comparable, Sendable, LosslessStringConvertible {
    /// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// This node's clock, now.
    public static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Reads RFC 3339 in UTC with three digits of milliseconds, exactly as `description` writes it.
    public init?(_ text: String) {
        var text = text
        let read: Int64? = text.withUTF8 { bytes in
            guard bytes.count == 24, bytes[10] == 0x54, bytes[13] == 0x3A, bytes[16] == 0x3A, bytes[19] == 0x2E, bytes[23] == 0x5A,
                let date = CalendarDate(digits: UnsafeBufferPointer(rebasing: bytes[..<10]))
            else { return nil }
            func number(_ range: Range<Int>) -> Int64? {
                var value: Int64 = 0
                for byte in bytes[range] {
                    guard (0x30...0x39).contains(byte) else { return nil }
                    value = value * 10 + Int64(byte - 0x30)
                }
                return value
            }
            guard let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
                let thousandth = number(20..<23), hour < 24, minute < 60, second < 60
            else { return nil }
            return ((Int64(date.dayNumber) * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + thousandth
        }
        guard let read else { return nil }
        milliseconds = read
    }

    /// The first instant of a day, in UTC.
    public init(startOf date: CalendarDate) {
        milliseconds = Int64(date.dayNumber) * 86_400_000
    }

    /// The day it falls on, in UTC.
    public var date: CalendarDate {
        CalendarDate(dayNumber: Int((milliseconds >= 0 ? milliseconds : milliseconds - 86_399_999) / 86_400_000))
    }

    /// `YYYY-MM-DDThh:mm:ss.sssZ`.
    public var description: String {
        let ofDay = milliseconds - Int64(date.dayNumber) * 86_400_000
        var bytes = Array(date.description.utf8)
        bytes.reserveCapacity(24)
        func append(_ value: Int64, _ width: Int) {
            var divisor: Int64 = width == 3 ? 100 : 10
            while divisor > 0 {
                bytes.append(UInt8(0x30 + (value / divisor) % 10))
                divisor /= 10
            }
        }
        bytes.append(0x54)
        append(ofDay / 3_600_000, 2)
        bytes.append(0x3A)
        append(ofDay / 60_000 % 60, 2)
        bytes.append(0x3A)
        append(ofDay / 1000 % 60, 2)
        bytes.append(0x2E)
        append(ofDay % 1000, 3)
        bytes.append(0x5A)
        return String(decoding: bytes, as: UTF8.self)
    }

    public static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

    public func adding(milliseconds more: Int64) -> Moment { Moment(milliseconds: milliseconds + more) }
}
