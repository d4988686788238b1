import Drone
import SpatialMath

/// The floor below some drones, and how far down they reach.
struct FloorBelow<S: Lanes> {
  /// The height of the floor; far below where there is none. [m]
  var height = S(-.infinity)
  /// The half edges of the box that holds a drone. [m]
  var halfSize = Vector<Body, S>.zero
  /// Coulomb's coefficient of drone and floor. [–]
  var friction = S.zero

  /// Where there is a drone.
  @inline(__always)
  var isThere: S.Mask { S.zero .< halfSize.x }

  /// What bounds are widened by: twice Bullet's collision margin. [m]
  static var margin: Double { 0.002 }

  /// Where drones may touch the floor in a step.
  ///
  /// - Parameters:
  ///   - state: The drones, with the velocities at the end of the step.
  ///   - attitude: Their attitude.
  ///   - radius: The radius of the sphere that holds each. [m]
  ///   - period: The length of the step. [s]
  /// - Returns: A truth value a lane.
  @inline(__always)
  func isNear(
    _ state: DroneState<S>, attitude: RotationMatrix<Body, World, S>, radius: S, period: Double
  ) -> S.Mask {
    let altitude = state.position.z - height
    let margin = S(Self.margin)
    // Sums of magnitudes are never below lengths, and cost no roots.
    let (v, w) = (state.velocity, state.bodyRates)
    let speed = v.x.magnitude + v.y.magnitude + v.z.magnitude
    let rate = w.x.magnitude + w.y.magnitude + w.z.magnitude
    let isLow = altitude .< (radius + margin) + S(period) * (speed + rate * radius)
    guard isLow.any else { return isLow }
    let (travel, turning) = (S(period) * v.norm + margin, S(period) * w.norm * radius)
    // How far down the box about the drone reaches, as it is turned now.
    let down = attitude.zRow
    let depth =
      down.x.magnitude * halfSize.x + down.y.magnitude * halfSize.y
      + down.z.magnitude * halfSize.z
    return altitude .< depth + (turning + travel)
  }
}
