package import Drone
package import SpatialMath

/// What an accelerometer on board says: the mean acceleration since the last time, and what holds it against gravity.
///
///     f = Rᵀ (Δv / Δt + g z)      [m/s²]
package struct FeltAcceleration: Sendable {
  private var last: (velocity: Vector<World, Double>, time: Double)?

  /// Nothing has been felt so far: the first acceleration is none.
  package init() {}

  /// What is felt now, along the body's axes.
  ///
  /// - Parameters:
  ///   - state: How the drone moves.
  ///   - gravity: The acceleration of free fall. [m/s²]
  ///   - time: The time, later than the last one. [s]
  /// - Returns: The acceleration. [m/s²]
  package mutating func feel(
    _ state: DroneState<Double>, gravity: Double, at time: Double
  ) -> Vector<Body, Double> {
    defer { last = (state.velocity, time) }
    let acceleration = last.map { last in
      (1 / (time - last.time)) * (state.velocity - last.velocity)
    }
    return state.attitude.inverse((acceleration ?? .zero) + Vector(0, 0, gravity))
  }
}
