import Drone
public import SpatialMath

/// The gains of position and attitude loops, as a model and a control period allow them.
///
/// Fastest inside: the rate loop is as fast as the delay of sampling and of the rotors lets it be
/// well damped, the attitude loop half of it, and the position loop a fraction of that. Rotors
/// that have little torque to spare bound the attitude loop as well. The numbers, and why they are what
/// they are, stand in ``LoopDesign``.
@usableFromInline
struct DerivedGains: Sendable, Equatable, BitwiseCopyable {
  /// The natural frequency of the attitude loops. [rad/s]
  @usableFromInline var attitude: Vector<Body, Double>
  /// The rate gains. [1/s]
  @usableFromInline var rate: Vector<Body, Double>
  /// The fastest turn about the z axis to ask for. [rad/s]
  @usableFromInline var fastestTurn: Double
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
  /// The largest acceleration to ask for downwards, as a share of gravity. [–]
  @usableFromInline var sinkShare: Double
  /// The share of these accelerations that errors alone may ask for. [–]
  @usableFromInline var pullShare: Double

  /// The gains of a model whose rotors follow with some delay. [m/s²]
  init(_ model: QuadcopterModel, gravity: Double, drive: RotorDrive, design: LoopDesign) {
    // Holding a command for a period delays it by half of one on average.
    let own = 0.5 * drive.period + drive.quickenedLag
    let delay = max(own, (own + model.deadTime) / Self.borneDelay)
    let fastest = min(design.rateBandwidth / delay, design.highestRateBandwidth)
    attitude = Self.attitude(
      of: model, gravity: gravity, drive: drive, fastest: fastest, design: design)
    rate = 2 * design.attitudeDamping * attitude
    fastestTurn = design.turnWithinDelay / delay
    let level = min(
      design.positionShare * min(attitude.x, attitude.y), design.highestPositionFrequency)
    let vertical = min(design.climbShare * fastest, design.highestPositionFrequency)
    position = Vector(level, level, vertical)
    velocity = 2 * design.positionDamping * position
    integral = design.integralShare * position.scaled(by: position).scaled(by: position)
    let ratio = model.maximumThrust / (model.mass * max(gravity, Self.weightless))
    // At the tilt θ with cos θ = 1 / ratio full thrust just carries the weight.
    let steepest = max(0, ratio * ratio - 1).squareRoot()
    sideways = gravity * min(design.steepestTilt, design.tiltShare * steepest)
    upwards = design.thrustShare * gravity * max(0, min(ratio - 1, 1))
    (sinkShare, pullShare) = (design.sinkShare, design.pullShare)
  }

  /// How much more delay loops bear than they are made for: they fly as well at twice the bandwidth. [–]
  private static let borneDelay = 1.5

  /// What counts as gravity where there is none, so that ratios stay finite. [m/s²]
  private static let weightless = 1e-3

  /// The natural frequency of the attitude loops below a bandwidth of the rate loop. [rad/s]
  ///
  /// A spring ω² e asks for the angular acceleration a that the rotors can spare at the error e = a / ω².
  private static func attitude(
    of model: QuadcopterModel, gravity: Double, drive: RotorDrive, fastest: Double,
    design: LoopDesign
  ) -> Vector<Body, Double> {
    let spare = authority(of: model, gravity: gravity, drive: drive, least: design.leastMargin)
    let damped = fastest / (2 * design.attitudeDamping)
    return Vector(
      min(damped, (spare.x / design.tiltErrorAtFullTorque).squareRoot()),
      min(damped, (spare.y / design.tiltErrorAtFullTorque).squareRoot()),
      min(design.yawShare * damped, (spare.z / design.yawErrorAtFullTorque).squareRoot()))
  }

  /// The angular acceleration that the rotors can spare at hover, about each axis. [rad/s²]
  private static func authority(
    of model: QuadcopterModel, gravity: Double, drive: RotorDrive, least: Double
  ) -> Vector<Body, Double> {
    let hover = model.mass * gravity / 4
    let margin = min(hover - model.minimumRotorThrust, model.maximumThrust / 4 - hover)
    var largest = Vector<Body, Double>.zero
    for share in drive.allocation.torqueShares.array {
      largest = Vector(
        max(largest.x, abs(share.x)), max(largest.y, abs(share.y)), max(largest.z, abs(share.z)))
    }
    // Where hover leaves nothing to spare, in free fall above all.
    let bounded = max(margin, least * model.maximumThrust)
    return Vector(
      bounded / (largest.x * model.inertia.x), bounded / (largest.y * model.inertia.y),
      bounded / (largest.z * model.inertia.z))
  }
}
