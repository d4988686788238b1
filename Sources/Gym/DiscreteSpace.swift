package import Randomness

/// The whole numbers from 0 to just below a count, each standing for one choice.
///
/// In the flat buffers of a batch a choice is one `Float`.
public struct DiscreteSpace: Sendable, Hashable, Codable {
  /// How many choices there are.
  public let choiceCount: Int

  /// The space of `choiceCount` choices, at least one and at most 2²⁴, beyond which not every whole
  /// number is a `Float`.
  public init(choiceCount: Int) throws(GymError) {
    guard (1...(1 << 24)).contains(choiceCount) else { throw .noChoice(count: choiceCount) }
    self.choiceCount = choiceCount
  }

  /// Whether a number is one of the choices.
  package func contains(_ value: Float) -> Bool {
    value >= 0 && value < Float(choiceCount) && value == value.rounded(.down)
  }

  /// A choice drawn evenly.
  package func sample(using random: inout SplitMix64) -> Float {
    let product = random.next().multipliedFullWidth(by: UInt64(choiceCount))
    return Float(product.high)
  }
}
