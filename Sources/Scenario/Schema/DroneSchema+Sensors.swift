import Simulation

extension DroneSchema {
  /// Reads what a drone flies on.
  func sensors(_ map: inout MappingReader) -> Sensors {
    Sensors(
      inertial: map.optional("imu") { $0.mapping(inertial) },
      motionCapture: map.optional("motion_capture") { $0.mapping(motionCapture) },
      range: map.optional("range") { $0.mapping(range) },
      multiranger: map.optional("multiranger") { $0.mapping(range) },
      lidar: map.optional("lidar") { $0.mapping(lidar) })
  }

  /// Without a key the numbers of the Crazyflie's BMI088, from its data sheet: noise densities of
  /// 0.014 °/s/√Hz and 160 µg/√Hz.
  private func inertial(_ map: inout MappingReader) -> InertialSensor.Errors {
    func number(_ key: String, _ usual: Double, _ unit: String) -> Double {
      map.number(key, default: usual, in: .atLeast(0), unit: unit)
    }
    return InertialSensor.Errors(
      rateNoise: number("gyro_noise", 2.4e-4, "rad/s/√Hz"),
      rateBias: number("gyro_bias", 0, "rad/s"),
      rateWalk: number("gyro_walk", 0, "rad/s²/√Hz"),
      forceNoise: number("accel_noise", 1.6e-3, "m/s²/√Hz"),
      forceBias: number("accel_bias", 0, "m/s²"),
      forceWalk: number("accel_walk", 0, "m/s³/√Hz"))
  }

  private func motionCapture(_ map: inout MappingReader) -> MotionCapture.Errors {
    MotionCapture.Errors(
      positionNoise: map.number("position_noise", default: 1e-3, in: .atLeast(0), unit: "m"),
      attitudeNoise: map.number("attitude_noise", default: 0.005, in: .atLeast(0), unit: "rad"),
      delay: map.number("delay", default: 0, in: .within(0...1), unit: "s"),
      dropout: map.number("dropout", default: 0, in: .within(0...1)),
      rate: map.number("rate", default: 0, in: .atLeast(0), unit: "Hz"))
  }

  /// Without a key about what the Crazyflie's VL53L1x does, by its data sheet: up to 4 m in the dark.
  private func range(_ map: inout MappingReader) -> RangeFinder.Errors {
    let errors = RangeFinder.Errors(
      noise: map.number("noise", default: 0.005, in: .atLeast(0), unit: "m"),
      minimum: map.number("minimum", default: 0.02, in: .atLeast(0), unit: "m"),
      maximum: map.number("maximum", default: 4, in: .positive, unit: "m"),
      dropout: map.number("dropout", default: 0, in: .within(0...1)))
    if errors.maximum <= errors.minimum {
      map.reject("is not beyond minimum", at: "maximum", expected: "more than \(errors.minimum) m")
    }
    return errors
  }

  private func lidar(_ map: inout MappingReader) -> Sensors.Lidar {
    let rays = map.integer("rays", default: 16, in: 1...3600)
    return Sensors.Lidar(rays: rays, errors: range(&map))
  }
}
