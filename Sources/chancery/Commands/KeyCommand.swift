import Acts
import ArgumentParser
import Foundation
import Seals

/// `chancery key`: a person's own key, in a file or on a token.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make, show and import keys that persons sign acts with.",
        subcommands: [MakeCommand.self, ShowCommand.self, ImportCommand.self])

    /// `chancery key make`: a fresh key in a file.
    struct MakeCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "make", abstract: "Make a key in a file that only you may read, behind a passphrase.",
            discussion: "Prints the public key, which you enrol on your account's page. The file is PKCS #8 in PEM.")

        @Option(help: ArgumentHelp("The file to write; one that is there is left alone.", valueName: "file"))
        var out: String

        @Option(help: "ed25519 or p256.")
        var algorithm = "ed25519"

        @OptionGroup var secret: PassphraseOptions

        @Flag(help: "Leave the file unencrypted: whoever reads it can sign as you.")
        var unencrypted = false

        @Flag(help: "Print the public key as JSON.")
        var json = false

        func run() throws {
            guard let algorithm = KeyAlgorithm(rawValue: algorithm) else {
                throw Terminal.fail("'\(algorithm)' is not an algorithm. Choose ed25519 or p256.", code: 64)
            }
            try Seal.attempt {
                let key = try KeyFile.make(algorithm)
                try key.write(to: out, passphrase: unencrypted ? nil : try secret.fresh())
                try Seal.say(key.publicKey, json: json)
            }
        }
    }

    /// `chancery key show`: the public half.
    struct ShowCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print the public key of a key file or token, in PEM.")

        @OptionGroup var place: KeyPlaceOptions

        @Flag(help: "Print the public key as JSON.")
        var json = false

        func run() throws {
            try Seal.attempt { try Seal.say(try place.open().publicKey, json: json) }
        }
    }

    /// `chancery key import`: another program's key, as this one keeps it.
    struct ImportCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Take a PKCS #8 key of another program into a file of your own, behind a new passphrase.")

        @Argument(help: "The PKCS #8 file, Ed25519 or P-256; its owner's alone, like every key file.")
        var file: String

        @Option(help: ArgumentHelp("The file to write; one that is there is left alone.", valueName: "file"))
        var out: String

        @Option(help: ArgumentHelp("A file whose first line opens the old key.", valueName: "file"))
        var oldPassphraseFile: String?

        @OptionGroup var secret: PassphraseOptions

        @Flag(help: "Leave the new file unencrypted.")
        var unencrypted = false

        func run() throws {
            try Seal.attempt {
                let key = try KeyFile.load(file) {
                    try PassphraseOptions(passphraseFile: oldPassphraseFile).ask("Passphrase of \(file)")
                }
                try key.write(to: out, passphrase: unencrypted ? nil : try secret.fresh())
                try Seal.say(key.publicKey, json: false)
            }
        }
    }
}

/// Where a passphrase comes from: a file, or whoever sits at the terminal.
struct PassphraseOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A file whose first line is the passphrase; otherwise it is asked for.", valueName: "file"))
    var passphraseFile: String?

    init() {}

    init(passphraseFile: String?) {
        self.passphraseFile = passphraseFile
    }

    /// `nil` where there is no file and nobody to ask.
    func ask(_ prompt: String) throws -> [UInt8]? {
        if let passphraseFile { return try SecretPrompt.firstLine(of: passphraseFile) }
        return SecretPrompt.ask("\(prompt): ")
    }

    /// A new passphrase, asked for twice.
    func fresh() throws -> [UInt8] {
        if let passphraseFile { return try SecretPrompt.firstLine(of: passphraseFile) }
        guard let first = SecretPrompt.ask("New passphrase: ") else {
            throw SealError(
                .secretNeeded, "There is no terminal to ask for a passphrase.",
                mend: "Give it in a file with --passphrase-file, or say --unencrypted.")
        }
        guard first.count >= 8 else {
            throw SealError(.secretNeeded, "The passphrase is shorter than 8 bytes.", mend: "Choose a longer one.")
        }
        guard SecretPrompt.ask("Once more: ") == first else {
            throw SealError(.secretWrong, "The two differ.", mend: "Start again.")
        }
        return first
    }
}

/// Which key signs: a file's or a token's.
struct KeyPlaceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The key file.", valueName: "file"))
    var key: String?

    @Option(help: ArgumentHelp("The token's key: pkcs11:token=LABEL;object=KEY?pin-source=file:PATH.", valueName: "address"))
    var token: String?

    @OptionGroup var secret: PassphraseOptions

    func open() throws -> any PersonalKey {
        switch (key, token) {
        case (let file?, nil): return try KeyFile.load(file) { try secret.ask("Passphrase of \(file)") }
        case (nil, let address?):
            return try TokenKey(try TokenAddress(address)) { SecretPrompt.ask("PIN of the token '\($0)': ") }
        default: throw Terminal.fail("which key? Give a key file with --key or a token with --token, one of them.", code: 64)
        }
    }
}

/// Secrets from whoever sits at the terminal.
enum SecretPrompt {
    /// Reads a line without showing it; `nil` where there is no terminal, or nothing was typed.
    static func ask(_ prompt: String) -> [UInt8]? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        FileHandle.standardError.write(Data(prompt.utf8))
        var before = termios()
        tcgetattr(STDIN_FILENO, &before)
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        guard let line = readLine(), !line.isEmpty else { return nil }
        return Array(line.utf8)
    }

    static func firstLine(of path: String) throws -> [UInt8] {
        Array(try PrivateFile.read(path).prefix { $0 != 0x0A && $0 != 0x0D })
    }
}

/// What the commands about keys, seals and certificates share.
enum Seal {
    /// Runs the body and turns what stands in the way into one line with the mend.
    static func attempt<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let error as SealError {
            throw failure(error)
        }
    }

    /// The same for a body that waits.
    static func awaiting<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as SealError {
            throw failure(error)
        }
    }

    private static func failure(_ error: SealError) -> ExitCode {
        Terminal.fail(error.description, code: error.kind == .malformed || error.kind == .unsupported ? 2 : 1)
    }

    /// The public key: PEM or JSON alone on standard output, so that it can be handed on; its identifier beside, for people.
    static func say(_ key: PublicKey, json: Bool) throws {
        Terminal.complain("Key \(key.identifier) (\(key.algorithm.rawValue))")
        Terminal.say(json ? key.json.canonicalText : try key.pem.trimmingCharacters(in: .newlines))
    }

    /// Bytes in hexadecimal, two and two, as fingerprints are compared.
    static func fingerprint(_ bytes: [UInt8]) -> String {
        bytes.map { byte in String(format: "%02X", byte) }.joined(separator: ":")
    }
}
