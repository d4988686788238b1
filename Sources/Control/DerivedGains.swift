import Drone
public import SpatialMath

/// The gains of position and attitude loops, as a model and a control period allow them.
///
/// Fastest inside: the rate loop is as fast as the delay of sampling and of the rotors lets it be
/// well damped, the attitude loop half of it, and the position loop a fraction of that. Rotors
/// that have little torque to spare bound the attitude loop as well: it may spend all of it on an error of
/// half a radian, not on less.
@usableFromInline
struct DerivedGains: Sendable, Equatable, BitwiseCopyable {
  /// The natural frequency of the attitude loops. [rad/s]
  @usableFromInline var attitude: Vector<Body, Double>
  /// The rate gains. [1/s]
  @usableFromInline var rate: Vector<Body, Double>
  /// The natural frequencies of the position loops. [rad/s]
  @usableFromInline var position: Vector<World, Double>
  /// The gains on velocity errors. [1/s]
  @usableFromInline var velocity: Vector<World, Double>
  /// The gains on the integral of position errors. [1/s³]
  @usableFromInline var integral: Vector<World, Double>
  /// The largest acceleration to ask for sideways. [m/s²]
  @usableFromInline var sideways: Double
  /// The largest acceleration to ask for upwards. [m/s²]
  @usableFromInline var upwards: Double

  /// The gains of a model whose rotors follow with some delay. [m/s²]
  init(_ model: QuadcopterModel, gravity: Double, drive: RotorDrive) {
    let delay = 0.5 * drive.period + drive.quickenedLag
    let fastest = min(0.4 / delay, 40)
    let authority = Self.authority(of: model, gravity: gravity, drive: drive)
    let spare = Vector<Body, Double>(
      (authority.x / 0.5).squareRoot(), (authority.y / 0.5).squareRoot(),
      (authority.z / 1).squareRoot())
    attitude = Vector(
      min(0.5 * fastest, spare.x), min(0.5 * fastest, spare.y), min(0.15 * fastest, 0.5 * spare.z))
    rate = 2.0 * attitude
    // Thrust needs no turn of the body first.
    let (level, vertical) = (min(0.45 * min(attitude.x, attitude.y), 4), min(0.3 * fastest, 4))
    position = Vector(level, level, vertical)
    velocity = 1.8 * position
    integral = 0.05 * position.scaled(by: position).scaled(by: position)
    let ratio = model.maximumThrust / (model.mass * max(gravity, 1e-3))
    sideways = gravity * min(0.6, 0.7 * max(0, ratio * ratio - 1).squareRoot())
    upwards = 0.8 * gravity * max(0, min(ratio - 1, 1))
  }

  /// The angular acceleration that the rotors can spare at hover, about each axis. [rad/s²]
  private static func authority(
    of model: QuadcopterModel, gravity: Double, drive: RotorDrive
  ) -> Vector<Body, Double> {
    let hover = model.mass * gravity / 4
    let margin = min(hover - model.minimumRotorThrust, model.maximumThrust / 4 - hover)
    var largest = Vector<Body, Double>.zero
    for share in drive.allocation.torqueShares.array {
      largest = Vector(
        max(largest.x, abs(share.x)), max(largest.y, abs(share.y)), max(largest.z, abs(share.z)))
    }
    // Where hover leaves nothing to spare, in free fall above all, a hundredth of full thrust.
    let bounded = max(margin, 0.0025 * model.maximumThrust)
    return Vector(
      bounded / (largest.x * model.inertia.x), bounded / (largest.y * model.inertia.y),
      bounded / (largest.z * model.inertia.z))
  }
}
