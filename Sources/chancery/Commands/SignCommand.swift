import Acts
import ArgumentParser
import Foundation
import Seals

/// `chancery sign STATEMENT`: signs an act that a node handed out, after showing what it is.
struct SignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign an act with your key file or token, without the node.",
        discussion: """
            The statement is the file that the node's form hands out. What it says is worked out here, from the content itself, and shown \
            before anything is signed; a file whose parts do not match is refused. Give the signature file back to the node's form.
            """)

    @Argument(help: "The signing request; - for standard input.")
    var statement: String

    @OptionGroup var place: KeyPlaceOptions

    @Option(help: ArgumentHelp("The signature file to write; by default standard output.", valueName: "file"))
    var out: String?

    @Flag(help: "Sign without asking whether it is right.")
    var yes = false

    func run() throws {
        let request: SigningRequest
        do {
            request = try SigningRequest(file: try Terminal.bytes(ofFile: statement))
        } catch let malformed as MalformedAct {
            throw Terminal.fail(
                "\(statement) is refused: \(malformed). Fetch it anew from the node's form, and sign nothing else.", code: 2)
        }
        for line in StatementWords.lines(of: request) { Terminal.complain(line) }
        if !yes {
            guard isatty(STDIN_FILENO) == 1, statement != "-" else {
                throw Terminal.fail("nobody is there to say whether this is right. Read it, then say --yes.", code: 64)
            }
            FileHandle.standardError.write(Data("Sign this? Type yes: ".utf8))
            guard readLine() == "yes" else { throw Terminal.fail("nothing was signed.", code: 1) }
        }
        let signature = try Seal.attempt { try place.open().sign(request) }
        if let out {
            try Seal.attempt { try PrivateFile.create(out, signature.file, isSecret: false) }
            Terminal.complain("Signed by key \(signature.key.identifier): \(out)")
        } else {
            FileHandle.standardOutput.write(Data(signature.file))
        }
    }
}

/// An act to be signed, in words for whoever signs it.
enum StatementWords {
    static func lines(of request: SigningRequest) -> [String] {
        let statement = request.statement
        let actors = try? ActorTable.standard
        var lines = ["You are asked to sign this act:", ""]
        func add(_ name: String, _ value: String?) {
            guard let value else { return }
            lines.append("  \(name.padding(toLength: max(18, name.count + 2), withPad: " ", startingAt: 0))\(value)")
        }
        add("Act", "\(words(statement.kind.name)) (\(statement.kind))")
        if let dossier = statement.dossier {
            // The form of treaties' dossiers; any other is a file of its own kind.
            let treaty = dossier.hasPrefix("treaties/") ? String(dossier.dropFirst("treaties/".count)) : nil
            add(treaty == nil ? "File" : "Treaty", printable(treaty ?? dossier))
        }
        add("Office", statement.office)
        add("Person", statement.author)
        add("Takes effect", statement.effective?.description)
        add("Marking", statement.marking == .public ? "public" : statement.marking.json.canonicalText)
        for reference in statement.references {
            add("Rests on", "entry \(reference.index)\(reference.origin.map { " of \($0)" } ?? "")")
        }
        add("Node", request.node)
        lines.append("")
        lines.append("Its content, whole:")
        lines.append("")
        lines += content(request, actors)
        lines.append("")
        lines.append("Digest: \(Base64.encode(request.digest))")
        lines.append("")
        return lines
    }

    /// `treaty.full-powers-issued` as "treaty: full powers issued".
    private static func words(_ name: String) -> String {
        name.replacingOccurrences(of: ".", with: ": ").replacingOccurrences(of: "-", with: " ")
    }

    private static func content(_ request: SigningRequest, _ actors: ActorTable?) -> [String] {
        guard let payload = try? request.payload.json() else { return [] }
        return outline(payload, depth: 1, actors)
    }

    private static func outline(_ value: JSON, depth: Int, _ actors: ActorTable?) -> [String] {
        let indent = String(repeating: "  ", count: depth)
        /// One value under its name or its dash: on the same line where it fits one, else below.
        func entry(_ head: String, _ value: JSON) -> [String] {
            if case .string(let text) = value, text.contains(where: \.isNewline) {
                // A statement's text, whole, line by line; the bar shows where each line begins.
                return ["\(indent)\(head)"]
                    + text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
                        "\(indent)  | \(printable(String($0)))"
                    }
            }
            if let text = scalar(value, actors) { return ["\(indent)\(head) \(text)"] }
            return ["\(indent)\(head)"] + outline(value, depth: depth + 1, actors)
        }
        switch value {
        case .object(let object): return object.members.flatMap { entry("\(plain($0.name)):", $0.value) }
        case .array(let values): return values.flatMap { entry("-", $0) }
        default: return [indent + (scalar(value, actors) ?? "")]
        }
    }

    /// `takesEffect` as "takes effect". Names of members are ASCII in camel case; any other is shown as it is.
    private static func plain(_ name: String) -> String {
        guard name.allSatisfy({ $0.isASCII && $0.isLetter }), name.first?.isLowercase == true else { return printable(name) }
        return name.reduce(into: "") { words, letter in words += letter.isUppercase ? " \(letter.lowercased())" : String(letter) }
    }

    private static func scalar(_ value: JSON, _ actors: ActorTable?) -> String? {
        switch value {
        case .string(let text):
            let name = ActorCode(rawValue: text).flatMap { code in actors?[code]?.name(in: "en", at: nil) }
            return name.map { "\(printable(text)) (\($0))" } ?? printable(text)
        case .object(let object): return object.isEmpty ? "(nothing)" : nil
        case .array(let values): return values.isEmpty ? "(none)" : nil
        default: return value.canonicalText
        }
    }

    /// Control characters could make a terminal show something else than what is signed.
    private static func printable(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned:
                        Array("<U+\(String(scalar.value, radix: 16, uppercase: true))>".unicodeScalars)
                    default: [scalar]
                    }
                }))
    }
}
