import ArgumentParser
import Swiftlet

/// How a policy plays against its own past, in tasks of several teams.
struct SelfPlayOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The share of the environments in which one team is flown by a past policy, drawn for each episode; 0 for none.",
      valueName: "share"))
  var selfPlay: Double?

  @Option(
    parsing: .unconditional,
    help: "How many iterations there are from one policy that is kept for that to the next.")
  var poolInterval: Int?

  @Option(
    parsing: .unconditional,
    help: "How many are kept at most; every other one leaves when there are more.")
  var poolSize: Int?

  /// Whether anything was said.
  var isGiven: Bool { selfPlay != nil || poolInterval != nil || poolSize != nil }

  /// Puts what was said in the place of what is usual.
  func adjust(_ usual: inout SelfPlay?) throws {
    guard isGiven else { return }
    guard selfPlay != 0 else {
      guard poolInterval == nil, poolSize == nil else {
        throw CommandFailure.input("--self-play 0 keeps no past policies")
      }
      usual = nil
      return
    }
    var wanted = usual ?? SelfPlay()
    if let selfPlay { wanted.share = selfPlay }
    if let poolInterval { wanted.interval = poolInterval }
    if let poolSize { wanted.capacity = poolSize }
    usual = wanted
  }
}
