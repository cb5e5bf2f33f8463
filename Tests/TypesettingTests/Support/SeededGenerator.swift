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
}
