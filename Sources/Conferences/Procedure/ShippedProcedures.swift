import Acts
public import Foundation

/// The sets of rules that come with the program, in `Procedures`.
public struct ShippedProcedures: Sendable {
    /// In the order they are offered.
    public let sets: [ProcedureSet]

    /// What is wrong with a file of rules.
    public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        public let file: String
        public let reason: String
        public var description: String { "\(file): \(reason). Install the program anew, or mend the file as docs/procedure.md describes." }
    }

    /// Those that come with the program.
    public static func load() throws(Fault) -> ShippedProcedures {
        guard let folder = Bundle.module.resourceURL?.appending(path: "Procedures") else {
            throw Fault(file: "Procedures", reason: "the folder is not there")
        }
        return try ShippedProcedures(folder: folder)
    }

    /// Every `.json` file of a folder, by name.
    public init(folder: URL) throws(Fault) {
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }.sorted() } catch {
            throw Fault(file: folder.lastPathComponent, reason: "the folder cannot be read")
        }
        var sets: [ProcedureSet] = []
        for name in names {
            do {
                let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
                sets.append(try ProcedureSet(json: try JSONParser.parse(bytes)))
            } catch {
                throw Fault(file: name, reason: "\(error)")
            }
        }
        self.sets = sets.sorted { $0.name < $1.name }
    }

    public func set(_ name: String) -> ProcedureSet? { sets.first { $0.name == name } }
}
