import Acts
import Federation

extension SealingError {
    /// The same as a refusal, for whoever fills in a form.
    var refusal: Refusal {
        switch self {
        case .malformedKey, .noRecipient:
            Refusal(
                .unlawful, code: "correspondence.no-key", "An office that it is addressed to has published no key that is one.",
                mend: "Ask its node's operator, or leave the office out.", citation: "docs/federation.md, Peers")
        case .tooManyRecipients(let most):
            Refusal(
                .malformed, code: "correspondence.many-addressees", "A note has at most \(most) addressees.", mend: "Send several.",
                arguments: ["most": String(most)])
        case .tooLarge(let most):
            Refusal(
                .malformed, code: "correspondence.too-large", "The note has more than \(most) bytes.",
                mend: "Put what is long into an attachment.", arguments: ["most": String(most)])
        case .notForThisKey:
            Refusal(
                .conflict, code: "correspondence.lost-key", "It is sealed to a key that this office does not have, or has lost.",
                mend: "The operator can put the office's key file back from a copy of the keys; or ask the sender to send it again.",
                citation: "docs/operating.md, Correspondence")
        case .doesNotOpen, .malformedContent:
            Refusal(
                .unlawful, code: "correspondence.does-not-open", "The sealed content does not open: it is not what was sealed.",
                mend: "Ask the sender to send it again.")
        case .keyFile:
            // The file's path is the operator's matter, and stands in the log.
            Refusal(
                .unavailable, code: "correspondence.key-file", "The office's key file cannot be used.",
                mend: "The operator should see that the node may read and write its folder of keys.",
                citation: "docs/operating.md, Correspondence")
        }
    }
}
