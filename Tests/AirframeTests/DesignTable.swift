import Control
import Drone
import Foundation

/// What the numbers that all gains are made of are worth: flights with half and with twice of each.
struct DesignTable {
  private typealias Number = (
    name: String, path: any WritableKeyPath<LoopDesign, Double> & Sendable
  )

  private static let numbers: [Number] = [
    ("rateBandwidth", \.rateBandwidth), ("highestRateBandwidth", \.highestRateBandwidth),
    ("attitudeDamping", \.attitudeDamping), ("yawShare", \.yawShare),
    ("tiltErrorAtFullTorque", \.tiltErrorAtFullTorque),
    ("yawErrorAtFullTorque", \.yawErrorAtFullTorque), ("turnWithinDelay", \.turnWithinDelay),
    ("leastMargin", \.leastMargin),
    ("positionShare", \.positionShare), ("climbShare", \.climbShare),
    ("highestPositionFrequency", \.highestPositionFrequency),
    ("positionDamping", \.positionDamping), ("integralShare", \.integralShare),
    ("steepestTilt", \.steepestTilt), ("tiltShare", \.tiltShare), ("thrustShare", \.thrustShare),
    ("sinkShare", \.sinkShare), ("pullShare", \.pullShare), ("rotorSpeedUp", \.rotorSpeedUp),
    ("shortestLag", \.shortestLag), ("yawRoom", \.yawRoom),
  ]

  static let head = """

    What the gains of `pid` are made of (`Sources/Control/LoopDesign.swift`), and the same flights with
    half of each number and with twice: the worst of all models above and of ten strangers, as overshoot
    [cm] / settled [s] / circle RMSE [cm] / saturated [%].

    | number | value | half of it | as it is | twice of it |
    | --- | --- | --- | --- | --- |

    """

  static func rows() throws -> [String] {
    let models =
      try UntunedTests.names.map { try ModelCatalogue.standard.model(named: $0) }
      + (0..<10).map { try QuadcopterModel(urdf: randomURDF(seed: $0), named: "stranger") }
    let asItIs = try worst(of: models, design: .standard)
    return try numbers.map { number in
      let changed = try [0.5, 2].map { factor in
        var design = LoopDesign.standard
        design[keyPath: number.path] *= factor
        return try worst(of: models, design: design)
      }
      let value = String(format: "%.4g", LoopDesign.standard[keyPath: number.path])
      return "| `\(number.name)` | \(value) | \(changed[0]) | \(asItIs) | \(changed[1]) |"
    }
  }

  private static func worst(of models: [QuadcopterModel], design: LoopDesign) throws -> String {
    let flights = try models.map { model in
      try UntunedFlights(model) {
        try DerivedPID(model: model, gravity: ModelFlight.gravity, design: design)
      }
    }
    func worst(_ value: (UntunedFlights) -> Double) -> Double {
      flights.map(value).max { $0.isNaN || $1.isNaN ? $1.isNaN : $0 < $1 } ?? .nan
    }
    return String(
      format: "%.1f / %.2f / %.1f / %.1f", 100 * worst(\.overshoot), worst(\.settlingTime),
      100 * worst(\.circleError), 100 * worst(\.saturation))
  }
}
