import ArgumentParser
import Foundation
import Fuzzing

/// Gives the readers of files and of the live viewer's bytes what nobody meant to write.
// libFuzzer has a main function of its own.
#if !LIBFUZZER
@main
#endif
struct FuzzerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz",
    abstract: "Give a reader bytes that nobody meant to write.",
    discussion: """
      .ci/fuzz runs it for every reader, tells what ended it, and keeps the input.
      """, subcommands: [ListCommand.self, MutateCommand.self, ReadCommand.self, GuideCommand.self])
}

/// The names of all targets.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list")

  func run() { for target in FuzzTarget.all { print(target.name) } }
}

/// What all commands need that give inputs to a target.
struct TargetOptions: ParsableArguments {
  @Argument(help: "The target; 'list' lists them.")
  var name: String

  @Option(help: "A folder with a folder of inputs for each target.")
  var corpus: String

  /// The target, with a folder for its files.
  func target() throws -> (FuzzTarget, FuzzFolder) {
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
      throw ValidationError("there is no target '\(name)'")
    }
    return (target, try FuzzFolder(copying: URL(fileURLWithPath: corpus)))
  }

  /// The inputs of a target's folder in the order of their names, and those that it makes.
  func inputs(of target: FuzzTarget, _ folder: FuzzFolder) throws -> [[UInt8]] {
    let url = URL(fileURLWithPath: corpus).appendingPathComponent(target.name)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    let kept = try names.sorted().map {
      [UInt8](try Data(contentsOf: url.appendingPathComponent($0)))
    }
    return kept + (try target.made(folder))
  }
}

/// Reads the inputs of the corpus, then mutated ones.
struct MutateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "mutate")

  @OptionGroup var options: TargetOptions

  @Option(help: "Where random numbers start.")
  var seed: UInt64 = 0

  @Option(help: "The first input: those of the corpus come first.")
  var first = 0

  @Option(help: "How many inputs there are beside those of the corpus.")
  var count: Int

  @Option(help: "The seconds of the processor that an input may take.")
  var limit: UInt32 = 10

  @Option(help: "A file that always holds the input that is being read.")
  var current: String

  func run() throws {
    let (target, folder) = try options.target()
    let corpus = try options.inputs(of: target, folder)
    let mutator = Mutator(of: corpus, seed: seed)
    for number in first..<max(first, corpus.count + count) {
      let input = number < corpus.count ? corpus[number] : mutator.input(number - corpus.count)
      try Data(input).write(to: URL(fileURLWithPath: current))
      bound(to: limit)
      let outcome = target.read(input, folder)
      bound(to: 0)
      try report(outcome, of: target, number, input)
    }
  }

  /// Ends the process if it takes longer from now on; 0 lifts the bound. [s]
  ///
  /// What counts is the processor's time, so that a busy machine makes no hangs. One that waits for good
  /// uses none: thirty times as long is too long by any clock.
  private func bound(to seconds: UInt32) {
    var timer = itimerval()
    timer.it_value.tv_sec = Int(seconds)
    // unsafe: C reads the local timer while it is called.
    _ = unsafe setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
    alarm(30 * seconds)
  }

  /// Prints a line: the number of the input, and what became of it.
  ///
  /// One with an error that has no place is kept beside the current one.
  private func report(
    _ outcome: FuzzOutcome, of target: FuzzTarget, _ number: Int, _ input: [UInt8]
  ) throws {
    let unplaced = target.unplaced(in: outcome)
    let word = outcome.isAccepted ? "accepted" : "refused"
    let line = unplaced.isEmpty ? "\(number) \(word)" : "\(number) \(word) \(unplaced[0])"
    if !unplaced.isEmpty { try Data(input).write(to: URL(fileURLWithPath: "\(current).\(number)")) }
    let oneLine = line.unicodeScalars.map {
      $0.properties.generalCategory == .control ? "\\u{\(String($0.value, radix: 16))}" : String($0)
    }
    try FileHandle.standardOutput.write(contentsOf: Data((oneLine.joined() + "\n").utf8))
  }
}

/// Reads files as they are, and prints what was said of them.
struct ReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "read")

  @OptionGroup var options: TargetOptions

  @Argument(help: "The files.")
  var files: [String]

  func run() throws {
    let (target, folder) = try options.target()
    for file in files {
      let input = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
      let outcome = target.read(input, folder)
      print("\(file): \(outcome.isAccepted ? "accepted" : "refused")")
      for complaint in outcome.complaints { print("  \(complaint)") }
    }
  }
}
