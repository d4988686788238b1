package import Drone
package import SpatialMath

/// What ArduPilot is told of a drone, as text: a line of JSON between two ends of lines.
///
/// ArduPilot has the world's axes north, east and down, and the body's forwards, right and down. With our x
/// east, y north and z up, and our body's forwards, left and up,
///
///     p = (y, x, −z),   ω = (ω_x, −ω_y, −ω_z),   q = q_w q q_b
///
/// where q_w and q_b are half turns about (x + y) / √2 and about x. Its heading is that of a compass.
package struct StateReport: Sendable, Equatable {
  /// The time. [s]
  package var time: Double
  /// The body rates. [rad/s]
  package var rates: [Double]
  /// What an accelerometer says: gravity upwards at rest. [m/s²]
  package var felt: [Double]
  /// North, east and down. [m]
  package var position: [Double]
  /// North, east and down. [m/s]
  package var velocity: [Double]
  /// w, x, y, z.
  package var quaternion: [Double]
  /// Roll, pitch and heading. [rad]
  package var attitude: [Double]

  /// The report of a state.
  ///
  /// - Parameters:
  ///   - state: How the drone moves.
  ///   - felt: What an accelerometer says, along the body's axes. [m/s²]
  ///   - time: The time. [s]
  package init(
    _ state: DroneState<Double>, feeling felt: Vector<Body, Double>, at time: Double
  ) {
    self.time = time
    rates = Self.alongBody(state.bodyRates)
    self.felt = Self.alongBody(felt)
    position = Self.alongWorld(state.position)
    velocity = Self.alongWorld(state.velocity)
    let half = 0.5.squareRoot()
    let world = Rotation<World, World, Double>(x: half, y: half, z: 0, w: 0)
    let body = Rotation<Body, Body, Double>(x: 1, y: 0, z: 0, w: 0)
    let turned = world.after(state.attitude.after(body))
    let sign: Double = turned.w < 0 ? -1 : 1
    quaternion = [sign * turned.w, sign * turned.x, sign * turned.y, sign * turned.z]
    let angles = RollPitchYaw(turned)
    attitude = [angles.roll, angles.pitch, angles.yaw]
  }

  private static func alongBody(_ v: Vector<Body, Double>) -> [Double] { [v.x, -v.y, -v.z] }
  private static func alongWorld(_ v: Vector<World, Double>) -> [Double] { [v.y, v.x, -v.z] }

  /// Whether every number is one.
  package var isFinite: Bool {
    (rates + felt + position + velocity + quaternion + attitude).allSatisfy(\.isFinite)
  }

  /// The text: ArduPilot's reader wants no blank behind a colon.
  package var text: String {
    """

    {"timestamp":\(time),"imu":{"gyro":\(rates),"accel_body":\(felt)},"position":\(position),\
    "attitude":\(attitude),"quaternion":\(quaternion),"velocity":\(velocity)}

    """
  }
}
