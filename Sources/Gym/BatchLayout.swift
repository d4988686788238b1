/// The shape of a batch: how many environments, agents and numbers it has.
///
/// Rows are agents: those of the first environment, then those of the second, and so on.
public struct BatchLayout: Sendable, Hashable, Codable {
  /// How many environments are stepped together.
  public let environmentCount: Int
  /// How many agents each of them has.
  public let agentCount: Int
  /// How many numbers an agent's observation has.
  public let observationCount: Int
  /// How many numbers an agent's action has.
  public let actionCount: Int

  /// The shape of a batch of environments that are all alike.
  public init(environmentCount: Int, agentCount: Int, observationCount: Int, actionCount: Int) {
    precondition(
      min(environmentCount, agentCount, observationCount, actionCount) >= 0,
      "a batch has no negative counts")
    self.environmentCount = environmentCount
    self.agentCount = agentCount
    self.observationCount = observationCount
    self.actionCount = actionCount
  }

  /// How many agents there are in all.
  public var rowCount: Int { environmentCount * agentCount }

  /// The rows of one environment.
  public func rows(of environment: Int) -> Range<Int> {
    environment * agentCount..<(environment + 1) * agentCount
  }
}

extension BatchLayout: CustomStringConvertible {
  public var description: String {
    "\(environmentCount) environments of \(agentCount) agents"
      + " with \(observationCount) observed numbers and \(actionCount) of action"
  }
}
