import Drone
package import SpatialMath

/// A push on a drone that is scheduled beforehand, such as a kick or a pull by hand.
package struct ScheduledPush: Sendable, Equatable {
  /// Along whose axes a push is given.
  package enum Axes: String, Sendable, CaseIterable {
    /// The world's.
    case world
    /// The drone's, which turn with it.
    case body
  }

  /// The drone, counted in its world.
  package var drone: Int
  /// When it acts: in every step that starts within. [s]
  package var times: Range<Double>
  /// The force on the centre of mass, along ``axes``. [N]
  package var force: Vector<World, Double>
  /// The torque about it, along ``axes``. [N·m]
  package var torque: Vector<World, Double>
  /// Along whose axes both are given.
  package var axes: Axes

  /// A push.
  package init(
    on drone: Int, during times: Range<Double>, force: Vector<World, Double>,
    torque: Vector<World, Double> = .zero, along axes: Axes = .world
  ) {
    (self.drone, self.times, self.axes) = (drone, times, axes)
    (self.force, self.torque) = (force, torque)
  }
}

/// What pushes drones from outside.
struct Pushes {
  /// A push of the schedule, in steps.
  private struct Entry {
    let world: Int
    let drone: Int
    let steps: Range<Int>
    let push: ScheduledPush
  }

  private var schedule: [Entry] = []
  private var held: [Wrench<World, DroneLanes>]
  /// How many drones are held by something.
  private var heldCount = 0

  init(worlds: [WorldDescription], groups: Int, period: Double) {
    held = Array(repeating: .zero, count: groups)
    let dronesPerWorld = worlds[0].models.count
    for (world, description) in worlds.enumerated() {
      for push in description.pushes {
        precondition(
          0..<dronesPerWorld ~= push.drone, "a push is on a drone of its world")
        schedule.append(
          Entry(
            world: world, drone: world * dronesPerWorld + push.drone,
            steps: Self.step(
              push.times.lowerBound, period)..<Self.step(
                push.times.upperBound, period), push: push))
      }
    }
  }

  /// The first step that starts at a time or later.
  private static func step(_ time: Double, _ period: Double) -> Int {
    Int(min(1e15, max(0, (time / period - 1e-6).rounded(.up))))
  }

  /// Whether nothing pushes, now or later.
  var isEmpty: Bool { schedule.isEmpty && heldCount == 0 }

  /// What holds a drone, apart from the schedule.
  subscript(drone: Int) -> Wrench<World, Double> {
    get {
      let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
      return Wrench(
        force: held[group].force[lane: lane], torque: held[group].torque[lane: lane])
    }
    set {
      let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
      heldCount += (newValue == .zero ? 0 : 1) - (self[drone] == .zero ? 0 : 1)
      held[group].force[lane: lane] = newValue.force
      held[group].torque[lane: lane] = newValue.torque
    }
  }

  /// Adds what acts in the step that follows the steps made so far.
  func add<S: SingleFlightLanes>(to swarm: inout SwarmGroups<S>, after steps: [Int]) {
    if heldCount > 0 {
      for group in swarm.groups {
        let (attitude, push) = (swarm.stepValues[group].attitude, hold(of: group, in: S.self))
        swarm.stepValues[group].wrench.force += attitude.inverse(push.force)
        swarm.stepValues[group].wrench.torque += attitude.inverse(push.torque)
      }
    }
    for entry in schedule where entry.steps.contains(steps[entry.world]) {
      let (group, lane) = (entry.drone / S.laneCount, entry.drone % S.laneCount)
      let wrench = swarm.stepValues[group].wrench
      let (force, torque) = (wrench.force[lane: lane], wrench.torque[lane: lane])
      let axes =
        entry.push.axes == .world
        ? swarm.stepValues[group].attitude[lane: lane] : RotationMatrix(.identity)
      swarm.stepValues[group].wrench.force[lane: lane] = force + axes.inverse(entry.push.force)
      swarm.stepValues[group].wrench.torque[lane: lane] = torque + axes.inverse(entry.push.torque)
    }
  }

  /// What holds the drones of a group in some lanes. [N, N·m]
  private func hold<S: SingleFlightLanes>(of group: Int, in: S.Type) -> Wrench<World, S> {
    var all = Wrench<World, S>.zero
    S.forEachPart { part in
      let index = group * S.groupCount + part
      guard index < held.count else { return }
      all.force.update(from: held[index].force) { $0[group: part] = $1 }
      all.torque.update(from: held[index].torque) { $0[group: part] = $1 }
    }
    return all
  }
}
