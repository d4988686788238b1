/// The metadata of a trajectory: where it comes from, and what its numbers mean.
package struct FlightMetadata: Encodable {
  package static let fileName = "metadata.json"

  let seed: UInt64
  let scenario: FlightSpecification
  let models: [String: ModelOutline]

  private enum Key: String, CodingKey {
    case seed, scenario, models
  }

  /// The metadata of a flight.
  package init(_ specification: FlightSpecification) {
    scenario = specification
    models = Dictionary(
      specification.drones.map { ($0.modelName, ModelOutline(of: $0.model)) },
      uniquingKeysWith: { first, _ in first })
    seed = specification.seed
  }

  package func encode(to encoder: any Encoder) throws {
    try TrajectoryLegend().encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(seed, forKey: .seed)
    try container.encode(scenario, forKey: .scenario)
    try container.encode(models, forKey: .models)
  }
}

/// What the numbers of a trajectory mean, and which program wrote them.
struct TrajectoryLegend: Encodable {
  let swiftlet = SwiftletVersion.current
  let commit = SwiftletVersion.commit
  let frames = [
    "world": "x east (forward at yaw 0), y north, z up; the floor at z = 0",
    "body": "x forward, y left, z up; origin at the centre of mass",
    "attitude": "unit quaternion qx, qy, qz, qw, Hamilton, body to world",
    "roll, pitch, yaw": "intrinsic ZYX: R = Rz(yaw) Ry(pitch) Rx(roll)",
    "velocities": "world frame, angular velocity wx, wy, wz too",
  ]
  let units = [
    "t": "s", "x, y, z, ref_x, ref_y, ref_z": "m", "roll, pitch, yaw, ref_yaw": "rad",
    "vx, vy, vz, ref_vx, ref_vy, ref_vz": "m/s", "wx, wy, wz": "rad/s", "rpm0..rpm3": "rpm",
    "contacts": "the most points at once that pushed or overlapped since the row before",
    "range_*, lidar_*": "m", "battery": "V",
  ]
  let rows = """
    one a drone and recorded instant; rpm are the rotor speeds over the step that ended at t; \
    the row at t = 0 is the initial state; ranges are those of the last control instant, with \
    their noise, and empty where nothing was seen; battery is the voltage under the load at t, and \
    empty for a drone without one
    """
  let obstacles = """
    obstacles.csv, where obstacles move: a row for each of them and instant, in the same units and \
    frames; obstacle is its place among the world's obstacles, from 0, and name, where one of them has \
    a name, what the scenario calls it
    """
}
