public import Acts

/// Reads replay files: treaties with their clauses, the acts towards them, and the dates that are known.
///
///     {"cases": [{"treaty": "…", "article": "Art. 49", "clause": {…}, "asOf": "2015-03-14",
///                 "instruments": [{"actor": "Sweden", "kind": "ratification", "date": "1989-06-29"}, …],
///                 "expected": {"entryIntoForce": "1990-09-02"}}]}
///
/// A bare list of cases is read too. `docs/clauses.md` has the whole form, and `docs/lifecycle.md` that of life-cycle cases, which
/// may stand among the others.
public enum ReplayCases {
    /// The largest file and the deepest nesting that are read.
    public static let limits = JSONParser.Limits(bytes: 64 << 20, depth: 40)

    /// Reads a file. A malformed case does not keep the others from being read.
    ///
    /// - Throws: `ReplayError` where the file as a whole is not of the form: not JSON, or without cases.
    public static func read(
        _ bytes: [UInt8], actors: ReplayActors = .standard
    ) throws(ReplayError) -> [Result<ReplayFileCase, ReplayError>] {
        let reader = ReplayFileReader(actors: actors)
        let whole: JSON
        do {
            whole = try JSONParser.parse(bytes, limits: limits)
        } catch {
            return try readApart(bytes, because: error, reader)
        }
        let cases: [JSON]
        switch whole {
        case .array(let values): cases = values
        case .object(let object):
            guard let member = object["cases"] else { throw ReplayError(place: "cases", reason: "is missing") }
            guard case .array(let values) = member else {
                throw ReplayError(place: "cases", reason: "should be an array, not \(member.kindName)")
            }
            cases = values
        default: throw ReplayError(place: "file", reason: "should be an object with cases, or a list of cases, not \(whole.kindName)")
        }
        return cases.enumerated().map { index, value in
            Result { () throws(ReplayError) in try reader.case(value, at: "cases[\(index)]") }
        }
    }

    /// The text is not JSON as a whole: each case is read by itself, so that only the malformed ones fail.
    private static func readApart(
        _ bytes: [UInt8], because error: JSONError, _ reader: ReplayFileReader
    ) throws(ReplayError) -> [Result<ReplayFileCase, ReplayError>] {
        let outline = JSONOutline(bytes: bytes)
        guard bytes.count <= limits.bytes, let ranges = outline.elements(of: "cases"), ranges.contains(where: { $0.contains(error.offset) })
        else {
            let path = bytes.count <= limits.bytes ? outline.path(to: error.offset) : ""
            let place = path.isEmpty ? "file" : path.hasPrefix("[") ? "cases\(path)" : String(path.dropFirst())
            throw ReplayError(place: place, reason: "not JSON: \(error)")
        }
        return ranges.enumerated().map { index, range in
            Result { () throws(ReplayError) in
                let slice = Array(bytes[range])
                let value: JSON
                do throws(JSONError) {
                    value = try JSONParser.parse(slice, limits: limits)
                } catch {
                    let path = JSONOutline(bytes: slice).path(to: error.offset)
                    throw ReplayError(
                        place: "cases[\(index)]\(path)", reason: "\(error.reason) (at byte \(range.lowerBound + error.offset))")
                }
                return try reader.case(value, at: "cases[\(index)]")
            }
        }
    }
}
