import Drone
import Geometry
package import Rendering
package import SpatialMath

/// Builds what there is to see in some worlds: a scene for each, with its floor, its obstacles and its drones
/// where a simulator has them.
///
/// Ids are 0 for the floor, then those of the obstacles in order, then those of the drones.
package struct SceneBuilder: Sendable {
  /// What drones look like.
  package enum Appearance: Sendable, Hashable {
    /// Their collision shapes, which is what rays measure to.
    case outline
    /// Quadcopters made from their models' rotors, which is what cameras show.
    case quadcopter
  }

  /// The scenes, world by world.
  package private(set) var scenes: [Scene] = []
  private let obstacleCount: Int
  private let droneCount: Int
  /// The body of a scene that is its first obstacle.
  private let firstObstacle: Int

  /// The scenes of worlds with as many drones and obstacles each, and all with a floor or none.
  ///
  /// - Parameters:
  ///   - worlds: The worlds.
  ///   - appearance: What drones look like.
  ///   - colours: Those of the first obstacles; the others get colours that tell them apart.
  /// - Throws: ``SimulationError`` if something cannot be drawn, because it is too small or too large.
  package init(
    of worlds: [WorldDescription], appearance: Appearance, colours: [Colour] = []
  ) throws(SimulationError) {
    precondition(
      worlds.allSatisfy {
        $0.floor == worlds[0].floor && $0.obstacles.count == worlds[0].obstacles.count
          && $0.models.count == worlds[0].models.count
      }, "as many drones and obstacles in each world")
    obstacleCount = worlds.first?.obstacles.count ?? 0
    droneCount = worlds.first?.models.count ?? 0
    firstObstacle = worlds.first?.floor == true ? 1 : 0
    for (index, world) in worlds.enumerated() {
      if index > 0, world.looksLike(worlds[index - 1]) {
        scenes.append(scenes[index - 1])
      } else {
        scenes.append(try Self.scene(of: world, appearance: appearance, colours: colours))
      }
    }
  }

  /// The id of an obstacle.
  package static func id(ofObstacle index: Int) -> Int32 { Int32(1 + index) }

  /// The id of a drone, counted in its world.
  package func id(ofDrone index: Int) -> Int32 { Int32(1 + obstacleCount + index) }

  private static func scene(
    of world: WorldDescription, appearance: Appearance, colours: [Colour]
  ) throws(SimulationError) -> Scene {
    do throws(RenderingError) {
      var scene = Scene()
      if world.floor { try scene.add([.floor()], id: 0) }
      for (index, obstacle) in world.obstacles.enumerated() {
        let id = id(ofObstacle: index)
        let colour = index < colours.count ? colours[index] : Colour(distinguishing: id)
        let parts = try ScenePart.parts(of: obstacle.shape, colour: colour)
        try scene.add(parts, id: id, at: obstacle.pose)
      }
      for (index, model) in world.models.enumerated() {
        let id = Int32(1 + world.obstacles.count + index)
        let parts = try model.parts(appearance: appearance, colour: Colour(distinguishing: id))
        try scene.add(parts, id: id, at: world.states[index].pose)
      }
      return scene
    } catch { throw SimulationError("cannot be seen: \(error)") }
  }

  /// Where what is not there is put: so far down that nothing sees it.
  package static let outOfSight = Pose<Double>(position: Vector(0, 0, -1e9))

  /// Puts an obstacle of a world somewhere else.
  package mutating func place(obstacle index: Int, ofWorld world: Int = 0, at pose: Pose<Double>) {
    scenes[world].place(firstObstacle + index, at: pose)
  }

  /// Puts a drone of a world somewhere else.
  package mutating func place(drone index: Int, ofWorld world: Int = 0, at pose: Pose<Double>) {
    scenes[world].place(firstObstacle + obstacleCount + index, at: pose)
  }

  /// Puts everything in one world where the simulator has it now.
  ///
  /// - Parameters:
  ///   - world: The simulator's world.
  ///   - scene: The scene, of that world unless said otherwise.
  ///   - simulator: The simulator.
  package mutating func update(
    world: Int, scene: Int? = nil, from simulator: inout Simulator
  ) {
    let scene = scene ?? world
    for index in 0..<obstacleCount {
      guard let motion = simulator.motion(ofObstacle: index, inWorld: world) else { continue }
      place(obstacle: index, ofWorld: scene, at: motion.pose)
    }
    for index in 0..<droneCount {
      place(drone: index, ofWorld: scene, at: simulator.pose(of: world * droneCount + index))
    }
  }
}

extension WorldDescription {
  /// Whether both have the same things, whatever their poses, which are updated later.
  fileprivate func looksLike(_ other: WorldDescription) -> Bool {
    models == other.models && obstacles == other.obstacles
  }
}

extension QuadcopterModel {
  /// What the drone looks like.
  fileprivate func parts(
    appearance: SceneBuilder.Appearance, colour: Colour
  ) throws(RenderingError) -> [ScenePart] {
    switch appearance {
    case .quadcopter:
      let propellers = rotors.array.map {
        ScenePart.Propeller(hub: $0.position, radius: $0.radius)
      }
      return try ScenePart.quadcopter(propellers: propellers, colour: colour)
    case .outline:
      return try ScenePart.parts(of: collisionShape, colour: colour).map { part in
        var part = part
        part.mount.position += collisionOffset
        return part
      }
    }
  }
}

extension DroneState<Double> {
  fileprivate var pose: Pose<Double> { Pose(position: position, attitude: attitude) }
}

extension Simulator {
  /// Where a drone is.
  package borrowing func pose(of drone: Int) -> Pose<Double> {
    let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
    let state = swarm.states[group]
    return Pose(position: state.position[lane: lane], attitude: state.attitude[lane: lane])
  }
}
