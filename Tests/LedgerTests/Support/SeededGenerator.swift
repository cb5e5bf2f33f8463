import Foundation

/// A random generator that repeats itself when told its seed (SplitMix64): set CHANCERY_TEST_SEED to the one a failure printed.
struct SeededGenerator: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// A new seed each time, or the one in the environment.
    static func fresh() -> SeededGenerator {
        let told = ProcessInfo.processInfo.environment["CHANCERY_TEST_SEED"].flatMap { UInt64($0) }
        return SeededGenerator(seed: told ?? UInt64.random(in: 0...UInt64.max))
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) }
    }

    /// A copy with a few bytes changed, taken out, doubled or moved, as damage or malice would.
    mutating func damaged(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            let at = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &self)
            switch Int.random(in: 0..<7, using: &self) {
            case 0 where !bytes.isEmpty: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 1 where !bytes.isEmpty: bytes[at] = UInt8.random(in: 0...255, using: &self)
            case 2 where !bytes.isEmpty: bytes.remove(at: at)
            case 3: bytes.insert(UInt8.random(in: 0...255, using: &self), at: at)
            case 4 where !bytes.isEmpty: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...40, using: &self)))
            case 5 where !bytes.isEmpty: bytes += bytes[at...]
            default: bytes.insert([0x0a, 0x20, 0x2b, 0x3d, 0x00, 0xff, 0x30].randomElement(using: &self)!, at: at)
            }
        }
        return bytes
    }
}
