import Foundation

/// A stretch of numbers along an axis, with round numbers to mark on it.
struct AxisScale {
  /// Larger numbers are left out of pictures: their differences overflow.
  static let largest = 1e300

  /// Where the axis begins.
  let low: Double
  /// Where it ends, above ``low``.
  let high: Double
  /// The distance between marks.
  let step: Double

  /// An axis that holds all finite numbers of some lists; 0 to 1 where there are none.
  ///
  /// Numbers that differ by rounding alone are drawn as one level, not magnified to fill the height.
  init(holding lists: [[Double]], marks: Int, padding: Double) {
    var (least, most) = (Double.infinity, -Double.infinity)
    for list in lists {
      for value in list where Self.isDrawable(value) {
        least = min(least, value)
        most = max(most, value)
      }
    }
    if least > most { (least, most) = (0, 1) }
    let size = max(abs(least), abs(most))
    if most - least <= max(1e-9 * size, 1e-12) {
      let room = size > 1e-12 ? 0.1 * size : 1
      (least, most) = (least - room, most + room)
    } else {
      let room = padding * (most - least)
      (least, most) = (least - room, most + room)
    }
    self.init(low: least, high: most, marks: marks)
  }

  /// An axis between two numbers, with at most so many marks inside.
  init(low: Double, high: Double, marks: Int) {
    // So far out that numbers cannot tell its ends apart, an axis is as short as they can.
    let room = max(1e-12 * max(abs(low), abs(high)), 1e-290)
    let isTooShort = high - low < room
    (self.low, self.high) = isTooShort ? (low - room, high + room) : (low, high)
    step = Self.roundStep((self.high - self.low) / Double(max(1, marks)))
  }

  /// Whether a number can be drawn at all.
  static func isDrawable(_ value: Double) -> Bool { abs(value) <= largest }

  /// Where a number is between the ends, 0 to 1. [–]
  func share(of value: Double) -> Double { (value - low) / (high - low) }

  /// The round numbers inside the axis.
  var marks: [Double] {
    let first = (low / step).rounded(.up)
    let last = (high / step).rounded(.down)
    guard last - first < 50 else { return [] }
    return stride(from: first, through: last, by: 1).map { $0 * step }
  }

  /// A mark's number in as many digits as tell marks apart.
  func label(_ mark: Double) -> String {
    let size = max(abs(low), abs(high))
    if size >= 1e5 || size < 1e-3 {
      let digits = max(0, Int(log10(size / step).rounded(.up)) - 1)
      return mark == 0
        ? "0" : String(format: "%.\(min(digits, 12))e", mark).replacing("-", with: "−")
    }
    let decimals = min(12, max(0, Int((-log10(step) - 1e-9).rounded(.up))))
    let text = String(format: "%.\(decimals)f", mark == 0 ? 0 : mark)
    return text.replacing("-", with: "−")
  }

  /// The smallest of 1, 2 and 5 times a power of ten that is not below a number.
  private static func roundStep(_ rough: Double) -> Double {
    let power = pow(10, floor(log10(rough)))
    let digit = rough / power
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10)
  }
}
