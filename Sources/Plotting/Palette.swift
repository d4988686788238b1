/// Colours that are told apart by people of every kind of colour vision, on a light and a dark page.
///
/// Up to seven are distinct hues; more are steps along one scale from violet to yellow, which keeps
/// neighbours in order where thirty hues could not be told apart.
///
/// - M. Okabe and K. Ito, "Color Universal Design", 2008, for the hues.
/// - N. Smith and S. van der Walt, viridis, matplotlib 2.0, 2015, for the scale.
package struct Palette: Sendable {
  /// A colour as `#rrggbb` on each kind of page.
  package struct Entry: Sendable, Hashable, Encodable {
    /// On a light page.
    package let light: String
    /// On a dark page.
    package let dark: String
  }

  /// The colours, in order.
  package let entries: [Entry]

  /// As many colours as are asked for.
  package init(count: Int) {
    guard count > Self.hues.count else {
      entries = Array(Self.hues.prefix(max(0, count)))
      return
    }
    entries = (0..<count).map { index in
      let share = Double(index) / Double(count - 1)
      // The scale's pale end fades on paper, and its dark end at night.
      return Entry(light: Self.scale(at: 0.88 * share), dark: Self.scale(at: 0.3 + 0.7 * share))
    }
  }

  private static let hues = [
    Entry(light: "#0072b2", dark: "#4aa8e0"), Entry(light: "#d55e00", dark: "#f0803c"),
    Entry(light: "#009e73", dark: "#2fc79b"), Entry(light: "#b85c94", dark: "#dc94bd"),
    Entry(light: "#b8860b", dark: "#e8b73a"), Entry(light: "#4ba3d3", dark: "#9bd5f5"),
    Entry(light: "#5b6068", dark: "#b6bcc6"),
  ]

  private static let stops: [(Double, Double, Double)] = [
    (68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37),
  ]

  private static func scale(at share: Double) -> String {
    let place = min(max(share, 0), 1) * Double(stops.count - 1)
    let low = min(Int(place), stops.count - 2)
    let (a, b, t) = (stops[low], stops[low + 1], place - Double(low))
    return "#" + hex(a.0 + t * (b.0 - a.0)) + hex(a.1 + t * (b.1 - a.1))
      + hex(a.2 + t * (b.2 - a.2))
  }

  private static func hex(_ channel: Double) -> String {
    let digits = String(Int(channel.rounded()), radix: 16)
    return digits.count < 2 ? "0" + digits : digits
  }
}
