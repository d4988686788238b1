import Bullet
import Drone
import Randomness
public import SpatialMath

/// What differs from episode to episode, so that what is learnt survives the difference between a
/// model and its drone.
///
/// Factors are drawn evenly from their ranges, for every drone anew at the start of an episode.
public struct Randomisation: Sendable {
  /// The factor on the mass. [–]
  public var mass: ClosedRange<Double>
  /// The factor on all moments of inertia. [–]
  public var inertia: ClosedRange<Double>
  /// The factor on each rotor's thrust and torque, drawn for each. [–]
  public var motors: ClosedRange<Double>
  /// The factor on the rotors' drag. [–]
  public var drag: ClosedRange<Double>
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
    windSpeed: ClosedRange<Double> = 0...0
  ) {
    (self.mass, self.inertia, self.motors, self.drag) = (mass, inertia, motors, drag)
    (self.delay, self.position, self.speed) = (delay, position, speed)
    (self.tilt, self.yaw, self.bodyRate) = (tilt, yaw, bodyRate)
    self.windSpeed = windSpeed
  }
}

/// How one drone of one episode differs from its model.
struct Variation: Sendable, Codable, Equatable {
  /// A drone like its model.
  static let none = Variation()

  /// The factor on the mass. [–]
  var mass = 1.0
  /// The factor on all moments of inertia. [–]
  var inertia = 1.0
  /// The factor on each rotor's thrust and torque. [–]
  var motors = SIMD4<Double>(repeating: 1)
  /// The factor on the rotors' drag. [–]
  var drag = 1.0
  /// By how many actions commands come late. [–]
  var delay = 0

  private init() {}

  /// The difference that a drone has in an episode.
  init(_ randomisation: Randomisation, using random: inout SplitMix64) {
    mass = random.uniform(in: randomisation.mass)
    inertia = random.uniform(in: randomisation.inertia)
    for rotor in 0..<4 { motors[rotor] = random.uniform(in: randomisation.motors) }
    drag = random.uniform(in: randomisation.drag)
    let (least, most) = (randomisation.delay.lowerBound, randomisation.delay.upperBound)
    delay = least + Int(random.next() % UInt64(most - least + 1))
  }

  /// Whether a drone of a model can be so.
  func fits(_ model: QuadcopterModel) -> Bool {
    let vehicle: Void? = try? BulletWorld.checkVehicle(
      mass: mass * model.mass, inertia: inertia * model.inertia)
    let isDriven = (0..<4).allSatisfy { motors[$0] > 0 && motors[$0].isFinite }
    return vehicle != nil && isDriven && drag >= 0 && drag.isFinite
  }

  /// The numbers of a model, with the difference.
  func applied(to nominal: DroneParameters<Double>) -> DroneParameters<Double> {
    var parameters = nominal
    parameters.mass = mass * nominal.mass
    parameters.inverseMass = 1 / parameters.mass
    parameters.inertia = inertia * nominal.inertia
    parameters.inverseInertia = (1 / inertia) * nominal.inverseInertia
    for rotor in 0..<4 {
      parameters.thrustCurves[rotor] = nominal.thrustCurves[rotor].scaled(by: motors[rotor])
      parameters.torqueCurves[rotor] = nominal.torqueCurves[rotor].scaled(by: motors[rotor])
    }
    parameters.drag = drag * nominal.drag
    parameters.linearDrag = drag * nominal.linearDrag
    return parameters
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
