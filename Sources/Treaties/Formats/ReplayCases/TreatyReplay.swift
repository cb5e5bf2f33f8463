public import Acts

/// `chancery treaty replay FILE [--json]`.
public enum TreatyReplay {
    public struct Answer: Sendable {
        /// One line for each case; a file that is no replay file at all gives one line with its error.
        public let lines: [String]
        /// The counts in one line, for people.
        public let summary: String
        public let json: JSON
        /// 0: all as expected. 1: a date differs. 2: malformed.
        public let exitCode: Int32
    }

    /// - Parameter data: The bytes of the file.
    public static func run(data: [UInt8], actors: ReplayActors = .standard) -> Answer {
        do throws(ReplayError) {
            let report = ReplayReport(try ReplayCases.read(data, actors: actors))
            return Answer(lines: report.lines, summary: report.summary, json: report.json, exitCode: report.exitCode)
        } catch {
            return Answer(
                lines: ["malformed  \(error)"], summary: "The file could not be read.",
                json: ["error": ["place": .string(error.place), "reason": .string(error.reason)]], exitCode: 2)
        }
    }
}
