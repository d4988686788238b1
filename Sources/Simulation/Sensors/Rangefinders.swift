import Parameters
package import Randomness
package import Rendering

/// Range finders that measure together, each along a ray of its own.
///
/// They see the floor, obstacles and the outlines of other drones, with contacts or without. What is
/// nearer than their range hides what is behind it.
package struct Rangefinders: Sensor {
  package let readingNames: [String]
  package let rays: RangeSensor?
  package let estimatorInputs: StateEstimator.Inputs
  /// The errors of each distance. [m]
  private let noise: NoiseModel
  /// The shortest and the longest distance that they see. [m]
  private let range: ClosedRange<Double>
  private var random = SplitMix64(seed: 0)
  private var height: Double?

  /// One range finder that looks down; the state estimator flies by it.
  ///
  /// - Parameters:
  ///   - noise: The errors of a distance. [m]
  ///   - range: The shortest and the longest distance that it sees. [m]
  /// - Returns: The sensor.
  package static func down(
    noise: NoiseModel = .none, range: ClosedRange<Double> = 0...(.infinity)
  ) -> Rangefinders {
    Rangefinders(
      ["range_down"], try? .altimeter(range: reach(of: range)), noise, range, inputs: .height)
  }

  /// The five of the Crazyflie's multiranger: to the front, back, left and right, and up.
  package static func multiranger(
    noise: NoiseModel = .none, range: ClosedRange<Double> = 0...(.infinity)
  ) -> Rangefinders {
    let names = ["front", "back", "left", "right", "up"].map { "range_\($0)" }
    return Rangefinders(names, try? .multiranger(range: reach(of: range)), noise, range)
  }

  /// A ring of so many, evenly around the drone in its own level: the first ahead, the second to its
  /// left.
  package static func ring(
    _ count: Int, noise: NoiseModel = .none, range: ClosedRange<Double> = 0...(.infinity)
  ) -> Rangefinders {
    precondition(1...1_000_000 ~= count, "1 to a million rays, not \(count)")
    let names = (0..<count).map { "lidar_\($0)" }
    let rays = try? RangeSensor.lidar(rayCount: count, range: reach(of: range))
    return Rangefinders(names, rays, noise, range)
  }

  private init(
    _ names: [String], _ rays: RangeSensor?, _ noise: NoiseModel, _ range: ClosedRange<Double>,
    inputs: StateEstimator.Inputs = []
  ) {
    (readingNames, self.rays, self.noise, self.range) = (names, rays, noise, range)
    estimatorInputs = inputs
  }

  /// How far rays are followed. [m]
  private static func reach(of range: ClosedRange<Double>) -> ClosedRange<Double> {
    // What is too near or too far is for the range finders to say: a ray meets the nearest thing.
    1e-4...min(max(range.upperBound, 1e-3), 1e6)
  }

  package mutating func reset(using random: SplitMix64) { self.random = random }

  package mutating func measure(
    _ truth: GroundTruth, into readings: inout MutableSpan<Double>
  ) {
    let distances = truth.distances.span
    for ray in distances.indices {
      readings[ray] = measure(distances[ray], every: truth.period) ?? .nan
    }
    height = truth.distances.count == 1 && !readings[0].isNaN ? readings[0] : nil
  }

  /// Measures a distance, infinite where there is nothing, or sees nothing: `nil`. [m]
  private mutating func measure(_ distance: Double, every period: Double) -> Double? {
    let measured = distance + noise.sample(every: period, using: &random)
    let isLost = noise.isLost(using: &random)
    return !isLost && distance.isFinite && range.contains(distance) ? max(0, measured) : nil
  }

  package func correct(_ estimator: inout StateEstimator) {
    if let height, estimatorInputs == .height { estimator.correct(rangeDown: height) }
  }
}

extension Rangefinders {
  static let downEntry = entry(
    name: "range", summary: "a range finder that looks down, which the state estimator flies by",
    make: down)

  static let multirangerEntry = entry(
    name: "multiranger", summary: "range finders to the front, back, left and right, and up",
    make: multiranger)

  private static func entry(
    name: String, summary: String,
    make: @escaping @Sendable (NoiseModel, ClosedRange<Double>) -> Rangefinders
  ) -> SensorCatalogue.Entry {
    SensorCatalogue.Entry(
      name: name, summary: summary, parameters: .rangeNoise, .minimum, .maximum, .dropout
    ) { (noise, minimum, maximum, dropout) throws(ParameterError) in
      make(
        NoiseModel(.deviation(noise), dropout: dropout), try range(from: minimum, to: maximum))
    }
  }

  static let lidarEntry = SensorCatalogue.Entry(
    name: "lidar", summary: "a ring of range finders",
    parameters: .integer("rays", "how many, evenly around the drone", in: 1...3600, default: 16),
    .rangeNoise, .minimum, .maximum, .dropout
  ) { (rays, noise, minimum, maximum, dropout) throws(ParameterError) in
    Rangefinders.ring(
      rays, noise: NoiseModel(.deviation(noise), dropout: dropout),
      range: try range(from: minimum, to: maximum))
  }

  private static func range(
    from minimum: Double, to maximum: Double
  ) throws(ParameterError) -> ClosedRange<Double> {
    guard minimum < maximum else {
      throw ParameterError(
        "is not beyond minimum", of: "maximum", expected: "more than \(minimum) m")
    }
    return minimum...maximum
  }
}

/// Without a key about what the Crazyflie's VL53L1x does, by its data sheet: up to 4 m in the dark.
extension Parameter<Double> {
  fileprivate static var rangeNoise: Self {
    .size("noise", "deviation of a distance", 0.005, "m")
  }
  fileprivate static var minimum: Self {
    .size("minimum", "the shortest distance that is seen", 0.02, "m")
  }
  fileprivate static var maximum: Self {
    .number(
      "maximum", "the longest distance that is seen", unit: "m", in: .positive, default: 4)
  }
}
