import Drone
import Randomness
public import SpatialMath

/// What differs from episode to episode, so that what is learnt survives the difference between a
/// model and its drone.
///
/// Factors are drawn evenly from their ranges, for every drone anew at the start of an episode.
public struct Randomisation: Sendable {
  /// Whether each episode flies another airframe, drawn at random, in place of the model; factors come on top.
  package var drawsAirframes = false
  /// The factor on the mass. [–]
  public var mass: ClosedRange<Double>
  /// The factor on all moments of inertia. [–]
  public var inertia: ClosedRange<Double>
  /// The factor on each rotor's thrust and torque, drawn for each. [–]
  public var motors: ClosedRange<Double>
  /// The factor on the rotors' drag. [–]
  public var drag: ClosedRange<Double>
  /// The factor on the rotors' torque, beside that on each motor. [–]
  public var rotorTorque: ClosedRange<Double>
  /// The factor on the rotors' moment of inertia. [–]
  public var rotorInertia: ClosedRange<Double>
  /// The factor on the rates at which rotors follow their commands. [–]
  public var rotorLag: ClosedRange<Double>
  /// The factor on the time after which commands reach the rotors. [–]
  public var deadTime: ClosedRange<Double>
  /// The factor on the torque that tilts a moving drone back. [–]
  public var speedMoment: ClosedRange<Double>
  /// The factor on the torque that a turning drone meets. [–]
  public var rateDamping: ClosedRange<Double>
  /// The factor on the random torque that shakes a drone. [–]
  public var torqueNoise: ClosedRange<Double>
  /// By how many actions commands come late. [–]
  public var delay: ClosedRange<Int>
  /// The largest offset of the start along each axis. [m]
  public var position: Vector<World, Double>
  /// The largest speed at the start along each axis. [m/s]
  public var speed: Double
  /// The largest roll and pitch at the start. [rad]
  public var tilt: Double
  /// The largest yaw at the start. [rad]
  public var yaw: Double
  /// The largest body rate at the start about each axis. [rad/s]
  public var bodyRate: Double
  /// The speed of a level wind from anywhere, on top of the setup's. [m/s]
  public var windSpeed: ClosedRange<Double>

  /// No difference but for what is said.
  public init(
    mass: ClosedRange<Double> = 1...1, inertia: ClosedRange<Double> = 1...1,
    motors: ClosedRange<Double> = 1...1, drag: ClosedRange<Double> = 1...1,
    delay: ClosedRange<Int> = 0...0, position: Vector<World, Double> = .zero, speed: Double = 0,
    tilt: Double = 0, yaw: Double = 0, bodyRate: Double = 0,
    windSpeed: ClosedRange<Double> = 0...0, rotorTorque: ClosedRange<Double> = 1...1,
    rotorInertia: ClosedRange<Double> = 1...1, rotorLag: ClosedRange<Double> = 1...1,
    deadTime: ClosedRange<Double> = 1...1, speedMoment: ClosedRange<Double> = 1...1,
    rateDamping: ClosedRange<Double> = 1...1, torqueNoise: ClosedRange<Double> = 1...1
  ) {
    (self.mass, self.inertia, self.motors, self.drag) = (mass, inertia, motors, drag)
    (self.delay, self.position, self.speed) = (delay, position, speed)
    (self.tilt, self.yaw, self.bodyRate) = (tilt, yaw, bodyRate)
    self.windSpeed = windSpeed
    (self.rotorTorque, self.rotorInertia) = (rotorTorque, rotorInertia)
    (self.rotorLag, self.deadTime) = (rotorLag, deadTime)
    (self.speedMoment, self.rateDamping) = (speedMoment, rateDamping)
    self.torqueNoise = torqueNoise
  }
}

extension Randomisation {
  /// Moves a drone off its start.
  func scatter(_ state: inout DroneState<Double>, using random: inout SplitMix64) {
    func vector<F: Frame>(
      _ bound: Vector<F, Double>, _ random: inout SplitMix64
    ) -> Vector<F, Double> {
      Vector(
        random.uniform(in: -bound.x...bound.x), random.uniform(in: -bound.y...bound.y),
        random.uniform(in: -bound.z...bound.z))
    }
    state.position += vector(position, &random)
    state.velocity += vector(Vector(speed, speed, speed), &random)
    state.bodyRates += vector(Vector(bodyRate, bodyRate, bodyRate), &random)
    let angles: Vector<Body, Double> = vector(Vector(tilt, tilt, yaw), &random)
    guard angles != .zero else { return }
    let turn = RollPitchYaw(roll: angles.x, pitch: angles.y, yaw: angles.z)
    let offset = Rotation<Body, World, Double>(turn)
    let local = Rotation<Body, Body, Double>(x: offset.x, y: offset.y, z: offset.z, w: offset.w)
    state.attitude = state.attitude.after(local).normalized
  }
}
