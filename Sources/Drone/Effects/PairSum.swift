public import SpatialMath

/// The sum of an effect over all pairs of drones of each world that are near enough, source by source.
///
/// Pairs are worked out two by two, of whatever sources, without a branch between them: a force is a long
/// chain of operations that wait for each other, so that two cost little more than one.
@safe
@usableFromInline
struct PairSum<Force: PairForce> {
  /// A source, and a group of which some drones feel it.
  @usableFromInline
  struct Pair {
    @usableFromInline let source: Force.Source
    @usableFromInline let group: Int
    /// Which drones of the group feel the source.
    @usableFromInline let isFelt: Force.S.Mask

    @inlinable @inline(__always)
    init(_ source: Force.Source, _ group: Int, _ isFelt: Force.S.Mask) {
      (self.source, self.group, self.isFelt) = (source, group, isFelt)
    }
  }

  @usableFromInline let force: Force
  @usableFromInline let groups: SwarmGroups<Force.S>.Pointers
  @usableFromInline let dronesPerWorld: Int
  /// Room for two pairs, in memory: in an optional they would be taken to pieces and put together again.
  @usableFromInline let waiting: UnsafeMutablePointer<Pair>

  @inlinable @inline(__always)
  init(
    of force: Force, over groups: SwarmGroups<Force.S>.Pointers, dronesPerWorld: Int,
    waiting: UnsafeMutablePointer<Pair>
  ) {
    unsafe (self.force, self.groups, self.waiting) = (force, groups, waiting)
    self.dronesPerWorld = dronesPerWorld
  }

  /// Adds what each drone does to those near it.
  @inlinable @inline(__always)
  func add(from near: some NearGroups) {
    var waitingCount = 0
    var world = 0..<dronesPerWorld
    for group in unsafe 0..<groups.count
    where unsafe near.areAny(of: groups.drones(ofGroup: group)) && groups.isAnyPresent(in: group) {
      let sources = unsafe force.source(groups.condition(of: group))
      for drone in unsafe groups.drones(ofGroup: group) where unsafe groups.isPresent(drone) {
        if !world.contains(drone) { world = self.world(of: drone) }
        let source = sources.repeated(lane: drone % Force.S.laneCount)
        for place in near.places(of: drone, in: world) {
          let receivers = near.group(at: place)
          let mayFeel = unsafe force.mayReach(groups.states[receivers].position, from: source)
          guard mayFeel.any, unsafe groups.isAnyPresent(in: receivers) else { continue }
          let isFelt = mayFeel .& SwarmGroups<Force.S>.isOther(than: drone, in: world, receivers)
          guard isFelt.any else { continue }
          unsafe waiting[waitingCount] = Pair(source, receivers, isFelt)
          waitingCount += 1
          guard waitingCount == 2 else { continue }
          addBoth()
          waitingCount = 0
        }
      }
    }
    if waitingCount == 1 { unsafe add(waiting[0]) }
  }

  /// The drones of a drone's world.
  @inlinable
  func world(of drone: Int) -> Range<Int> {
    let first = drone / dronesPerWorld * dronesPerWorld
    return first..<first + dronesPerWorld
  }

  // Apart from the search, so that either has the registers to itself.
  @inlinable @inline(never)
  func addBoth() {
    unsafe add(waiting[0])
    unsafe add(waiting[1])
  }

  @inlinable @inline(__always)
  func add(_ pair: Pair) {
    let before = unsafe groups.values[pair.group].wrench
    var wrench = before
    unsafe force.add(to: &wrench, on: groups.condition(of: pair.group), from: pair.source)
    unsafe groups.values[pair.group].wrench = Wrench(
      force: before.force.replacing(with: wrench.force, where: pair.isFelt),
      torque: before.torque.replacing(with: wrench.torque, where: pair.isFelt))
  }
}

extension PairForce {
  /// Adds what each drone does to the others of its world.
  @inlinable
  func addAllPairs(to swarm: inout SwarmGroups<S>) {
    let dronesPerWorld = swarm.dronesPerWorld
    guard dronesPerWorld > 1 else { return }
    // Taken out and put back, for its lists would be counted as shared otherwise.
    var lists: ReachLists<S>?
    swap(&lists, &swarm.reachLists)
    unsafe swarm.withGroups { groups in
      unsafe withUnsafeTemporaryAllocation(of: PairSum<Self>.Pair.self, capacity: 2) { waiting in
        guard let waiting = waiting.baseAddress else { return }
        let sum = unsafe PairSum(
          of: self, over: groups, dronesPerWorld: dronesPerWorld, waiting: waiting)
        // Not bound to a name, for its lists would be counted up and down.
        if lists == nil {
          sum.add(from: GroupsOfWorld<S>())
        } else {
          unsafe lists?.withGroups { unsafe sum.add(from: $0) }
        }
      }
    }
    swap(&lists, &swarm.reachLists)
  }
}
