import Parameters
import SpatialMath

extension Parameter<Int> {
  /// Where the random numbers of a world start.
  static var seed: Self {
    .integer("seed", "where its random numbers start", in: 0...Int.max, default: 0)
  }
}

extension Parameter<Vector<World, Double>> {
  /// The middle of the ground of a world. [m]
  static var center: Self {
    .vector("center", "the middle of its ground", unit: "m", in: lengths, default: .zero)
  }

  /// The edges of a world. [m]
  static func size(_ summary: String, default initial: Vector<World, Double>) -> Self {
    .vector("size", summary, unit: "m", in: .within(0.1...1000), default: initial)
  }

  private static var lengths: NumberRange { .within(-1e6...1e6) }
}

extension Parameter<[Vector<World, Double>]> {
  /// What stays clear beside the places where drones start. [m]
  static var clear: Self {
    .points("clear", "what stays clear, beside the places where drones start", count: 0...1000)
  }
}

extension Parameter<Double> {
  /// How wide what stays clear is. [m]
  static func clearance(_ summary: String, default initial: Double) -> Self {
    .number("clearance", summary, unit: "m", in: .within(0...1000), default: initial)
  }
}
