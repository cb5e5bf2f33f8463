import Acts
import Record
public import Web

/// The conferences that are open now, and the rooms in which a public meeting is in session.
extension ConferenceDesk {
    /// Most conferences that are shown.
    private static let most = 5

    public func goingOn(house: House, language: Language) async throws -> [GoingOn] {
        let today = house.now().date
        let open = try await house.record.read { database in
            let queries = ConferenceQueries(database: database)
            return try queries.all().filter { ConferencePages.state($0, on: today) == "under-way" }.prefix(Self.most).compactMap { listed in
                try queries.conference(listed.id)
            }.map { conference in
                (conference, try conference.bodies.map { ($0, try queries.lastMeeting(conference.id, $0.id)) })
            }
        }
        return open.map { conference, bodies in
            let rooms = bodies.compactMap { body, meeting -> GoingOn.Place? in
                guard let meeting, meeting.isPublic, meeting.state == .open else { return nil }
                let name = ConferencePages.chosen(body.name, language)
                return GoingOn.Place(
                    house.catalogue.text(
                        "conferences.going-on.room", ["body": .text(name), "number": .number(meeting.number)], language),
                    "/conferences/\(conference.id)/rooms/\(body.id)")
            }
            return GoingOn(
                ConferencePages.chosen(conference.title, language), "/conferences/\(conference.id)",
                state: house.catalogue.text("conferences.state.under-way", language), places: rooms)
        }
    }
}
