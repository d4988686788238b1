package import Rendering
package import SpatialMath

/// Drones with the same rays, which are cast in one go.
package struct RayBundle: Sendable {
  private let sensor: RangeSensor
  private var viewpoints: [Viewpoint] = []
  private var distances: [Float] = []
  private var ids: [Int32] = []

  /// A bundle of the rays of no drone yet.
  package init(_ sensor: RangeSensor) { self.sensor = sensor }

  /// How many rays each drone has. [–]
  package var rayCount: Int { sensor.directions.count }

  /// Adds a drone, which does not see itself.
  package mutating func add(id: Int32) {
    viewpoints.append(Viewpoint(carrier: Pose(), hiding: id))
    distances += Array(repeating: 0, count: rayCount)
    ids += Array(repeating: -1, count: rayCount)
  }

  /// Puts a drone, in the order of adding, somewhere.
  package mutating func place(_ index: Int, at pose: Pose<Double>) {
    viewpoints[index].carrier = pose
  }

  /// Casts the rays of all drones in the first of some scenes.
  package mutating func cast(with renderer: inout Renderer, in scenes: [Scene]) {
    renderer.measure(
      sensor, from: viewpoints, of: scenes, distances: &distances, ids: &ids)
  }

  /// How far a drone saw along a ray; infinite where there was nothing. [m]
  package func distance(_ index: Int, ray: Int) -> Double {
    let hit = index * rayCount + ray
    return ids[hit] == -1 ? .infinity : Double(distances[hit])
  }
}
