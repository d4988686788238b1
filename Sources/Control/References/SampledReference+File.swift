import Parameters
import Recording
import SpatialMath

extension SampledReference {
  /// The setpoints of a CSV file: columns t, x, y and z, and yaw if there is one.
  init(contentsOf path: String) throws(CSVError) {
    let table = try TrajectoryTable(
      contentsOf: path, required: ["t", "x", "y", "z"], optional: ["yaw"])
    let (t, x, y, z) = (table["t"], table["x"], table["y"], table["z"])
    let yaw = table.cells("yaw")
    guard table.rowCount > 0 else { throw CSVError(file: table.path, .empty) }
    for row in 1..<max(1, table.rowCount) where t[row] <= t[row - 1] {
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

  static let fileEntry = ReferenceCatalogue.Entry(
    name: "csv", summary: "setpoints of a file: columns t, x, y, z and, if there is one, yaw",
    value: .file("csv", "the file", kind: "a CSV file")
  ) { (path) throws(ParameterError) in
    do throws(CSVError) { return try SampledReference(contentsOf: path) } catch {
      throw ParameterError("cannot be used: \(error)")
    }
  }

  static let pointsEntry = ReferenceCatalogue.Entry(
    name: "waypoints", summary: "points one after the other at constant speed",
    parameters: .points("points", "the points", count: 1...1_000_000), .speed,
    .boolean("loop", "whether it starts again after the last point", default: false), .heading()
  ) { (points, speed, loops, yaw) throws(ParameterError) in
    let path = loops ? points + points.prefix(1) : points
    if zip(path, path.dropFirst()).contains(where: { $0 == $1 }) {
      throw ParameterError(
        "has two neighbours alike", of: "points", expected: "different points")
    }
    return SampledReference(through: points, speed: speed, yaw: yaw, loops: loops)
  }
}
