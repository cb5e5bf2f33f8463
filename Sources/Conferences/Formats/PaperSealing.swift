import Acts
import Federation

/// Seals what delegations and groups write for themselves to their offices' keys, and opens it for who acts for one of them.
///
/// Nothing of the content is in the act, the views or the log: it is in clear only while a page is made for one of its holders. The name
/// of the conference, the holder and the paper are sealed with it, so that what was kept in one place opens in no other.
struct PaperSealing: Sendable {
    let node: NodeName
    let ring: OfficeKeyring

    /// Where a paper is kept.
    struct Place: Hashable, Sendable {
        var conference: String
        var form: ConferencePaperKept.Form
        var holder: String
        var paper: String
    }

    /// Seals a paper to each of its holder's offices.
    ///
    /// - Throws: a `Refusal`.
    func seal(_ content: JSON, at place: Place, by office: String, to offices: [String]) throws(Refusal) -> JSON {
        let whole: JSON = [
            "conference": .string(place.conference), "holder": .string(place.holder), "paper": .string(place.paper), "content": content,
        ]
        do {
            let keys = try offices.map { office throws(SealingError) in (party(office), try ring.publicKey(of: office)) }
            return try SealedContent.seal(whole.canonicalBytes, purpose: Self.purpose(place.form), from: party(office), to: keys).json
        } catch {
            throw Self.refusal(of: error)
        }
    }

    /// What was sealed, for one of the offices it was sealed to; `nil` where it was sealed to others or for another place.
    ///
    /// - Throws: a `Refusal` where the office's keys cannot be read.
    func open(_ content: JSON, at place: Place, as office: String) throws(Refusal) -> JSON? {
        let clear: [UInt8]
        do {
            let sealed = try SealedContent(json: content)
            guard sealed.purpose == Self.purpose(place.form) else { return nil }
            clear = try sealed.open(with: try ring.keys(of: office))
        } catch {
            if case .keyFile = error { throw Self.refusal(of: error) }
            return nil
        }
        guard let whole = try? JSONParser.parse(clear, limits: .init(bytes: SealedContent.mostBytes, depth: 8)),
            whole["conference"]?.string == place.conference, whole["holder"]?.string == place.holder,
            whole["paper"]?.string == place.paper
        else { return nil }
        return whole["content"]
    }

    private func party(_ office: String) -> SealingParty { SealingParty(node: node, office: office) }

    static func purpose(_ form: ConferencePaperKept.Form) -> String { "conference-\(form.rawValue)" }

    /// The same as a refusal, for whoever fills in a form. It never holds anything of the content.
    static func refusal(of error: SealingError) -> Refusal {
        switch error {
        case .tooLarge(let most):
            Refusal(
                .tooLarge, code: "conferences.paper-too-large", "A paper has at most \(most) bytes.", mend: "Divide it into several.",
                arguments: ["most": String(most)])
        case .noRecipient, .tooManyRecipients:
            Refusal(
                .unlawful, code: "conferences.paper-no-office", "Nobody could open this paper: its holder has no office on this node.",
                mend: "The secretariat can register the delegation with its office.")
        default:
            // The file's path is the operator's matter, and stands in the log.
            Refusal(
                .unavailable, code: "conferences.paper-key", "The office's key file cannot be used.",
                mend: "The operator should see that the node may read and write its folder of keys.",
                citation: "docs/operating.md, Correspondence")
        }
    }
}
