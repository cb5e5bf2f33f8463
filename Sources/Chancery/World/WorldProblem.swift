/// Why the world did not come up or a step of its story did not come to pass, with the way out.
public struct WorldProblem: Error, CustomStringConvertible {
    public let description: String
    /// The command's exit code: 64 wrong usage, 75 not now, 1 the step failed.
    public let code: Int32

    init(_ description: String, code: Int32 = 1) {
        self.description = description
        self.code = code
    }
}
