import SpatialMath

extension AirCoefficients {
  /// Reads our own `<swiftlet:quadcopter>`.
  init(own element: LocatedElement) throws(ModelError) {
    let hasJet = element.has("downwash_gain")
    self.init(
      groundEffect: try element.nonNegative("ground_effect", default: 0, unit: "(no unit)"),
      dragXY: try element.nonNegative("drag_xy", default: 0, unit: "N·s/(m·rad/s)"),
      dragZ: try element.nonNegative("drag_z", default: 0, unit: "N·s/(m·rad/s)"),
      linearDragXY: try element.nonNegative("linear_drag_xy", default: 0, unit: "N·s/m"),
      linearDragZ: try element.nonNegative("linear_drag_z", default: 0, unit: "N·s/m"),
      downwashGain: try element.nonNegative("downwash_gain", default: 0, unit: "N"),
      downwashSpread: hasJet ? try element.number("downwash_spread") : 0,
      downwashWidth: hasJet ? try element.number("downwash_width") : 1)
    if element.has("speed_moment") {
      let c = try element.nonNegativeNumbers("speed_moment", count: 2, unit: "N·m·s/m")
      speedMoment = Vector(c[0], c[1], 0)
    }
    if element.has("rate_damping") {
      let d = try element.nonNegativeNumbers("rate_damping", count: 3, unit: "N·m·s")
      rateDamping = Vector(d[0], d[1], d[2])
    }
    guard element.has("torque_noise") == element.has("torque_noise_time") else {
      throw element.error(
        "has only one of torque_noise and torque_noise_time; expected both or neither")
    }
    if element.has("torque_noise") {
      let s = try element.nonNegativeNumbers("torque_noise", count: 3, unit: "N·m")
      torqueNoise = Vector(s[0], s[1], s[2])
      torqueNoiseTime = try element.positive("torque_noise_time", unit: "s")
    }
  }

  /// Reads gym-pybullet-drones' `<properties>`.
  init(properties element: LocatedElement) throws(ModelError) {
    self.init(
      groundEffect: try element.nonNegative("gnd_eff_coeff", unit: "(no unit)"),
      dragXY: try element.nonNegative("drag_coeff_xy", unit: "N·s/(m·rad/s)"),
      dragZ: try element.nonNegative("drag_coeff_z", unit: "N·s/(m·rad/s)"),
      linearDragXY: 0, linearDragZ: 0,
      downwashGain: try element.nonNegative("dw_coeff_1", unit: "N"),
      downwashSpread: try element.number("dw_coeff_2"),
      downwashWidth: try element.number("dw_coeff_3"))
  }
}
