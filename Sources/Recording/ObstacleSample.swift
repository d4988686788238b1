package import SpatialMath

/// One moving obstacle at one recorded instant: a row of an obstacle file.
package struct ObstacleSample: Sendable, BitwiseCopyable {
  /// The time since the flight began. [s]
  package var time: Double
  /// Which of the world's obstacles it is, counted from 0 among all of them. [–]
  package var obstacle: Int
  /// The position of its centre of mass. [m]
  package var position: Vector<World, Double>
  /// The rotation from the body to the world. [–]
  package var attitude: Rotation<Body, World, Double>
  /// The velocity of the centre of mass. [m/s]
  package var velocity: Vector<World, Double>
  /// The angular velocity, seen from the world. [rad/s]
  package var angularVelocity: Vector<World, Double>

  /// The sample with these values.
  package init(
    time: Double, obstacle: Int, position: Vector<World, Double>,
    attitude: Rotation<Body, World, Double>, velocity: Vector<World, Double>,
    angularVelocity: Vector<World, Double>
  ) {
    (self.time, self.obstacle, self.position) = (time, obstacle, position)
    (self.attitude, self.velocity) = (attitude, velocity)
    self.angularVelocity = angularVelocity
  }

  /// The names of an obstacle file's columns, in order.
  package static let columns = [
    "t", "obstacle", "x", "y", "z", "qx", "qy", "qz", "qw", "vx", "vy", "vz", "wx", "wy", "wz",
  ]
}

extension CSVLineBuffer {
  /// Appends the fields of a sample.
  mutating func append(_ sample: ObstacleSample) {
    append(sample.time)
    append(sample.obstacle)
    append(sample.position)
    let q = sample.attitude
    append(q.x)
    append(q.y)
    append(q.z)
    append(q.w)
    append(sample.velocity)
    append(sample.angularVelocity)
  }
}
