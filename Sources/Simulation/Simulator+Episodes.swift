import Bullet
package import Drone
package import SpatialMath

// What may differ from one episode of a world to the next.
extension Simulator {
  /// Gives a drone other numbers; what it touches feels its mass and inertia too.
  ///
  /// - Throws: ``SimulationError`` if Bullet takes no such mass or inertia.
  package mutating func setParameters(
    _ parameters: DroneParameters<Double>, of drone: Int
  ) throws(SimulationError) {
    do throws(BulletError) {
      try contacts?.setMass(parameters.mass, inertia: parameters.inertia, of: drone)
    } catch { throw SimulationError(error.description) }
    swarm.setParameters(parameters, of: drone)
    noise.set(time: parameters.torqueNoiseTime, of: drone)
    delay.set(parameters.deadTime, of: drone)
  }

  /// Takes a drone out of its world until that is reset or restored: it keeps its state, touches nothing and
  /// acts on no other.
  package mutating func remove(_ drone: Int) {
    swarm.remove(drone)
    contactCounts[drone] = 0
  }

  /// Starts the wind of a world anew, and the noise that shakes its drones, as if the world had been made
  /// with this mean wind and seed.
  package mutating func restartWind(
    ofWorld world: Int, mean: Vector<World, Double>, seed: UInt64
  ) {
    windFields[world].restart(mean: mean, seed: seed)
    noise.restart(world: world, seed: seed)
    // What is steady needs no more than this; gusts and turbulence are added in every step.
    for drone in swarm.drones(ofWorld: world) {
      let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
      swarm.stepValues[group].wind[lane: lane] = mean
    }
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
  fileprivate mutating func setMass(
    _ mass: Double, inertia: Vector<Body, Double>, of drone: Int
  ) throws(BulletError) {
    try world.setMass(mass, inertia: inertia, of: vehicles[drone])
  }

  fileprivate mutating func placeObstacle(
    _ index: Int, ofWorld world: Int, at pose: Pose<Double>
  ) throws(BulletError) {
    let place = obstacles.indices(ofWorld: world).lowerBound + index
    let motion = BodyMotion(pose: pose)
    try self.world.setMotion(motion, of: obstacles.bounds[place].body)
    obstacles.bounds[place].update(motion, fall: 0, period: 0)
  }
}
