/// What a controller makes of the headings of its setpoints.
package enum HeadingUse: Sendable, Equatable {
  /// It turns the drone as they say.
  case follows
  /// It turns the drone to a heading of its own. [rad]
  case holds(Double)
  /// It lets the drone turn as it may.
  case ignores
}

/// A controller that may leave the headings of its setpoints aside; all others follow them.
package protocol UsesHeading: Controller {
  /// What it makes of them.
  var headingUse: HeadingUse { get }
}
