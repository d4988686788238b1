import SpatialMath

extension Randomisation: CustomStringConvertible {
  /// What differs, in a line; empty where nothing does.
  public var description: String {
    let factors = [
      ("mass", mass), ("inertia", inertia), ("motors", motors), ("drag", drag),
      ("rotor torque", rotorTorque), ("rotor inertia", rotorInertia), ("rotor lag", rotorLag),
      ("dead time", deadTime), ("speed moment", speedMoment), ("rate damping", rateDamping),
      ("torque noise", torqueNoise),
    ]
    .filter { $0.1 != 1...1 }.map { "\($0.0) × \($0.1.words)" }
    let offsets = [
      ("position", "m", [position.x, position.y, position.z]), ("velocity", "m/s", [speed]),
      ("roll, pitch", "rad", [tilt]), ("yaw", "rad", [yaw]), ("body rates", "rad/s", [bodyRate]),
    ].filter { !$0.2.allSatisfy { $0 == 0 } }.map { name, unit, bounds in
      "\(name) ± \(bounds.map(\.words).joined(separator: ", ")) \(unit)"
    }
    let late = delay == 0...0 ? [] : ["delay \(delay.lowerBound) to \(delay.upperBound) actions"]
    let wind = windSpeed == 0...0 ? [] : ["wind \(windSpeed.words) m/s from anywhere"]
    let airframes = drawsAirframes ? ["another airframe each time"] : []
    return (airframes + offsets + factors + late + wind).joined(separator: "; ")
  }
}
