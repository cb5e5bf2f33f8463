import ArgumentParser

@main
struct ChanceryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "chancery")
}
