import Acts
import Ledger

/// An act as JSON: the leaf's members, and the payload for who may read it, with what recomputes its commitment.
struct ActDocument {
    let entry: Entry
    let mayRead: Bool

    var json: JSON {
        let statement = entry.statement
        var object: JSONObject = [
            "entry": .integer(entry.index), "kind": .string(statement.kind.description), "office": .string(statement.office),
            "author": .string(statement.author), "received": .string(entry.header.received.description),
            "marking": statement.marking.json, "references": .array(statement.references.map(ActDocument.json)),
            "signatures": .array(entry.header.signatures.map(ActDocument.json)),
            "commitment": .string(Base64.encode(statement.payloadCommitment)), "leaf": .string(Base64.encode(entry.leaf)),
            "leafHash": .string(Hash.leaf(entry.leaf).base64), "proof": .string("/record/acts/\(entry.index).tlog-proof"),
        ]
        if let dossier = statement.dossier { object["dossier"] = .string(dossier) }
        if let effective = statement.effective { object["effective"] = .string(effective.description) }
        if let request = statement.request { object["request"] = .string(request) }
        switch entry.content {
        case .erased:
            object["state"] = "erased"
        case .present(let sealed) where mayRead:
            object["state"] = "present"
            if let payload = try? sealed.json() { object["payload"] = payload }
            object["salt"] = .string(Base64.encode(sealed.salt))
        case .present:
            object["state"] = "restricted"
        }
        return .object(object)
    }

    private static func json(_ reference: Reference) -> JSON {
        reference.origin.map { .string("\($0)#\(reference.index)") } ?? .integer(reference.index)
    }

    private static func json(_ signature: ActSignature) -> JSON {
        var object: JSONObject = [
            "key": .string(signature.key), "algorithm": .string(signature.algorithm.rawValue),
            "signature": .string(Base64.encode(signature.signature)),
        ]
        if let passkey = signature.passkey {
            object["authenticatorData"] = .string(Base64.encode(passkey.authenticatorData))
            object["clientDataJSON"] = .string(Base64.encode(passkey.clientDataJSON))
        }
        return .object(object)
    }
}
