import Gym
package import Rendering
import Simulation
import SpatialMath

/// Draws what the drones of one environment see.
package struct FrameRenderer: ~Copyable, Sendable {
  private let camera: OnboardCamera
  private let agentCount: Int
  private let endedDronesLeave: Bool
  private let obstacleCount: Int
  private var sceneBuilder: SceneBuilder
  private var renderer: Renderer
  /// The camera under consideration.
  private var viewpoints = [Viewpoint(carrier: Pose())]
  private var carriers: [Pose<Double>]
  /// What the last camera saw.
  package private(set) var drawn: Images

  /// A renderer of what the drones of a setup see.
  ///
  /// - Throws: ``TaskError`` if the camera cannot be, or something cannot be drawn.
  package init(
    _ camera: OnboardCamera, of setup: TaskSetup, agentCount: Int
  ) throws(TaskError) {
    if let fault = camera.fault { throw TaskError(fault) }
    do throws(SimulationError) {
      sceneBuilder = try SceneBuilder(
        of: [setup.world(agentCount: agentCount)], appearance: .quadcopter, colours: camera.colours)
    } catch { throw TaskError(error.description) }
    self.camera = camera
    self.agentCount = agentCount
    obstacleCount = setup.obstacles.count
    endedDronesLeave = setup.endedDrones == .leave
    renderer = Renderer()
    carriers = Array(repeating: Pose(), count: agentCount)
    drawn = camera.images.room(for: camera.camera)
  }

  /// Puts everything where it is in an environment.
  mutating func set(_ environment: Int, of snapshots: PoseSnapshots) {
    for agent in 0..<agentCount {
      let pose = snapshots[environment, agent]
      carriers[agent] = camera.carrier(on: pose)
      let isThere = !endedDronesLeave || snapshots.isShown[environment * agentCount + agent]
      sceneBuilder.place(drone: agent, at: isThere ? pose : SceneBuilder.outOfSight)
    }
    for obstacle in 0..<obstacleCount {
      sceneBuilder.place(obstacle: obstacle, at: snapshots[environment, agentCount + obstacle])
    }
  }

  /// Puts everything where it is in an episode.
  package mutating func set<Memory>(_ episode: Episode<Memory>) {
    var snapshots = PoseSnapshots(
      environmentCount: 1, agentCount: agentCount, obstacleCount: obstacleCount)
    snapshots.keep(0, episode)
    set(0, of: snapshots)
  }

  /// Draws what a drone sees, into ``drawn``.
  package mutating func draw(_ agent: Int) {
    viewpoints[0] = Viewpoint(
      carrier: carriers[agent], hiding: sceneBuilder.id(ofDrone: agent))
    renderer.render(
      camera.camera, from: viewpoints, of: sceneBuilder.scenes, into: &drawn)
  }

  /// Draws what a drone sees into the images of a row, or clears them where there is none.
  @unsafe
  mutating func show(_ agent: Int?, row: Int, isFinal: Bool, into pointers: FramePointers) {
    if let agent { draw(agent) }
    for (index, part) in camera.images.enumerated() {
      let image = unsafe pointers.row(row, ofImage: index, isFinal: isFinal)
      if agent == nil { unsafe image.clear() } else { unsafe part.write(drawn, into: image) }
    }
  }
}
