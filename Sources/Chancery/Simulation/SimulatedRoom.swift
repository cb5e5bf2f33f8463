import Acts
import Foundation

/// A body's room, seen and acted in over HTTP.
struct SimulatedRoom: Sendable {
    /// `/conferences/NAME/rooms/plenary`.
    let path: String
    /// The page with the forms; by default the room's own.
    var page: String?

    /// What an act in the room came to.
    enum Outcome: Hashable, Sendable {
        case done
        /// With the refusal's code and the rule it cites.
        case refused(code: String, citation: String?)
    }

    /// The room's facts, with what the rules of procedure say now.
    func facts(_ visitor: WorldVisitor) async throws -> JSON { try await visitor.json(path) }

    /// What makes one form of the room's page good once (`request`).
    func token(_ visitor: WorldVisitor) async throws -> String {
        let address = page ?? path
        let page = try await visitor.get(address)
        guard page.status == 200 else { throw WorldProblem("\(address) answered \(page.status) to \(visitor.who).") }
        guard let token = PageForm.all(in: page.text).first(where: { $0.action.hasPrefix(path) })?["request"] else {
            throw WorldProblem("\(address) shows \(visitor.who) no form.")
        }
        return token
    }

    /// Loads the room's page and sends one of its forms.
    ///
    /// - Parameter kept: the token of a page that was loaded before.
    func attempt(
        _ visitor: WorldVisitor, _ action: String, _ fields: [(String, String)] = [], kept: String? = nil
    ) async throws -> Outcome {
        var token = kept
        if token == nil { token = try await self.token(visitor) }
        let answer = try await visitor.post("\(path)/\(action)", [("request", token ?? "")] + fields)
        if answer.status == 303 { return .done }
        guard let problem = try? JSONParser.parse(answer.text), let code = problem["code"]?.string else {
            throw WorldProblem("\(visitor.who), who would \(action), was answered \(answer.status): \(answer.text.prefix(300))")
        }
        return .refused(code: code, citation: problem["citation"]?.string)
    }

    /// The same for what must be admitted.
    func act(_ visitor: WorldVisitor, _ action: String, _ fields: [(String, String)] = []) async throws {
        if case .refused(let code, let citation) = try await attempt(visitor, action, fields) {
            throw WorldProblem("\(visitor.who) would \(action) and was refused: \(code)\(citation.map { " (\($0))" } ?? "").")
        }
    }
}
