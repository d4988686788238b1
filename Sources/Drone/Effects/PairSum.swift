public import SpatialMath

/// The sum of an effect over all pairs of drones of each world that are near enough, source by source.
///
/// Two groups of receivers are worked out in a row, without a branch between them: a force is a long chain
/// of operations that wait for each other, so that two cost little more than one.
@usableFromInline
struct PairSum<Effect: PairEffect> {
  @usableFromInline let effect: Effect
  /// A group that waits to be worked out with the next, below 0 for none, and where it feels the source.
  @usableFromInline var waiting = -1
  @usableFromInline var isWaitingFelt = DroneLanes.zero .< DroneLanes.zero

  @inlinable
  init(of effect: Effect) { self.effect = effect }

  /// Adds what each drone does to the others of its world.
  @inlinable @inline(__always)
  mutating func add(to swarm: inout Swarm) {
    let dronesPerWorld = swarm.dronesPerWorld
    guard dronesPerWorld > 1 else { return }
    // Taken out and put back, for its lists would be counted as shared otherwise.
    var neighbours: NeighbourLists?
    swap(&neighbours, &swarm.neighbours)
    unsafe swarm.withGroups { groups in
      var world = 0..<dronesPerWorld
      for group in unsafe 0..<groups.count {
        let sources = unsafe effect.source(groups.condition(of: group))
        for drone in unsafe groups.drones(ofGroup: group) {
          if drone == world.upperBound { world = drone..<drone + dronesPerWorld }
          let source = sources.repeated(lane: drone % DroneLanes.laneCount)
          if let neighbours {
            for place in neighbours.groupPlaces(near: drone) {
              unsafe note(source, drone, on: neighbours.group(at: place), of: world, groups)
            }
          } else {
            for receivers in Swarm.groups(of: world) {
              unsafe note(source, drone, on: receivers, of: world, groups)
            }
          }
          if waiting >= 0 { unsafe add(source, on: waiting, where: isWaitingFelt, to: groups) }
          waiting = -1
        }
      }
    }
    swap(&neighbours, &swarm.neighbours)
  }

  /// Works out what a source does to a group, now or with the next.
  @inlinable @inline(__always)
  mutating func note(
    _ source: Effect.Source, _ drone: Int, on group: Int, of world: Range<Int>,
    _ groups: Swarm.GroupPointers
  ) {
    let mayFeel = unsafe effect.mayReach(groups.states[group].position, from: source)
    guard mayFeel.any else { return }
    let isFelt = mayFeel .& Swarm.isOther(than: drone, in: world, group)
    guard isFelt.any else { return }
    guard waiting >= 0 else {
      (waiting, isWaitingFelt) = (group, isFelt)
      return
    }
    unsafe add(source, on: waiting, where: isWaitingFelt, to: groups)
    unsafe add(source, on: group, where: isFelt, to: groups)
    waiting = -1
  }

  @inlinable @inline(__always)
  func add(
    _ source: Effect.Source, on group: Int, where isFelt: DroneLanes.Mask,
    to groups: Swarm.GroupPointers
  ) {
    let before = unsafe groups.values[group].wrench
    var wrench = before
    unsafe effect.add(to: &wrench, on: groups.condition(of: group), from: source)
    unsafe groups.values[group].wrench = Wrench(
      force: before.force.replacing(with: wrench.force, where: isFelt),
      torque: before.torque.replacing(with: wrench.torque, where: isFelt))
  }
}
