import Acts
import Fediverse
import Testing

@testable import Press

@Suite("The press desk on the fediverse: rules")
struct FediverseRuleTests {
    private static let start = Moment("2026-11-20T12:00:00.000Z")!
    private static func days(_ count: Int64) -> Moment { start.adding(milliseconds: count * 86_400_000) }

    private func roll(_ key: String, _ day: Int64, overlap: Int64?) -> FediverseKeyRing.Roll {
        .init(
            entry: day, key: key, multikey: "z\(key)", at: Self.days(day), overlapUntil: overlap.map { Self.days(day + $0).milliseconds })
    }

    /// docs/fediverse.md, Keys.
    @Test("The keys before a roll count for thirty days, and not a moment where they were stolen")
    func rings() {
        let first = FediverseKeyRing([], at: Self.start)
        #expect(first.current == nil && first.former == nil)
        let rolled = FediverseKeyRing([roll("a", 0, overlap: 30)], at: Self.days(29))
        #expect(rolled.current == "a" && rolled.former?.key == nil && rolled.former != nil)
        #expect(FediverseKeyRing([roll("a", 0, overlap: 30)], at: Self.days(30)).former == nil)
        let again = FediverseKeyRing([roll("a", 0, overlap: 30), roll("b", 40, overlap: 30)], at: Self.days(41))
        #expect(again.current == "b" && again.former?.key == "a")
        let stolen = FediverseKeyRing([roll("a", 0, overlap: 30), roll("b", 1, overlap: nil)], at: Self.days(2))
        #expect(stolen.current == "b" && stolen.former == nil)
    }

    @Test("Keys are rolled once while both count, except as stolen")
    func rolling() throws {
        let made = (key: "c", publicKey: "PEM", multikey: "z6")
        let resting = FediverseKeyRing([roll("a", 0, overlap: 30)], at: Self.days(31))
        let acts = try resting.roll(made, office: "press", author: "p", revokes: false, at: Self.days(31), form: nil)
        #expect(acts.count == 1 && acts[0].statement.kind == FediverseKeyRolled.kind)
        let running = FediverseKeyRing([roll("a", 0, overlap: 30)], at: Self.days(3))
        #expect { try running.roll(made, office: "press", author: "p", revokes: false, at: Self.days(3), form: nil) } throws: {
            ($0 as? Refusal)?.code == "fediverse.rolled"
        }
        #expect(try running.roll(made, office: "press", author: "p", revokes: true, at: Self.days(3), form: nil).count == 1)
    }

    private func reaction(
        _ form: ReactionHeard.Form = .reply, version: Int64 = 1, hidden: String? = nil, isQuestion: Bool = false, answer: String? = nil
    ) -> ReactionFile {
        ReactionFile(
            post: "https://far.example/p/1", form: form, statement: "s1", version: version, language: "en", host: "far.example",
            content: "x",
            spoken: "en", at: Self.start, entry: 1, isPublic: true, hidden: hidden, isQuestion: isQuestion, answer: answer)
    }

    private let commands = ReactionCommands(office: "press", author: "p")

    @Test("What was said is hidden and shown again by the office whose statement it was said to, and by no other")
    func hiding() throws {
        #expect(try commands.hide(reaction(), speaker: "press", isHidden: true, reason: "law", form: nil).count == 1)
        #expect(try commands.hide(reaction(hidden: "law"), speaker: "press", isHidden: true, reason: "law", form: nil).isEmpty)
        #expect(try commands.hide(reaction(hidden: "law"), speaker: "press", isHidden: false, reason: "no law", form: nil).count == 1)
        for (found, speaker) in [(nil, "press"), (reaction(), "legal"), (reaction(.like), "press")] as [(ReactionFile?, String)] {
            #expect { try commands.hide(found, speaker: speaker, isHidden: true, reason: "law", form: nil) } throws: {
                ($0 as? Refusal)?.code == "press.no-reaction"
            }
        }
    }

    /// docs/fediverse.md, Questions.
    @Test(
        "A question is answered by another statement, by the same one corrected since, or by an address; never by what it was asked about",
        arguments: [
            (ReactionCommands.Answer.none, nil), (.address("https://mfa.example/x"), "https://mfa.example/x"),
            (.statement("s2", newest: 1, isWithdrawn: false), "/statements/s2"),
            (.statement("s1", newest: 2, isWithdrawn: false), "/statements/s1"),
        ] as [(ReactionCommands.Answer, String?)])
    func questions(_ answer: ReactionCommands.Answer, _ address: String?) throws {
        let acts = try commands.mark(reaction(), speaker: "press", isQuestion: true, answer: answer, form: nil)
        #expect(acts.count == 1)
        #expect(acts.first?.statement.kind == QuestionMarked.kind)
        let marked = reaction(isQuestion: true, answer: address)
        #expect(try commands.mark(marked, speaker: "press", isQuestion: true, answer: answer, form: nil).isEmpty, "it stands so already")
        #expect(try commands.mark(marked, speaker: "press", isQuestion: false, answer: .none, form: nil).count == 1)
    }

    @Test("A statement does not answer what was asked about it, and a withdrawn one answers nothing")
    func noAnswers() {
        for (answer, code) in [
            (ReactionCommands.Answer.statement("s1", newest: 1, isWithdrawn: false), "press.answers-itself"),
            (.statement("s2", newest: 1, isWithdrawn: true), "press.withdrawn"),
        ] {
            #expect { try commands.mark(reaction(), speaker: "press", isQuestion: true, answer: answer, form: nil) } throws: {
                ($0 as? Refusal)?.code == code
            }
        }
    }

    /// Public figures of reactions: ten or more actors behind each, rounded to tens.
    @Test("A figure stands only where ten different actors are behind it")
    func engagement() {
        let table = EngagementTable([
            .init(key: "fr", form: .boost, count: 34, actors: 12), .init(key: "fr", form: .reply, count: 400, actors: 9),
            .init(key: "ar", form: .reply, count: 10, actors: 10), .init(key: "en", form: .quote, count: 9, actors: 9),
        ])
        #expect(
            table.rows == [
                .init(key: "fr", boosts: 30, quotes: nil, replies: nil), .init(key: "ar", boosts: nil, quotes: nil, replies: 10),
            ])
    }

    @Test("A server has confirmed when all its inboxes have; who waits and who fails is told apart")
    func progress() {
        func at(_ milliseconds: Int64) -> Moment { Self.start.adding(milliseconds: milliseconds) }
        let progress = DeliveryProgress(
            [
                .init(destination: "https://a.example/inbox", outcome: .delivered, at: at(40)),
                .init(destination: "https://b.example/users/1/inbox", outcome: .delivered, at: at(20)),
                .init(destination: "https://b.example/users/2/inbox"), .init(destination: "https://c.example/inbox"),
                .init(destination: "https://d.example/inbox", outcome: .dropped, at: at(90)),
                .init(destination: "https://e.example/inbox", outcome: .gone, at: at(90)),
            ], failing: ["https://c.example/inbox"])
        #expect(progress.servers.map(\.host) == ["b.example", "c.example", "d.example", "e.example", "a.example"])
        #expect(progress.servers.map(\.state) == [.waiting, .failing, .givenUp, .gone, .confirmed])
        #expect(progress.confirmed == 1)
        #expect(progress.first == at(20))
        let bands = FollowerBands(progress, followers: ["a.example": 12, "b.example": 9, "c.example": 1_000]).bands
        #expect(bands.map(\.servers) == [3, 1, 0, 1])
        #expect(bands.map(\.confirmed) == [0, 1, 0, 0])
    }
}
