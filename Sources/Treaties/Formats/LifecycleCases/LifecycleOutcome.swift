public import Acts

/// What came out of one life-cycle case, question by question.
public struct LifecycleOutcome: Sendable {
    /// One question's answer.
    public struct Answered: Sendable {
        public let question: LifecycleCase.Question
        public let computed: JSONObject
        public let steps: [LegalStep]
        /// What differs; empty where all is as expected.
        public let differences: [String]
    }

    public let lifecycleCase: LifecycleCase
    public let answers: [Answered]

    public var isSame: Bool { answers.allSatisfy(\.differences.isEmpty) }

    /// - Throws: `ReplayError` where the facts do not suffice, or an expected member is unknown.
    init(_ lifecycleCase: LifecycleCase) throws(ReplayError) {
        self.lifecycleCase = lifecycleCase
        var answers: [Answered] = []
        var readings = LifecycleAnswer.Readings(lifecycleCase.life)
        for question in lifecycleCase.questions {
            let answer: LifecycleAnswer
            do throws(ClauseProblem) {
                answer = try LifecycleAnswer(question, of: &readings)
            } catch {
                throw ReplayError(place: question.place, reason: "the facts do not suffice: \(error)", treaty: lifecycleCase.name)
            }
            let comparison: LifecycleComparison
            do throws(ReplayError) {
                comparison = try LifecycleComparison(question, answer)
            } catch {
                throw ReplayError(place: error.place, reason: error.reason, treaty: lifecycleCase.name)
            }
            answers.append(
                Answered(question: question, computed: answer.json, steps: answer.steps, differences: comparison.differences))
        }
        self.answers = answers
    }

    public var line: String {
        let count = "\(answers.count) answer\(answers.count == 1 ? "" : "s")"
        if isSame {
            // A single answer is said; of several, how many.
            let principal = answers.count == 1 ? answers[0].computed[answers[0].question.ask.principal] : nil
            let said =
                switch principal {
                case .string(let text)?: "\(answers[0].question.ask.name): \(text)"
                case .bool(let flag)?: "\(answers[0].question.ask.name): \(flag ? "yes" : "no")"
                case .null?: "\(answers[0].question.ask.name): none"
                default: count
                }
            return "ok         \(said)  \(lifecycleCase.name)"
        }
        let wrong = answers.filter { !$0.differences.isEmpty }.map {
            "\($0.question.place) \($0.question.ask.name): \($0.differences.joined(separator: "; "))"
        }
        return "differs    \(wrong.count) of \(count)  \(lifecycleCase.name): \(wrong.joined(separator: " | "))"
    }

    public var json: JSON {
        [
            "status": .string(isSame ? "ok" : "differs"), "place": .string(lifecycleCase.place), "case": .string(lifecycleCase.name),
            "treaty": .string(lifecycleCase.treaty),
            "answers": .array(
                answers.map { answered in
                    [
                        "place": .string(answered.question.place), "ask": .string(answered.question.ask.name),
                        "on": .string(answered.question.on.description),
                        "status": .string(answered.differences.isEmpty ? "ok" : "differs"), "computed": .object(answered.computed),
                        "expected": answered.question.expected, "differences": .array(answered.differences.map(JSON.string)),
                        "steps": .array(answered.steps.map(\.json)),
                    ]
                }),
        ]
    }
}
