public import Control
public import SpatialMath

/// Where a drone should fly: the kinds of reference that a scenario file knows.
public enum ReferenceSpecification: Sendable {
  /// A point to stay at. [m, rad]
  case hover(at: Vector<World, Double>, yaw: Double)
  /// A level circle. [m, m, s, rad, rad]
  case circle(
    center: Vector<World, Double>, radius: Double, period: Double, phase: Double, yaw: Double)
  /// A line there and back. [m, m, s, rad]
  case line(from: Vector<World, Double>, to: Vector<World, Double>, period: Double, yaw: Double)
  /// A figure of eight. [m, m, s, rad, rad]
  case lemniscate(
    center: Vector<World, Double>, radius: Double, period: Double, phase: Double, yaw: Double)
  /// A circle that climbs and sinks. [m, m, m, –, s, rad, rad]
  case helix(
    center: Vector<World, Double>, radius: Double, height: Double, laps: Double, period: Double,
    phase: Double, yaw: Double)
  /// Each coordinate swings by itself. [m, m, –, rad, s, rad]
  case lissajous(
    center: Vector<World, Double>, amplitude: Vector<World, Double>,
    frequency: Vector<World, Double>, phase: Vector<World, Double>, period: Double, yaw: Double)
  /// The smoothest way through points. [m, m/s, rad]
  case minimumSnap(
    [Vector<World, Double>], speed: Double, yaw: Double, MinimumSnapReference)
  /// One of ``ReferenceCatalogue``, with its numbers.
  case registered(name: String, numbers: [String: Double], any Reference)
  /// Points one after the other. [m, m/s, rad]
  case waypoints([Vector<World, Double>], speed: Double, loop: Bool, yaw: Double)
  /// Velocities one after the other. [m/s, s]
  case velocities([VelocityReference.Leg])
  /// Setpoints that a file gives.
  case csv(file: String, samples: [SampledReference.Sample])

  /// The reference itself.
  public var reference: any Reference {
    switch self {
    case .hover(let position, let yaw): HoverReference(at: position, yaw: yaw)
    case .circle(let center, let radius, let period, let phase, let yaw):
      CircleReference(center: center, radius: radius, period: period, phase: phase, yaw: yaw)
    case .line(let start, let end, let period, let yaw):
      LineReference(from: start, to: end, period: period, yaw: yaw)
    case .lemniscate(let center, let radius, let period, let phase, let yaw):
      HarmonicReference.lemniscate(
        center: center, radius: radius, period: period, phase: phase, yaw: yaw)
    case .helix(let center, let radius, let height, let laps, let period, let phase, let yaw):
      HarmonicReference.helix(
        center: center, radius: radius, height: height, laps: laps, period: period, phase: phase,
        yaw: yaw)
    case .lissajous(let center, let amplitude, let frequency, let phase, let period, let yaw):
      HarmonicReference.lissajous(
        center: center, amplitude: amplitude, frequency: frequency, phase: phase, period: period,
        yaw: yaw)
    case .minimumSnap(_, _, _, let reference): reference
    case .registered(_, _, let reference): reference
    case .waypoints(let points, let speed, let loop, let yaw):
      SampledReference(through: points, speed: speed, yaw: yaw, loops: loop)
    case .velocities(let legs): VelocityReference(legs)
    case .csv(_, let samples): SampledReference(samples)
    }
  }
}
