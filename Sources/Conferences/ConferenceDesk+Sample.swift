import Acts
import Foundation
public import Record

public import class Record.Record

extension ConferenceDesk {
    /// The imaginary conference of the demo node.
    ///
    /// Enters it where it is not there, its people and their offices with it: all of its acts or none.
    ///
    /// - Returns: how many acts were entered.
    public func enterSampleConference(into record: Record) async throws -> Int {
        let sample = try SampleConference.shipped(received: .now)
        let entries = try await record.enter(
            Command { context in
                guard try ConferenceQueries(database: context.database).conference(SampleConference.conference) == nil else { return [] }
                return sample.steps.map(\.draft)
            })
        return entries.count
    }

    /// The people of the sample conference whom one can sign in as, by name.
    public static var samplePeople: [String] { SampleConference.participants.map(\.name) }

    /// The address of the sample conference at a node.
    public static var sampleAddress: String { "/conferences/\(SampleConference.conference)" }
}

extension SampleConference.Step {
    var draft: ActDraft {
        func draft(_ payload: some Payload) -> ActDraft {
            let isOfOffices = payload is OfficeEstablished || payload is PersonAppointed
            return ActDraft(
                payload, dossier: isOfOffices ? nil : Conference.dossier(SampleConference.conference), office: office, author: author,
                marking: payload is PersonAppointed ? .restricted(.init(audience: [String](), label: "internal")) : .public)
        }
        return draft(payload)
    }
}
