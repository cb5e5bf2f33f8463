import Acts

/// A statement as a value, for programs.
enum StatementJSON {
    /// What a list says of it.
    static func summary(_ statement: PublicStatement, origin: String) -> JSON {
        .object(members(statement, origin: origin))
    }

    /// All of it.
    static func whole(_ statement: PublicStatement, origin: String) -> JSON {
        var object = members(statement, origin: origin)
        object["content"] = statement.act.content.json
        object["holder"] = statement.act.holder.isEmpty ? nil : JSON(texts: statement.act.holder)
        object["corrects"] = statement.act.corrects.map(JSON.string)
        object["correction"] = statement.act.correction.isEmpty ? nil : JSON(texts: statement.act.correction)
        if let joint = statement.act.joint {
            object["joint"] = [
                "digest": .string(joint.digest), "parties": .array(joint.parties.map(JSON.string)),
                "signed": .array(joint.signed.map(JSON.string)),
            ]
        }
        object["entry"] = .integer(statement.entry)
        object["proof"] = .string("\(origin)/statements/\(statement.act.statement)/proof?version=\(statement.act.version)")
        if let withdrawal = statement.withdrawal {
            object["withdrawn"] = ["at": .string(withdrawal.at.description), "reason": JSON(texts: withdrawal.reason)]
        }
        return .object(object)
    }

    private static func members(_ statement: PublicStatement, origin: String) -> JSONObject {
        let act = statement.act
        return [
            "statement": .string(act.statement), "version": .integer(act.version), "newest": .integer(statement.newest),
            "code": .string(act.code), "standing": .string(statement.standing.rawValue), "office": .string(act.office),
            "officeName": JSON(texts: act.officeName), "released": .string(statement.released.description),
            "authoritative": .string(act.content.authoritative), "titles": JSON(texts: act.content.texts.mapValues(\.title)),
            "url": .string("\(origin)/statements/\(act.statement)"),
        ]
    }
}
