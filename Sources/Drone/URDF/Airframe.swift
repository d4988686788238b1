import SpatialMath

/// What a quadcopter's file says beyond URDF.
struct Airframe {
  var arm: Double
  var thrustToWeight: Double
  var maximumSpeed: Double
  var air: AirCoefficients
  private var radius: Double
  private var thrustCoefficient: Double
  private var torqueCoefficient: Double
  private var spins: PerRotor<Rotor.Spin?>

  /// Reads our own `<swiftlet:quadcopter>`.
  init(own element: LocatedElement) throws(ModelError) {
    try element.expectOnly([
      "arm", "thrust_to_weight", "max_speed", "thrust_coefficient", "torque_coefficient",
      "rotor_radius", "rotor_spins", "ground_effect", "drag_xy", "drag_z", "downwash_gain",
      "downwash_spread", "downwash_width",
    ])
    arm = try element.positive("arm", unit: "m")
    thrustToWeight = try Self.thrustToWeight(element, "thrust_to_weight")
    maximumSpeed = try element.positive("max_speed", unit: "m/s")
    thrustCoefficient = try element.positive("thrust_coefficient", unit: "N/rpm²")
    torqueCoefficient = try element.nonNegative("torque_coefficient", unit: "N·m/rpm²")
    radius = try element.nonNegative("rotor_radius", unit: "m")
    spins = try Self.spins(element)
    air = AirCoefficients(
      groundEffect: try element.nonNegative("ground_effect", unit: "(no unit)"),
      dragXY: try element.nonNegative("drag_xy", unit: "N·s/(m·rad/s)"),
      dragZ: try element.nonNegative("drag_z", unit: "N·s/(m·rad/s)"),
      downwashGain: try element.nonNegative("downwash_gain", unit: "N"),
      downwashSpread: try element.number("downwash_spread"),
      downwashWidth: try element.number("downwash_width"))
  }

  /// Reads gym-pybullet-drones' `<properties>`, which leaves the rotors' spins unsaid.
  init(properties element: LocatedElement) throws(ModelError) {
    try element.expectOnly([
      "arm", "kf", "km", "thrust2weight", "max_speed_kmh", "gnd_eff_coeff", "prop_radius",
      "drag_coeff_xy", "drag_coeff_z", "dw_coeff_1", "dw_coeff_2", "dw_coeff_3",
    ])
    arm = try element.positive("arm", unit: "m")
    thrustToWeight = try Self.thrustToWeight(element, "thrust2weight")
    maximumSpeed = try element.positive("max_speed_kmh", unit: "km/h") / 3.6
    thrustCoefficient = try element.positive("kf", unit: "N/rpm²")
    torqueCoefficient = try element.nonNegative("km", unit: "N·m/rpm²")
    radius = try element.nonNegative("prop_radius", unit: "m")
    spins = PerRotor(repeating: nil)
    air = AirCoefficients(
      groundEffect: try element.nonNegative("gnd_eff_coeff", unit: "(no unit)"),
      dragXY: try element.nonNegative("drag_coeff_xy", unit: "N·s/(m·rad/s)"),
      dragZ: try element.nonNegative("drag_coeff_z", unit: "N·s/(m·rad/s)"),
      downwashGain: try element.nonNegative("dw_coeff_1", unit: "N"),
      downwashSpread: try element.number("dw_coeff_2"),
      downwashWidth: try element.number("dw_coeff_3"))
  }

  /// One rotor at its place.
  func rotor(_ index: Int, at position: Vector<Body, Double>) -> Rotor {
    Rotor(
      position: position, spin: spins[index] ?? Rotor.usualSpin(at: position), radius: radius,
      thrustCoefficient: thrustCoefficient, torqueCoefficient: torqueCoefficient)
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

  /// Four words, `ccw` or `cw`.
  private static func spins(_ element: LocatedElement) throws(ModelError) -> PerRotor<Rotor.Spin?> {
    guard element.element.attributes["rotor_spins"] != nil else { return PerRotor(repeating: nil) }
    let text = try element.string("rotor_spins")
    let spins = text.split(separator: " ").compactMap { Rotor.Spin(rawValue: String($0)) }
    guard spins.count == 4 else {
      throw element.error("rotor_spins=\"\(text.prefix(40))\"; expected four of ccw, cw")
    }
    return PerRotor(spins[0], spins[1], spins[2], spins[3])
  }
}
