public import SpatialMath

/// One drone at one recorded instant: a row of a trajectory file.
public struct TrajectorySample: Sendable, BitwiseCopyable {
  /// The setpoint of a drone.
  public struct Reference: Sendable, BitwiseCopyable, Equatable {
    /// The desired position. [m]
    public var position: Vector<World, Double>
    /// The desired velocity. [m/s]
    public var velocity: Vector<World, Double>
    /// The desired yaw. [rad]
    public var yaw: Double

    /// The reference with this position, velocity and yaw.
    package init(position: Vector<World, Double>, velocity: Vector<World, Double>, yaw: Double) {
      (self.position, self.velocity, self.yaw) = (position, velocity, yaw)
    }
  }

  /// The time since the flight began. [s]
  public var time: Double
  /// The drone's index, from 0. [–]
  public var drone: Int
  /// The position of the centre of mass. [m]
  public var position: Vector<World, Double>
  /// The rotation from the body to the world; roll, pitch and yaw are recorded from it. [–]
  public var attitude: Rotation<Body, World, Double>
  /// The velocity of the centre of mass. [m/s]
  public var velocity: Vector<World, Double>
  /// The angular velocity, seen from the world. [rad/s]
  public var angularVelocity: Vector<World, Double>
  /// The rotor speeds that acted over the step that ended at ``time``. [rev/min]
  public var rotorSpeeds: InlineArray<4, Double>
  /// The setpoint, if there was one. [m, m/s, rad]
  public var reference: Reference?
  /// The most points at once that pushed or overlapped with something since the row before. [–]
  public var contacts: Int

  /// The sample with these values.
  package init(
    time: Double, drone: Int, position: Vector<World, Double>,
    attitude: Rotation<Body, World, Double>, velocity: Vector<World, Double> = .zero,
    angularVelocity: Vector<World, Double> = .zero,
    rotorSpeeds: InlineArray<4, Double> = [0, 0, 0, 0], reference: Reference? = nil,
    contacts: Int = 0
  ) {
    (self.time, self.drone, self.position, self.attitude) = (time, drone, position, attitude)
    (self.velocity, self.angularVelocity) = (velocity, angularVelocity)
    (self.rotorSpeeds, self.reference, self.contacts) = (rotorSpeeds, reference, contacts)
  }

  /// The names of a trajectory file's columns, in order.
  package static let columns = [
    "t", "drone", "x", "y", "z", "qx", "qy", "qz", "qw", "roll", "pitch", "yaw", "vx", "vy", "vz",
    "wx", "wy", "wz", "rpm0", "rpm1", "rpm2", "rpm3", "ref_x", "ref_y", "ref_z", "ref_vx", "ref_vy",
    "ref_vz", "ref_yaw", "contacts",
  ]
}

extension CSVLineBuffer {
  /// Appends the line of the columns' names.
  mutating func appendHeader(_ readings: [String]) {
    for name in TrajectorySample.columns { append(name) }
    for name in readings { append(name) }
    endLine()
  }

  /// Appends the line of a sample, and of the readings that belong to it.
  mutating func append(_ sample: TrajectorySample, readings: [Double], in range: Range<Int>) {
    append(sample.time)
    append(sample.drone)
    append(sample.position)
    let q = sample.attitude
    append(q.x)
    append(q.y)
    append(q.z)
    append(q.w)
    let angles = RollPitchYaw(q)
    append(angles.roll)
    append(angles.pitch)
    append(angles.yaw)
    append(sample.velocity)
    append(sample.angularVelocity)
    for i in sample.rotorSpeeds.indices { append(sample.rotorSpeeds[i]) }
    if let reference = sample.reference {
      append(reference.position)
      append(reference.velocity)
      append(reference.yaw)
    } else {
      for _ in 0..<7 { appendEmpty() }
    }
    append(sample.contacts)
    for reading in readings[range] {
      if reading.isNaN { appendEmpty() } else { append(reading) }
    }
    endLine()
  }

  mutating func append(_ v: Vector<World, Double>) {
    append(v.x)
    append(v.y)
    append(v.z)
  }
}
