import Bullet
package import Geometry
package import SpatialMath

/// How an obstacle moves at one instant.
package struct ObstacleMotion: Sendable, Equatable {
  /// Where it is.
  package var pose: Pose<Double>
  /// The velocity of its centre of mass. [m/s]
  package var velocity: Vector<World, Double>
  /// The angular velocity, seen from the world. [rad/s]
  package var angularVelocity: Vector<World, Double>
}

extension RigidBody {
  /// Whether it moves: pushed by contacts and its weight, or as scheduled.
  package var isMoving: Bool { mass > 0 || motion != nil }
}

extension Simulator {
  /// How an obstacle of a world moves now; `nil` where nothing moves it, since there are no contacts and
  /// its motion is not scheduled.
  package mutating func motion(ofObstacle index: Int, inWorld world: Int) -> ObstacleMotion? {
    if contacts != nil {
      return contacts?.motion(ofObstacle: index, inWorld: world, after: steps[world])
    }
    return schedules[world][index].map {
      ObstacleMotion($0.motion(ofStep: steps[world], lasting: period))
    }
  }
}

extension ObstacleMotion {
  fileprivate init(_ motion: BodyMotion) {
    self.init(
      pose: motion.pose, velocity: motion.velocity, angularVelocity: motion.angularVelocity)
  }
}

extension ScheduledMotion {
  /// How the body moves over a step, counted from 0, of some length. [s]
  fileprivate func motion(ofStep step: Int, lasting period: Double) -> BodyMotion {
    motion(from: Double(step) * period, to: Double(step + 1) * period)
  }
}

extension ContactSolver {
  /// How an obstacle moves after so many steps of its world.
  ///
  /// One whose motion is scheduled moves as its schedule says of the step to come: Bullet has it where it
  /// was at the start of the step before.
  fileprivate mutating func motion(
    ofObstacle index: Int, inWorld world: Int, after steps: Int
  ) -> ObstacleMotion {
    let place = obstacles.indices(ofWorld: world).lowerBound + index
    return ObstacleMotion(
      obstacles.schedules[place]?.motion(ofStep: steps, lasting: period)
        ?? self.world.motion(of: obstacles.bounds[place].body))
  }
}
