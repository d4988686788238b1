import Bullet
import Drone
import Randomness
import SpatialMath

/// How one drone of one episode differs from its model.
struct Variation: Sendable, Codable, Equatable {
  /// A drone like its model.
  static let none = Variation()

  /// The seed of the airframe that it is in place of its model, if it is one.
  var airframe: UInt64?
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
  /// How rotors and air differ beyond that; `nil` in what an older version wrote down.
  private var more: RotorAndAirFactors?

  /// The factors of rotors and air beyond those of motors and drag.
  var air: RotorAndAirFactors { more ?? RotorAndAirFactors() }

  private init() { more = RotorAndAirFactors() }

  /// The difference that a drone has in an episode.
  init(_ randomisation: Randomisation, using random: inout SplitMix64) {
    mass = random.uniform(in: randomisation.mass)
    inertia = random.uniform(in: randomisation.inertia)
    for rotor in 0..<4 { motors[rotor] = random.uniform(in: randomisation.motors) }
    drag = random.uniform(in: randomisation.drag)
    let (least, most) = (randomisation.delay.lowerBound, randomisation.delay.upperBound)
    delay = least + Int(random.next() % UInt64(most - least + 1))
    more = RotorAndAirFactors(randomisation, using: &random)
    if randomisation.drawsAirframes { airframe = Self.firstSeed | random.next() }
  }

  /// The least seed of an airframe of an episode: those below are of drones that no task has met.
  static let firstSeed: UInt64 = 1 << 63

  /// What the drone is but for the factors; takes nothing from the heap.
  func airframe(insteadOf model: QuadcopterModel) -> QuadcopterModel {
    guard let airframe else { return model }
    var model = model
    model.become(RandomAirframe(seed: airframe))
    return model
  }

  /// What the drone is, factors on mass, inertia and motors included, to those who design a law for it.
  func flown(insteadOf model: QuadcopterModel) -> QuadcopterModel {
    var model = airframe(insteadOf: model)
    model.mass *= mass
    model.inertia = inertia * model.inertia
    for rotor in 0..<4 {
      model.rotors[rotor].thrust = model.rotors[rotor].thrust.scaled(by: motors[rotor])
      model.rotors[rotor].torque = model.rotors[rotor].torque.scaled(by: motors[rotor])
    }
    // The highest speed stays what it was.
    model.thrustToWeight *= motors.sum() / 4 / mass
    return model
  }

  /// Whether a drone of a model can be so.
  func fits(_ model: QuadcopterModel) -> Bool {
    let vehicle: Void? = try? BulletWorld.checkVehicle(
      mass: mass * model.mass, inertia: inertia * model.inertia)
    let isDriven = (0..<4).allSatisfy { motors[$0] > 0 && motors[$0].isFinite }
    return vehicle != nil && isDriven && drag >= 0 && drag.isFinite && air.arePossible
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
    air.apply(to: &parameters)
    return parameters
  }
}

/// The factors by which rotors and air of one drone differ from its model's, beside those of its motors and
/// its drag.
struct RotorAndAirFactors: Sendable, Codable, Equatable {
  /// The factor on the rotors' torque. [–]
  var torque = 1.0
  /// The factor on the rotors' moment of inertia. [–]
  var inertia = 1.0
  /// The factor on the rates at which rotors follow. [–]
  var lag = 1.0
  /// The factor on the dead time. [–]
  var deadTime = 1.0
  /// The factor on the speed moment. [–]
  var speedMoment = 1.0
  /// The factor on the rate damping. [–]
  var rateDamping = 1.0
  /// The factor on the torque noise. [–]
  var torqueNoise = 1.0

  /// No difference.
  init() {}

  /// What a drone has in an episode; a range of one number draws nothing.
  init(_ randomisation: Randomisation, using random: inout SplitMix64) {
    func factor(_ range: ClosedRange<Double>, _ random: inout SplitMix64) -> Double {
      range.lowerBound == range.upperBound ? range.lowerBound : random.uniform(in: range)
    }
    torque = factor(randomisation.rotorTorque, &random)
    inertia = factor(randomisation.rotorInertia, &random)
    lag = factor(randomisation.rotorLag, &random)
    deadTime = factor(randomisation.deadTime, &random)
    speedMoment = factor(randomisation.speedMoment, &random)
    rateDamping = factor(randomisation.rateDamping, &random)
    torqueNoise = factor(randomisation.torqueNoise, &random)
  }

  /// Whether a drone can have them.
  var arePossible: Bool {
    lag > 0
      && [torque, inertia, lag, deadTime, speedMoment, rateDamping, torqueNoise]
        .allSatisfy { $0 >= 0 && $0.isFinite }
  }

  /// Multiplies the numbers of a drone; those that no factor touches keep their bits.
  func apply(to parameters: inout DroneParameters<Double>) {
    guard self != Self() else { return }
    parameters.torqueCurves = parameters.torqueCurves.map { $0.scaled(by: torque) }
    parameters.rotorInertia = inertia * parameters.rotorInertia
    parameters.rotorLag = parameters.rotorLag.map { lag * $0 }
    parameters.deadTime = deadTime * parameters.deadTime
    parameters.speedMoment = speedMoment * parameters.speedMoment
    parameters.rateDamping = rateDamping * parameters.rateDamping
    parameters.torqueNoise = torqueNoise * parameters.torqueNoise
  }
}
