package import FlightLogs
import Parameters
package import Recording
import SpatialMath

extension SampledReference {
  /// The columns of a file of setpoints.
  package static let columns = [
    FileColumn("t", "the time, later from row to row", unit: "s"),
    FileColumn("x", "the position, to the east", unit: "m"),
    FileColumn("y", "the position, to the north", unit: "m"),
    FileColumn("z", "the position, up", unit: "m"),
    FileColumn(
      "yaw", "the heading; 0 where the file has no such column", unit: "rad", isOptional: true),
  ]

  /// The setpoints of a CSV file.
  init(contentsOf path: String) throws(CSVError) {
    let table = try TrajectoryTable(
      contentsOf: path, required: Self.columns.filter { !$0.isOptional }.map(\.name),
      optional: Self.columns.filter(\.isOptional).map(\.name))
    let (t, x, y, z) = (table["t"], table["x"], table["y"], table["z"])
    let yaw = table.cells("yaw").map { $0.map { $0 ?? 0 } }.map(Self.withoutJumps)
    guard table.rowCount > 0 else { throw CSVError(file: table.path, .noRows) }
    for row in 1..<max(1, table.rowCount) where t[row] <= t[row - 1] {
      let drones = (try? TrajectoryFile(contentsOf: path))?.drones.count ?? 1
      guard drones == 1 else { throw CSVError(file: table.path, .severalDrones(drones)) }
      throw CSVError(
        file: table.path, line: table.line(ofRow: row), column: "t",
        .value("\(t[row])", expected: "later than \(t[row - 1])"))
    }
    self.init(
      (0..<table.rowCount).map { row in
        Sample(
          time: t[row],
          setpoint: Setpoint(position: Vector(x[row], y[row], z[row]), yaw: yaw?[row] ?? 0))
      })
  }

  /// The setpoints of a flight log, counted from its first row.
  package init(_ log: FlightLog) throws(FlightLogError) {
    guard let setpoints = log.setpoints else {
      throw FlightLogError(
        "\(log.path): has no setpoints; expected columns ref_x, ref_y and ref_z")
    }
    let yaw = log.headings.map(Self.withoutJumps)
    self.init(
      setpoints.indices.map { row in
        Sample(
          time: log.times[row] - log.times[0],
          setpoint: Setpoint(position: setpoints[row], yaw: yaw?[row] ?? 0))
      })
  }

  /// Headings that pass the end of a turn steadily, where they are angles of one turn. [rad]
  ///
  /// From 3 rad to −3 rad it is a step of 0.28 rad, not of −6. Headings beyond a turn, such as 0, 9 and
  /// 18 rad, count the turns, and are left as they are.
  package static func withoutJumps(_ headings: [Double]) -> [Double] {
    // What is printed with a few decimals may lie just beyond.
    let rounding = 1e-3
    guard let low = headings.min(), let high = headings.max(),
      low >= -.pi - rounding && high <= .pi + rounding
        || low >= -rounding && high <= 2 * .pi + rounding
    else { return headings }
    var turns = 0.0
    var last = headings[0]
    return headings.map { heading in
      if abs(heading - last) > .pi { turns += heading < last ? 1 : -1 }
      last = heading
      return turns == 0 ? heading : heading + 2 * .pi * turns
    }
  }

  static let fileEntry = ReferenceCatalogue.Entry(
    name: "csv",
    summary:
      "setpoints of a file: columns t, x, y, z and, if there is one, yaw; of a flight log its "
      + "ref_x, ref_y, ref_z and ref_yaw. Velocity and acceleration follow from the positions",
    value: .file("csv", "the file", kind: "a CSV file")
  ) { (path) throws(ParameterError) in
    var reference = try read(path)
    reference.isLed = true
    return reference
  }

  /// The setpoints of a CSV file or a flight log.
  private static func read(_ path: String) throws(ParameterError) -> SampledReference {
    if let kind = try? LogKind(ofFile: path), kind != .other {
      do throws(FlightLogError) { return try SampledReference(FlightLog(contentsOf: path)) } catch {
        throw ParameterError("cannot be used: \(error)")
      }
    }
    do throws(CSVError) { return try SampledReference(contentsOf: path) } catch {
      throw ParameterError("cannot be used: \(error)")
    }
  }

  static let pointsEntry = ReferenceCatalogue.Entry(
    name: "waypoints", summary: "points one after the other at constant speed",
    parameters: .points("points", "the points", count: 1...1_000_000), .speed,
    .boolean("loop", "whether it starts again after the last point", default: false), .heading(),
    .headings
  ) { (points, speed, loops, yaw, yaws) throws(ParameterError) in
    try yaws.check(areFor: points)
    if zip(points, points.dropFirst()).contains(where: { $0 == $1 }) {
      throw ParameterError(
        "has two neighbours alike", of: "points", expected: "different points")
    }
    if loops, points.count == 1 || points.first == points.last {
      throw ParameterError(
        points.count == 1 ? "has one point alone" : "repeats the first point at the end",
        of: "points",
        expected: points.count == 1
          ? "two points or more, for a loop"
          : "each point once, for loop: true closes the loop by itself")
    }
    guard
      let reference = SampledReference(
        through: points, speed: speed, yaw: yaw, yaws: yaws, loops: loops)
    else {
      throw ParameterError(
        "has a leg whose time is too short or too long to be told beside the others at "
          + "\(speed) m/s",
        of: "points", expected: "points and a speed whose times are finite and increase")
    }
    return reference
  }
}
