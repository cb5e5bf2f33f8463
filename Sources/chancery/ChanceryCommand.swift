import ArgumentParser

/// The command line. Every command that prints data takes `--json`; errors are one line with the mend.
///
/// Exit codes: 0 done; 1 the answer is no (a date differs, a proof does not hold, the record does not verify); 2 input that
/// cannot be read; 64 wrong usage; 75 the node cannot be opened now.
@main
struct ChanceryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chancery",
        abstract: "Diplomacy's acts in a record that nobody can rewrite unseen.",
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, DemoCommand.self, WorldCommand.self, SimulateCommand.self, LinkCommand.self, TreatyCommand.self,
            TextCommand.self,
            RecordCommand.self, VotesCommand.self, NodeCommand.self,
            VerifyCommand.self, KeyCommand.self, SignCommand.self, CertificatesCommand.self, DocumentCommand.self, BenchCommand.self,
        ])
}
