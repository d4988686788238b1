/// All images of some size whose numbers lie between 0 and a bound.
public struct ImageSpace: Sendable, Hashable, Codable {
  /// What a number of an image is.
  public enum Element: String, Sendable, Hashable, Codable, CaseIterable {
    /// A byte.
    case uint8
    /// A number of single precision.
    case float32

    /// How many bytes it has. [–]
    package var size: Int { self == .uint8 ? 1 : 4 }
  }

  /// How many pixels a row has.
  public let width: Int
  /// How many rows there are.
  public let height: Int
  /// How many numbers a pixel has.
  public let channelCount: Int
  /// What each number is.
  public let element: Element
  /// The largest value of a number; the smallest is 0. [–]
  public let high: Float

  /// The space of images of a size.
  package init(width: Int, height: Int, channelCount: Int, element: Element, high: Float) {
    precondition(
      min(width, height, channelCount) > 0 && high > 0, "an image has pixels that may differ")
    (self.width, self.height, self.channelCount) = (width, height, channelCount)
    (self.element, self.high) = (element, high)
  }

  /// How many numbers an image has: row by row from the upper left, pixel by pixel, channel by channel.
  public var count: Int { width * height * channelCount }

  /// Whether an image of bytes is one of the space's.
  package func contains(_ image: Span<UInt8>) -> Bool {
    guard element == .uint8, image.count == count else { return false }
    for index in image.indices where Float(image[index]) > high { return false }
    return true
  }

  /// Whether an image of numbers is one of the space's; with a NaN it is not.
  package func contains(_ image: Span<Float>) -> Bool {
    guard element == .float32, image.count == count else { return false }
    for index in image.indices where !(image[index] >= 0 && image[index] <= high) { return false }
    return true
  }
}

extension ImageSpace: CustomStringConvertible {
  public var description: String {
    "\(height) × \(width) × \(channelCount) \(element.rawValue), 0 to \(Int(high.rounded(.up)))"
  }
}
