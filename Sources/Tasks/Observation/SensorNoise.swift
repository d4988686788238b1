import Drone
import Randomness
import Simulation
import SpatialMath

/// What sensors get wrong: white noise on what a drone sees of itself and around it, drawn anew for every
/// observation.
///
/// All that is observed follows from what is seen: goals that depend on where drones are, features of
/// the task and neighbours too, which tell what they see of themselves. Rewards and endings, and
/// the controllers that follow actions, know the truth.
public struct SensorNoise: Sendable, Equatable {
  /// The deviation of the position along each axis. [m]
  package var position: Double
  /// The deviation of the velocity along each axis. [m/s]
  package var velocity: Double
  /// The deviation of the attitude about each axis. [rad]
  package var attitude: Double
  /// The deviation of the body rates about each axis. [rad/s]
  package var bodyRates: Double
  /// The deviation of ranges. [m]
  package var range: Double

  /// Noise of these sizes; none, where nothing is said.
  public init(
    position: Double = 0, velocity: Double = 0, attitude: Double = 0, bodyRates: Double = 0,
    range: Double = 0
  ) {
    (self.position, self.velocity, self.attitude) = (position, velocity, attitude)
    (self.bodyRates, self.range) = (bodyRates, range)
  }

  /// The truth.
  package static let none = SensorNoise()

  /// All deviations.
  var deviations: [Double] { [position, velocity, attitude, bodyRates, range] }

  /// What a drone sees of how it moves.
  func applied(
    to truth: DroneState<Double>, using random: inout SplitMix64
  ) -> DroneState<Double> {
    var seen = truth
    seen.position += NoiseModel(.deviation(position)).sample(using: &random)
    seen.velocity += NoiseModel(.deviation(velocity)).sample(using: &random)
    let turn: Vector<Body, Double> = NoiseModel(.deviation(attitude)).sample(using: &random)
    seen.attitude = truth.attitude.after(Rotation(rotationVector: turn)).normalized
    seen.bodyRates += NoiseModel(.deviation(bodyRates)).sample(using: &random)
    return seen
  }
}

extension NoiseModel {
  /// White noise that is given by its deviation, whatever the time between two measurements.
  func sample(using random: inout SplitMix64) -> Double { sample(every: 1, using: &random) }

  /// The same along three axes.
  func sample<F: Frame>(using random: inout SplitMix64) -> Vector<F, Double> {
    sample(every: 1, using: &random)
  }
}

extension SensorNoise: CustomStringConvertible {
  /// The deviations, in a line; empty where all is the truth.
  public var description: String {
    [
      ("position", position, "m"), ("velocity", velocity, "m/s"), ("attitude", attitude, "rad"),
      ("body rates", bodyRates, "rad/s"), ("ranges", range, "m"),
    ].filter { $0.1 > 0 }.map { "\($0.0) \($0.1.words) \($0.2)" }.joined(separator: ", ")
  }
}
