package import Control
import SpatialMath

/// A piece of a trajectory: polynomials of x, y, z and yaw, and how long it lasts.
package struct TrajectoryPiece: Sendable, Equatable {
  /// The polynomials of x, y, z [m] and yaw [rad].
  package var polynomials: [Polynomial]
  /// How long it lasts. [s]
  package var duration: Double

  /// How many bytes one takes in memory: 32 coefficients and the duration, as floats. [bytes]
  package static let size = 132

  package init(_ polynomials: [Polynomial], duration: Double) {
    (self.polynomials, self.duration) = (polynomials, duration)
  }

  /// The piece from one setpoint to another.
  package init(from start: Setpoint, to end: Setpoint, in duration: Double) {
    func axis(_ part: KeyPath<Vector<World, Double>, Double>) -> Polynomial {
      func limit(_ setpoint: Setpoint) -> Polynomial.End {
        .init(
          value: setpoint.position[keyPath: part], rate: setpoint.velocity[keyPath: part],
          acceleration: setpoint.acceleration[keyPath: part])
      }
      return Polynomial(from: limit(start), to: limit(end), in: duration)
    }
    let yaw = Polynomial(
      from: .init(value: start.yaw, rate: start.yawRate),
      to: .init(value: end.yaw, rate: end.yawRate), in: duration)
    self.init([axis(\.x), axis(\.y), axis(\.z), yaw], duration: max(0, duration))
  }

  /// Reads one; `nil` where bytes are missing, or a number is none, or it takes less than no time.
  init?(_ reader: inout ByteReader) {
    let axes = (0..<4).compactMap { _ in reader.floats(Polynomial.count).map(Polynomial.init) }
    guard axes.count == 4, let duration = reader.float(), duration >= 0 else { return nil }
    self.init(axes, duration: duration)
  }

  /// The setpoint at a time of the piece. [s]
  package func setpoint(at time: Double) -> Setpoint {
    let (x, y, z) = (
      polynomials[0].values(at: time), polynomials[1].values(at: time),
      polynomials[2].values(at: time)
    )
    let yaw = polynomials[3].values(at: time)
    return Setpoint(
      position: Vector(x.value, y.value, z.value), velocity: Vector(x.rate, y.rate, z.rate),
      acceleration: Vector(x.acceleration, y.acceleration, z.acceleration),
      jerk: Vector(x.jerk, y.jerk, z.jerk), yaw: yaw.value, yawRate: yaw.rate)
  }

  /// The same, as many times slower as a factor says.
  package func slowed(by factor: Double) -> TrajectoryPiece {
    TrajectoryPiece(polynomials.map { $0.slowed(by: factor) }, duration: factor * duration)
  }
}

extension [TrajectoryPiece] {
  /// The pieces of a compressed trajectory: where it starts, in mm and tenths of a degree, and then for each
  /// piece how many control points its axes have, how long it lasts in ms, and the points but the first,
  /// which are where the piece before ends; a piece of no time ends it.
  package init?(compressed bytes: some Collection<UInt8>) {
    let (millimetre, tenth) = (0.001, Double.pi / 1800)
    var reader = ByteReader(bytes)
    guard let place = reader.scaled(3, by: millimetre), let yaw = reader.scaled(1, by: tenth)
    else { return nil }
    var ends = place + yaw
    var pieces: [TrajectoryPiece] = []
    while let kinds = reader.integer(UInt8.self), let time = reader.integer(UInt16.self) {
      let duration = Double(time) / 1000
      guard time > 0 else {
        let standing = ends.map { Polynomial([$0]) }
        self = pieces.isEmpty ? [TrajectoryPiece(standing, duration: 0)] : pieces
        return
      }
      var axes: [Polynomial] = []
      for axis in 0..<4 {
        let count = [0, 1, 3, 7][Int(kinds >> (2 * axis) & 3)]
        guard let points = reader.scaled(count, by: axis == 3 ? tenth : millimetre) else {
          return nil
        }
        axes.append(Polynomial(controlPoints: [ends[axis]] + points, over: duration))
        ends[axis] = points.last ?? ends[axis]
      }
      pieces.append(TrajectoryPiece(axes, duration: duration))
    }
    return nil
  }
}
