import Drone
import SpatialMath

/// What a reference asks of a vehicle beside its acceleration, which no error need call for.
struct ReferenceLead: Sendable {
  private let gravity: Double
  /// The force against drag at a velocity along the body's axes. [N·s/m]
  private let drag: Vector<Body, Double>

  /// What references ask of a model. [m/s²]
  init(_ model: QuadcopterModel, gravity: Double) {
    self.gravity = gravity
    let spin = 4 * model.hoverRotorSpeed(gravity: gravity) * .pi / 30
    let level = spin * model.air.dragXY + model.air.linearDragXY
    drag = Vector(level, level, spin * model.air.dragZ + model.air.linearDragZ)
  }

  /// The force R (d ∘ Rᵀ v_ref) against the drag d of the reference's velocity, at an attitude R. [N]
  func resistance(
    of setpoint: Setpoint, at attitude: RotationMatrix<Body, World, Double>
  ) -> Vector<World, Double> {
    attitude(drag.scaled(by: attitude.inverse(setpoint.velocity)))
  }

  /// The rate at which the thrust of a vehicle tilts that flies the reference exactly, without drag.
  /// [rad/s]
  func tilting(_ setpoint: Setpoint) -> Vector<World, Double> {
    let lift = setpoint.acceleration + Vector(0, 0, gravity)
    let z = lift.normalized
    guard z.isFinite else { return .zero }
    // The part of the jerk across the thrust turns it: z × j / |lift|.
    return (1 / lift.norm) * z.cross(setpoint.jerk)
  }
}
