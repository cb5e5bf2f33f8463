import Foundation

/// Numbers that come the same for the same seed, so that a failure can be repeated: SplitMix64 (Steele, Lea and Flood 2014).
public struct SeededGenerator: RandomNumberGenerator {
    /// What it began with, for the failure to print.
    public let seed: UInt64
    private var state: UInt64

    public init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// A new seed each time, or the one that CHANCERY_TEST_SEED tells.
    public static func fresh() -> SeededGenerator {
        let told = ProcessInfo.processInfo.environment["CHANCERY_TEST_SEED"].flatMap { UInt64($0) }
        return SeededGenerator(seed: told ?? UInt64.random(in: 0...UInt64.max))
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    public mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    }

    /// A copy with a few bytes changed, taken out, put in or doubled, or cut short, as damage or malice would.
    public mutating func damaged(_ original: [UInt8]) -> [UInt8] {
        // What notes, PDF and base64 take for more than a letter: line feed, space, ( + 0 < = [, and what text does not have.
        let marks: [UInt8] = [0x0a, 0x20, 0x28, 0x2b, 0x30, 0x3c, 0x3d, 0x5b, 0x00, 0xff]
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            let at = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<8, using: &self) {
            case 0 where !bytes.isEmpty: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 1 where !bytes.isEmpty: bytes[at] = UInt8.random(in: 0...255, using: &self)
            case 2 where !bytes.isEmpty: bytes.remove(at: at)
            case 3: bytes.insert(UInt8.random(in: 0...255, using: &self), at: at)
            case 4 where !bytes.isEmpty: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...40, using: &self)))
            case 5 where !bytes.isEmpty: bytes += bytes[at...]
            case 6 where !bytes.isEmpty: bytes.removeSubrange(at...)
            default: bytes.insert(marks.randomElement(using: &self) ?? 0, at: at)
            }
        }
        return bytes
    }
}
