public import SpatialMath

/// What position control follows: of one drone, or of each of a group.
@usableFromInline
package struct Goal<S: Lanes>: Sendable, BitwiseCopyable {
  /// The position, in the world. [m]
  @usableFromInline package var position: Vector<World, S>
  /// The velocity, in the world. [m/s]
  @usableFromInline package var velocity: Vector<World, S>
  /// The heading. [rad]
  @usableFromInline package var yaw: S
  /// The rate of change of the heading. [rad/s]
  @usableFromInline package var yawRate: S

  /// A goal.
  @inlinable @inline(__always)
  package init(
    position: Vector<World, S>, velocity: Vector<World, S>, yaw: S, yawRate: S = .zero
  ) {
    (self.position, self.velocity) = (position, velocity)
    (self.yaw, self.yawRate) = (yaw, yawRate)
  }

  /// A place to be at rest at.
  @inlinable @inline(__always)
  package init(position: Vector<World, S>, yaw: S) {
    self.init(position: position, velocity: .zero, yaw: yaw)
  }
}

extension Goal where S == Double {
  /// What position control follows of a setpoint.
  @inlinable
  package init(_ setpoint: Setpoint) {
    self.init(
      position: setpoint.position, velocity: setpoint.velocity, yaw: setpoint.yaw,
      yawRate: setpoint.yawRate)
  }
}

extension Goal {
  /// Lets `put` write each number of another goal into that of this one.
  @inlinable @inline(__always)
  package mutating func update<T: Lanes>(from other: Goal<T>, _ put: (inout S, T) -> Void) {
    position.update(from: other.position, put)
    velocity.update(from: other.velocity, put)
    put(&yaw, other.yaw)
    put(&yawRate, other.yawRate)
  }

  /// The goal of the drone in one lane.
  @inlinable @inline(__always)
  package subscript(lane lane: Int) -> Goal<Double> {
    get {
      Goal<Double>(
        position: position[lane: lane], velocity: velocity[lane: lane], yaw: yaw[lane: lane],
        yawRate: yawRate[lane: lane])
    }
    set { update(from: newValue) { $0[lane: lane] = $1 } }
  }
}
