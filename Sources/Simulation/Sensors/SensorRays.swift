import Rendering
import SpatialMath

/// The rays of the sensors of all drones of a world; those of drones with the same rays are cast at once.
struct SensorRays: ~Copyable, Sendable {
  /// The sensors with the same rays.
  private struct Group: Sendable {
    let sensor: RangeSensor
    var rays: RayBundle
    /// Which sensors they are: the drone, and the place in its suite.
    var members: [(drone: Int, sensor: Int)] = []
  }

  private var groups: [Group] = []
  private var sceneBuilder: SceneBuilder
  private var renderer = Renderer()

  /// The rays of some sensors, which may be none.
  init(of suites: [SensorSuite], in world: WorldDescription) throws(SimulationError) {
    let hasRays = suites.contains { $0.sensors.contains { $0.sensor.rays != nil } }
    sceneBuilder = try SceneBuilder(of: hasRays ? [world] : [], appearance: .outline)
    for (drone, suite) in suites.enumerated() {
      for (index, named) in suite.sensors.enumerated() {
        guard let sensor = named.sensor.rays else { continue }
        add(sensor, of: drone, at: index)
      }
    }
  }

  private mutating func add(_ sensor: RangeSensor, of drone: Int, at index: Int) {
    let known = groups.firstIndex { $0.sensor == sensor }
    if known == nil { groups.append(Group(sensor: sensor, rays: RayBundle(sensor))) }
    let group = known ?? groups.count - 1
    groups[group].members.append((drone, index))
    groups[group].rays.add(id: sceneBuilder.id(ofDrone: drone))
  }

  /// Casts all rays from where the drones are, and gives each sensor its distances.
  mutating func cast(for suites: inout [SensorSuite], in simulator: inout Simulator) {
    guard !groups.isEmpty else { return }
    sceneBuilder.update(world: 0, from: &simulator)
    for group in groups.indices {
      for (index, member) in groups[group].members.enumerated() {
        groups[group].rays.place(index, at: simulator.pose(of: member.drone))
      }
      groups[group].rays.cast(with: &renderer, in: sceneBuilder.scenes)
      for (index, member) in groups[group].members.enumerated() {
        var distances = suites[member.drone].distances[member.sensor].mutableSpan
        for ray in distances.indices {
          distances[ray] = groups[group].rays.distance(index, ray: ray)
        }
      }
    }
  }
}
