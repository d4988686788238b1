import Bullet
package import Drone
package import SpatialMath

// What may differ from one episode of a world to the next.
extension Simulator {
  /// Gives a drone other numbers; what it touches knows it by those it was made with.
  package mutating func setParameters(_ parameters: DroneParameters<Double>, of drone: Int) {
    let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
    swarm.parameters[group].set(parameters, lane: lane)
  }

  /// Puts an obstacle of a world somewhere else, at rest.
  package mutating func placeObstacle(
    _ index: Int, ofWorld world: Int, at pose: Pose<Double>
  ) throws(SimulationError) {
    do throws(BulletError) {
      try contacts?.placeObstacle(index, ofWorld: world, at: pose)
    } catch { throw SimulationError(error.description) }
  }
}

extension ContactSolver {
  fileprivate mutating func placeObstacle(
    _ index: Int, ofWorld world: Int, at pose: Pose<Double>
  ) throws(BulletError) {
    let place = obstacles[ofWorld: world].startIndex + index
    let motion = BodyMotion(pose: pose)
    try self.world.setMotion(motion, of: obstacles.bounds[place].body)
    obstacles.bounds[place].update(motion, fall: 0, period: 0)
  }
}
