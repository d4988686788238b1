import Parameters
import SpatialMath

extension Parameter<[Double]> {
  /// A heading at each of a reference's points. [rad]
  static var headings: Self {
    .numbers("yaws", "the heading at each point, in the place of yaw", unit: "rad")
  }
}

extension [Double] {
  /// Refuses headings of which there is not one for each point, unless there is none.
  func check(areFor points: [Vector<World, Double>]) throws(ParameterError) {
    guard isEmpty || count == points.count else {
      throw ParameterError(
        "does not have as many headings as there are points", of: "yaws",
        expected: "\(points.count) numbers of rad")
    }
  }

  /// The same headings, each within half a turn of the one before. [rad]
  var theShortWay: [Double] {
    var last: Double?
    return map { heading in
      let next = last.map { $0 + (heading - $0).withinHalfTurn } ?? heading
      last = next
      return next
    }
  }
}

extension Double {
  /// The angle less its whole turns, from −π to π. [rad]
  var withinHalfTurn: Double { remainder(dividingBy: 2 * .pi) }
}
