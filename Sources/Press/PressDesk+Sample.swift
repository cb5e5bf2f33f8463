import Acts
import Foundation
public import Record

public import class Record.Record

extension PressDesk {
    /// The people of the sample press office whom one can sign in as, by name.
    public static let samplePeople = ["Press Officer", "Spokesperson", "Head of Information"]

    /// The address of the officers' desk at a node.
    public static let sampleAddress = "/press"

    /// The imaginary press office of the demo node: a statement that was corrected, one withdrawn, a holding statement and a draft that waits.
    ///
    /// Enters it where it is not there: all of its acts or none.
    ///
    /// - Returns: how many acts were entered.
    public func enterSampleStatements(into record: Record) async throws -> Int {
        let sample = SampleStatements()
        let entries = try await record.enter(
            Command { context in
                guard try PressQueries(database: context.database).speakingOffices().isEmpty else { return [] }
                let acts = sample.drafts(from: context.nextIndex)
                return try acts + SampleDisclosure().drafts(from: context.nextIndex + Int64(acts.count), today: context.now.date)
            })
        return entries.count
    }
}
