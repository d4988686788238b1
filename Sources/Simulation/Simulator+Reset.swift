package import Bullet
package import Drone
package import SpatialMath

/// All that a drone's future depends on, besides what it and its world are.
package struct DroneMemory: Sendable, BitwiseCopyable {
  /// How it moves.
  package var state: DroneState<Double>
  /// Its attitude in the step before. [–]
  package var linkFrame: RotationMatrix<Body, World, Double>
  /// The speeds that its rotors are told to take. [rpm]
  package var command: PerRotor<Double>
  /// How many of its points pushed or overlapped with something. [–]
  package var contactCount: Int

  /// A drone at the start of a flight.
  package init(start: DroneState<Double>) {
    state = start
    linkFrame = RotationMatrix(start.attitude)
    command = PerRotor(repeating: 0)
    contactCount = 0
  }
}

extension Simulator {
  /// What a drone's future depends on; setting it forgets all that was before.
  package subscript(memoryOf drone: Int) -> DroneMemory {
    get {
      let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
      var memory = DroneMemory(start: swarm[drone])
      memory.linkFrame = linkFrames[group][lane: lane]
      memory.command = commands[group][lane: lane]
      memory.contactCount = contactCounts[drone]
      return memory
    }
    set {
      let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
      swarm[drone] = newValue.state
      linkFrames[group][lane: lane] = newValue.linkFrame
      commands[group][lane: lane] = newValue.command
      contactCounts[drone] = newValue.contactCount
    }
  }

  /// Gives a drone other numbers in flight; what it touches knows it by those it was made with.
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

  /// How far a ray goes until it meets floor or obstacle; its range where it meets nothing, and
  /// without contacts. [m]
  package mutating func distance(along ray: Ray) -> Double {
    let rays: InlineArray<1, Ray> = [ray]
    var hits: InlineArray<1, RayHit> = [RayHit()]
    var span = hits.mutableSpan
    contacts?.world.cast(rays.span, into: &span)
    return hits[0].body == nil ? ray.range : hits[0].distance
  }
}

extension ContactSolver {
  fileprivate mutating func placeObstacle(
    _ index: Int, ofWorld world: Int, at pose: Pose<Double>
  ) throws(BulletError) {
    let motion = BodyMotion(pose: pose)
    let place = obstacles[ofWorld: world].startIndex + index
    try self.world.setMotion(motion, of: obstacles.bounds[place].body)
    obstacles.bounds[place].update(motion, fall: 0, period: 0)
  }
}
