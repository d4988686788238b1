import SpatialMath

/// What a quadcopter's file says beyond URDF.
struct Airframe {
  var arm: Double
  var thrustToWeight: Double
  var maximumSpeed: Double
  var air: AirCoefficients
  var rotorLag = RotorLag<Double>.none
  var deadTime = 0.0
  var speedByVoltage: SpeedByVoltage?
  var rotorInertia = 0.0
  var minimumRotorThrust = 0.0
  private var radius: Double
  private var thrust: RotorCurve<Double>
  private var torque: RotorCurve<Double>
  private var thrustScale = [1.0, 1, 1, 1]
  private var spins: PerRotor<Rotor.Spin?>

  /// Reads our own `<swiftlet:quadcopter>` of a vehicle with some mass. [kg]
  init(own element: LocatedElement, mass: Double) throws(ModelError) {
    try element.expectOnly(Self.attributes)
    arm = try element.positive("arm", unit: "m")
    thrustToWeight = try Self.thrustToWeight(element, mass: mass)
    maximumSpeed = try element.positive("max_speed", unit: "m/s")
    thrust = RotorCurve(
      slope: try element.number("thrust_slope", default: 0),
      coefficient: try element.positive("thrust_coefficient", unit: "N/rpm²"))
    torque = RotorCurve(
      slope: try element.number("torque_slope", default: 0),
      coefficient: try element.nonNegative("torque_coefficient", unit: "N·m/rpm²"))
    thrustScale = try Self.thrustScale(element)
    radius = try element.nonNegative("rotor_radius", unit: "m")
    spins = try Self.spins(element)
    rotorLag = try Self.lag(element)
    deadTime = try Self.deadTime(element)
    speedByVoltage = try SpeedByVoltage(element)
    rotorInertia = try element.nonNegative("rotor_inertia", default: 0, unit: "kg·m²")
    minimumRotorThrust = try element.nonNegative("min_rotor_thrust", default: 0, unit: "N")
    guard minimumRotorThrust < mass * QuadcopterModel.nominalGravity / 4 else {
      throw element.error(
        "min_rotor_thrust=\"\(minimumRotorThrust)\"; expected less than a quarter of the weight")
    }
    air = try AirCoefficients(own: element)
  }

  /// Reads gym-pybullet-drones' `<properties>`, which leaves the rotors' spins unsaid.
  init(properties element: LocatedElement) throws(ModelError) {
    arm = try element.positive("arm", unit: "m")
    thrustToWeight = try Self.thrustToWeight(element, "thrust2weight")
    maximumSpeed = try element.positive("max_speed_kmh", unit: "km/h") / 3.6
    thrust = RotorCurve(coefficient: try element.positive("kf", unit: "N/rpm²"))
    torque = RotorCurve(coefficient: try element.nonNegative("km", unit: "N·m/rpm²"))
    radius = try element.nonNegative("prop_radius", unit: "m")
    spins = PerRotor(repeating: nil)
    air = try AirCoefficients(properties: element)
  }

  /// All that our own element may have.
  private static let attributes: Set<String> = [
    "arm", "thrust_to_weight", "max_speed", "thrust_coefficient", "thrust_slope",
    "torque_coefficient", "torque_slope", "thrust_scale", "rotor_radius", "rotor_spins",
    "rotor_links", "rotor_lag", "rotor_inertia", "dead_time", "speed_at_zero_volt",
    "speed_per_volt", "min_rotor_thrust", "max_rotor_thrust", "ground_effect", "drag_xy", "drag_z",
    "linear_drag_xy", "linear_drag_z", "speed_moment", "rate_damping", "torque_noise",
    "torque_noise_time", "downwash_gain", "downwash_spread", "downwash_width",
  ]

  /// One rotor at its place.
  func rotor(_ index: Int, at position: Vector<Body, Double>) -> Rotor {
    Rotor(
      position: position, spin: spins[index] ?? Rotor.usualSpin(at: position), radius: radius,
      thrust: thrust.scaled(by: thrustScale[index]), torque: torque)
  }

  /// The ratio itself, or that of the highest thrust of a rotor.
  private static func thrustToWeight(
    _ element: LocatedElement, mass: Double
  ) throws(ModelError) -> Double {
    guard element.has("max_rotor_thrust") else {
      return try thrustToWeight(element, "thrust_to_weight")
    }
    guard !element.has("thrust_to_weight") else {
      throw element.error("has max_rotor_thrust and thrust_to_weight; expected only one of them")
    }
    let thrust = try element.positive("max_rotor_thrust", unit: "N")
    let weight = mass * QuadcopterModel.nominalGravity
    guard 4 * thrust > weight else {
      throw element.error(
        "max_rotor_thrust=\"\(thrust)\"; expected above a quarter of the weight, or it cannot fly")
    }
    return 4 * thrust / weight
  }

  private static func thrustToWeight(
    _ element: LocatedElement, _ name: String
  ) throws(ModelError) -> Double {
    let ratio = try element.number(name)
    guard ratio > 1 else {
      throw element.error("\(name)=\"\(ratio)\"; expected above 1, or it cannot fly")
    }
    return ratio
  }

  /// Four coefficients, c1 to c4.
  private static func lag(_ element: LocatedElement) throws(ModelError) -> RotorLag<Double> {
    guard element.has("rotor_lag") else { return .none }
    let c = try element.numbers("rotor_lag", count: 4)
    guard c.allSatisfy({ $0 >= 0 }), c[0] + c[1] > 0, c[2] + c[3] > 0 else {
      throw element.error(
        "rotor_lag has a rotor that never follows; expected four numbers c1 c2 c3 c4 of 0 or more, "
          + "neither the first two nor the last two both 0")
    }
    return RotorLag(riseRate: c[0], riseGain: c[1], fallRate: c[2], fallGain: c[3])
  }

  /// What multiplies the thrust of each rotor.
  private static func thrustScale(_ element: LocatedElement) throws(ModelError) -> [Double] {
    guard element.has("thrust_scale") else { return [1, 1, 1, 1] }
    let scale = try element.numbers("thrust_scale", count: 4)
    guard scale.allSatisfy({ $0 > 0 }) else {
      throw element.error("has a thrust_scale of 0 or less; expected four numbers above 0")
    }
    return scale
  }

  /// How late commands reach the rotors. [s]
  private static func deadTime(_ element: LocatedElement) throws(ModelError) -> Double {
    let time = try element.nonNegative("dead_time", default: 0, unit: "s")
    guard time <= QuadcopterModel.longestDeadTime else {
      throw element.error(
        "dead_time=\"\(time)\"; expected up to \(QuadcopterModel.longestDeadTime) s")
    }
    return time
  }

  /// Four words, `ccw` or `cw`.
  private static func spins(_ element: LocatedElement) throws(ModelError) -> PerRotor<Rotor.Spin?> {
    guard element.has("rotor_spins") else { return PerRotor(repeating: nil) }
    let text = try element.string("rotor_spins")
    let spins = text.split(separator: " ").compactMap { Rotor.Spin(rawValue: String($0)) }
    guard spins.count == 4 else {
      throw element.error("rotor_spins=\"\(text.prefix(40))\"; expected four of ccw, cw")
    }
    return PerRotor(spins[0], spins[1], spins[2], spins[3])
  }
}
