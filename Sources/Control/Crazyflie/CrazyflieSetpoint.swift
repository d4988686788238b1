package import SpatialMath

/// What the commander of a Crazyflie asks its control law for: each degree of freedom in a mode of its own.
package struct CrazyflieSetpoint: Sendable, Equatable {
  /// How a degree of freedom is asked for; the raw values are those of the firmware's logs.
  package enum Mode: UInt8, Sendable {
    /// Not at all.
    case disabled
    /// By a position or an angle.
    case absolute
    /// By a velocity or a rate.
    case velocity
  }

  /// The modes of all degrees of freedom.
  package struct Modes: Sendable, Equatable {
    /// Along the axes of the world.
    package var (x, y, z) = (Mode.disabled, Mode.disabled, Mode.disabled)
    /// About the body's.
    package var (roll, pitch, yaw) = (Mode.disabled, Mode.disabled, Mode.disabled)
    /// Of the attitude as a whole.
    package var attitude = Mode.disabled

    /// The modes of a position, or of a velocity, and a yaw.
    package init(_ translation: Mode = .disabled, yaw: Mode = .disabled) {
      (x, y, z, self.yaw) = (translation, translation, translation, yaw)
    }
  }

  /// How each degree of freedom is asked for.
  package var modes = Modes()
  /// The position. [m]
  package var position = Vector<World, Double>.zero
  /// The velocity. [m/s]
  package var velocity = Vector<World, Double>.zero
  /// Whether the horizontal velocity is along the heading and to its left rather than along the world's axes.
  package var isAlongHeading = false
  /// The acceleration. [m/s²]
  package var acceleration = Vector<World, Double>.zero
  /// The roll. [rad]
  package var roll = 0.0
  /// The pitch, nose up. [rad]
  package var pitch = 0.0
  /// The yaw. [rad]
  package var yaw = 0.0
  /// The attitude as a whole.
  package var attitude = Rotation<Body, World, Double>.identity
  /// The rates of roll, pitch and yaw. [rad/s]
  ///
  /// That of pitch is nose up for the PID, and about the body's y axis for the Mellinger law, as in the
  /// firmware: the one flies rates that a person asks for, the other those of a trajectory.
  package var rates = Vector<Body, Double>.zero
  /// The thrust, where z is disabled. [counts]
  package var thrust = 0.0

  /// Motors at rest.
  package init() {}

  /// The position and the yaw of a setpoint: the firmware's own setpoints of that kind have no more.
  package init(_ setpoint: Setpoint) {
    modes = Modes(.absolute, yaw: .absolute)
    (position, yaw) = (setpoint.position, setpoint.yaw)
  }

  /// A setpoint of a trajectory, with its velocity and its acceleration.
  package init(trajectory setpoint: Setpoint, rates: Vector<Body, Double>) {
    self.init(setpoint)
    (velocity, acceleration) = (setpoint.velocity, setpoint.acceleration)
    self.rates = rates
  }

  /// Whether every number is one.
  package var isFinite: Bool {
    position.isFinite && velocity.isFinite && acceleration.isFinite && rates.isFinite
      && attitude.isFinite && [roll, pitch, yaw, thrust].allSatisfy(\.isFinite)
  }
}
