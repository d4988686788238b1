/// A colour without holes, as the bytes of an image have it: no gamma is applied.
public struct Colour: Sendable, Equatable, BitwiseCopyable {
  /// The share of red, from 0 to 1. [–]
  package let red: Float
  /// The share of green, from 0 to 1. [–]
  package let green: Float
  /// The share of blue, from 0 to 1. [–]
  package let blue: Float

  /// A colour of these shares, brought between 0 and 1; NaN counts as 0.
  public init(_ red: Float, _ green: Float, _ blue: Float) {
    func share(_ x: Float) -> Float { x > 0 ? min(x, 1) : 0 }
    (self.red, self.green, self.blue) = (share(red), share(green), share(blue))
  }

  /// A colour that tells ids apart: neighbours differ much in hue.
  package init(distinguishing id: Int32) {
    // Hues a golden angle apart never come close to each other for long.
    let turns = Float(UInt32(bitPattern: id) % 1024) * 0.618034
    let hue = 6 * (turns - turns.rounded(.down))
    func share(_ offset: Float) -> Float {
      let x = (hue + offset).truncatingRemainder(dividingBy: 6)
      return 0.25 + 0.6 * min(max(abs(x - 3) - 1, 0), 1)
    }
    self.init(share(0), share(4), share(2))
  }

  /// A clear sky.
  package static let sky = Colour(0.60, 0.75, 0.92)
  /// The pale tiles of the floor.
  package static let paleTile = Colour(0.82, 0.82, 0.80)
  /// The dark tiles of the floor.
  package static let darkTile = Colour(0.45, 0.48, 0.50)
  /// A matt black.
  package static let carbon = Colour(0.13, 0.13, 0.15)
}
