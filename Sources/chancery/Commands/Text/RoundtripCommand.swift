import ArgumentParser
import Conferences
import Foundation
import Texts

extension TextCommand {
    /// `chancery text roundtrip FILE`
    struct RoundtripCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "roundtrip", abstract: "Parse a text under negotiation and write it back: the same bytes, or exit code 1.",
            discussion: """
                The text is cut into its provisions and put together from them again. Exit code 0 when every byte is the same, 1 when one \
                is not, 2 when the file cannot be read, is in UTF-16 or larger than 16 MiB, 64 when the command is given wrongly.
                """)

        @Argument(help: "The file; - for standard input.")
        var file: String

        @Option(help: ArgumentHelp("Write the text there as well.", valueName: "file"))
        var output: String?

        func run() throws {
            let bytes = try Terminal.bytes(ofFile: file)
            let written: [UInt8]
            do {
                written = try NegotiatedText(parsing: bytes).bytes
            } catch {
                throw Terminal.fail("\(file): \(error)", code: 2)
            }
            if let output {
                do {
                    try Data(written).write(to: URL(filePath: output), options: .atomic)
                } catch {
                    throw Terminal.fail("\(output) cannot be written. Check the name and whether you may write there.", code: 2)
                }
            }
            guard written == bytes else {
                let place =
                    zip(written, bytes).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(written.count, bytes.count)
                throw Terminal.fail("\(file): what was written back differs from byte \(place) on.", code: 1)
            }
            Terminal.say("\(file): \(bytes.count) bytes written back unchanged")
        }
    }
}
