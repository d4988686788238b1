import Bullet
import Geometry
import SpatialMath

/// The obstacles of all worlds, those of one world after those of the one before.
struct Obstacles {
  /// What bounds each.
  var bounds: [ObstacleBounds] = []
  /// How each moves, where that is scheduled.
  private(set) var schedules: [ScheduledMotion?] = []
  /// Where each was at first.
  private(set) var startPoses: [Pose<Double>] = []
  /// The world of each.
  private(set) var worlds: [Int] = []
  /// Those that contacts move.
  private(set) var dynamic: [Int] = []
  /// Those whose motion is not scheduled, by world.
  private var freeByWorld: [[Int]] = []
  /// Those whose motion is scheduled.
  private(set) var scheduled: [Int] = []
  private var starts = [0]

  /// Puts the floors and obstacles of worlds into the subworlds of a Bullet world.
  init(of descriptions: [WorldDescription], in world: inout BulletWorld) throws(BulletError) {
    for (subworld, description) in descriptions.enumerated() {
      if description.floor { _ = try world.add(RigidBody(.plane), to: subworld) }
      var free: [Int] = []
      for obstacle in description.obstacles {
        if obstacle.mass > 0 { dynamic.append(bounds.count) }
        if obstacle.motion == nil {
          free.append(bounds.count)
        } else {
          scheduled.append(bounds.count)
        }
        bounds.append(ObstacleBounds(of: obstacle, body: try world.add(obstacle, to: subworld)))
        schedules.append(obstacle.motion)
        startPoses.append(obstacle.pose)
        worlds.append(subworld)
      }
      starts.append(bounds.count)
      freeByWorld.append(free)
    }
  }

  /// The place of each body among the obstacles of its world; floors have none.
  var places: [BodyID: Int] {
    Dictionary(
      uniqueKeysWithValues: bounds.indices.map { (bounds[$0].body, $0 - starts[worlds[$0]]) })
  }

  /// The obstacles of one world.
  func indices(ofWorld world: Int) -> Range<Int> { starts[world]..<starts[world + 1] }

  /// The obstacles of one world whose motion is not scheduled.
  func free(ofWorld world: Int) -> [Int] { freeByWorld[world] }
}
