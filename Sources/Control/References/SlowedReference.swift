package import Drone
import SpatialMath

/// Another reference at a slower pace: p(t) = q(t / s), with the derivatives that follow.
package struct SlowedReference: Reference {
  /// How many times longer it takes, s. [–]
  package let factor: Double
  private let base: any Reference

  /// How fast the thrust may turn. [rad/s]
  private static let fastestTurn = 3.0

  /// A reference that takes `factor` times as long. [–]
  package init(_ base: any Reference, factor: Double) {
    precondition(factor > 0, "a factor above 0, not \(factor)")
    (self.base, self.factor) = (base, factor)
  }

  /// The fastest pace, not above the reference's own, at which a model can follow.
  ///
  /// The model keeps below its highest speed, drag aside three quarters of its thrust carry and accelerate
  /// it, it keeps a third of its weight on its rotors, and they turn towards the thrust that is wanted at
  /// 3 rad/s at most.
  ///
  /// - Parameters:
  ///   - base: The reference.
  ///   - model: The vehicle.
  ///   - gravity: The acceleration of free fall. [m/s²]
  ///   - time: How much of the reference counts, from its start. [s]
  package init(
    _ base: any Reference, within model: QuadcopterModel, gravity: Double, over time: Double
  ) {
    let count = 2000
    let samples = (0...count).map { base.setpoint(at: time * Double($0) / Double(count)) }
    let lift = 0.75 * model.maximumThrust / model.mass
    func fits(_ factor: Double) -> Bool {
      let pace = 1 / factor
      return samples.allSatisfy { sample in
        let needed = (pace * pace) * sample.acceleration + Vector(0, 0, gravity)
        let turn = (pace * pace * pace) * needed.cross(sample.jerk).norm
        return pace * sample.velocity.norm <= model.maximumSpeed && needed.norm <= lift
          && needed.z >= gravity / 3 && turn <= Self.fastestTurn * needed.squaredNorm
      }
    }
    var (low, high) = (1.0, 1.0)
    while !fits(high), high < 1e3 { (low, high) = (high, 2 * high) }
    for _ in 0..<40 where low < high {
      let middle = 0.5 * (low + high)
      if fits(middle) { high = middle } else { low = middle }
    }
    self.init(base, factor: high)
  }

  package var hasPosition: Bool { base.hasPosition }
  package var duration: Double? { base.duration.map { factor * $0 } }

  package func setpoint(at time: Double) -> Setpoint {
    let pace = 1 / factor
    var setpoint = base.setpoint(at: pace * time)
    setpoint.velocity = pace * setpoint.velocity
    setpoint.acceleration = (pace * pace) * setpoint.acceleration
    setpoint.jerk = (pace * pace * pace) * setpoint.jerk
    setpoint.yawRate *= pace
    return setpoint
  }
}
