import Drone
package import Rendering
import Simulation
import SpatialMath

/// Draws an environment from outside, for people: from behind and above its drones, all of them in view.
package struct OutsideView: ~Copyable, Sendable {
  private let camera: Camera
  private let agentCount: Int
  private var sceneBuilder: SceneBuilder
  private var renderer: Renderer
  /// What was drawn last; colours alone.
  package private(set) var images: Images

  /// A view of environments of a task, of some size in pixels.
  ///
  /// - Throws: ``TaskError`` if something cannot be drawn.
  package init(of task: some DroneTask, width: Int, height: Int) throws(TaskError) {
    let camera = try Self.camera(width: width, height: height)
    sceneBuilder = try Self.scene(of: task)
    agentCount = task.agentCount
    images = Images(of: camera)
    (images.depths, images.ids) = ([], [])
    self.camera = camera
    renderer = Renderer()
  }

  private static func camera(width: Int, height: Int) throws(TaskError) -> Camera {
    do throws(RenderingError) {
      return try Camera(width: width, height: height, verticalFieldOfView: .pi / 4)
    } catch { throw TaskError("\(error)") }
  }

  private static func scene(of task: some DroneTask) throws(TaskError) -> SceneBuilder {
    do throws(SimulationError) {
      return try SceneBuilder(
        of: [task.setup.world(agentCount: task.agentCount)], appearance: .quadcopter,
        colours: task.setup.camera?.colours ?? [])
    } catch { throw TaskError(error.description) }
  }

  /// Draws where an episode has come to.
  package mutating func draw<Memory>(_ episode: Episode<Memory>) {
    var centre = Vector<World, Double>.zero
    for agent in 0..<agentCount {
      let state = episode.state(of: agent)
      sceneBuilder.place(
        drone: agent, at: Pose(position: state.position, attitude: state.attitude))
      centre += state.position / Double(agentCount)
    }
    for (index, pose) in episode.obstacles.enumerated() {
      sceneBuilder.place(obstacle: index, at: pose)
    }
    let spread = (0..<agentCount).map { (episode.position(of: $0) - centre).norm }.max() ?? 0
    // Near enough to see the one drone turn, and far enough for all of several.
    let eye = centre + (0.6 + 1.6 * spread) * Vector(-0.8, -0.45, 0.4)
    renderer.render(
      camera, from: [Viewpoint(carrier: .looking(from: eye, at: centre))],
      of: sceneBuilder.scenes, into: &images)
  }
}
