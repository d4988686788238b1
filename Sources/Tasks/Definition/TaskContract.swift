/// A task in words: what people read before they choose it.
public struct TaskContract: Sendable {
  /// What is to be done, in a line.
  package var summary: String
  /// Where drones start.
  package var start: String
  /// What each step is worth.
  package var reward: String
  /// When an episode is over by the rules.
  package var terminated: String
  /// When it is cut off from outside, besides the time limit.
  package var truncated: String
  /// What the numbers are that only this task knows.
  package var features: String

  /// The words.
  public init(
    _ summary: String, start: String = "", reward: String = "", terminated: String = "never",
    truncated: String = "", features: String = ""
  ) {
    (self.summary, self.start, self.reward) = (summary, start, reward)
    (self.terminated, self.truncated, self.features) = (terminated, truncated, features)
  }
}
