import Drone
import SpatialMath
import Synchronization

/// The hand that pushes a drone while a flight is watched.
///
/// It is an effect of the air like any other, put into the catalogue of one live flight; whoever
/// flies it sets the force between two steps, so that a step never waits.
final class PushEffect: AerodynamicEffect {
  private struct Push {
    var drone: Int
    var force: Vector<World, Double>
  }

  private let push = Mutex<Push?>(nil)

  /// Pushes a drone from now on, and no other.
  func set(_ drone: Int, force: Vector<World, Double>) {
    push.withLock { $0 = Push(drone: drone, force: force) }
  }

  /// Lets go.
  func clear() { push.withLock { $0 = nil } }

  func accumulate(into wrenches: inout [Wrench<Body, DroneLanes>], on swarm: Swarm) {
    guard let push = push.withLock({ $0 }), push.drone < swarm.count else { return }
    let (group, lane) = (
      push.drone / DroneLanes.laneCount, push.drone % DroneLanes.laneCount
    )
    var force = Vector<World, DroneLanes>.zero
    force[lane: lane] = push.force
    wrenches[group].force += swarm.attitudes[group].inverse(force)
  }
}
