import Bullet
import Geometry
import SpatialMath

/// The obstacles of all worlds, those of one world after those of the one before.
struct Obstacles {
  /// What bounds each.
  var bounds: [ObstacleBounds] = []
  /// The world of each.
  private(set) var worlds: [Int] = []
  /// Those that contacts move.
  private(set) var loose: [Int] = []
  private var looseByWorld: [[Int]] = []
  /// Those whose motion is laid down.
  private(set) var scheduled: [Int] = []
  private var starts = [0]

  /// Puts the floors and obstacles of worlds into the rooms of another.
  init(of descriptions: [WorldDescription], in world: inout BulletWorld) throws(BulletError) {
    for (room, description) in descriptions.enumerated() {
      if description.floor { _ = try world.add(RigidBody(.plane, friction: 1), to: room) }
      var looseOfWorld: [Int] = []
      for obstacle in description.obstacles {
        if obstacle.mass > 0 { looseOfWorld.append(bounds.count) }
        if obstacle.motion != nil { scheduled.append(bounds.count) }
        bounds.append(ObstacleBounds(of: obstacle, body: try world.add(obstacle, to: room)))
        worlds.append(room)
      }
      starts.append(bounds.count)
      loose += looseOfWorld
      looseByWorld.append(looseOfWorld)
    }
  }

  /// The obstacles of one world.
  subscript(ofWorld world: Int) -> ArraySlice<ObstacleBounds> {
    bounds[starts[world]..<starts[world + 1]]
  }

  /// The obstacles of one world that contacts move.
  func loose(ofWorld world: Int) -> [Int] { looseByWorld[world] }
}
