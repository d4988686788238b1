import Drone
import Geometry
import SpatialMath

/// Finds the drones that may touch something in a step.
struct ReachFinder<S: SingleFlightLanes> {
  /// The floor below each group.
  let floors: [FloorBelow<S>]
  private var reaches: [S]
  private var bounds: [SweptBounds]
  private var neighbours: NeighbourSweep
  private var spheres: SeparationSpheres<S>
  private var marks: [Bool]
  /// Which drones of each group may touch the floor.
  private var areNearFloor: [S.Mask]
  /// Whether Bullet is asked of the floor too.
  private let isFloorBullets: Bool
  /// Whether Bullet is asked of all drones but those that may touch the floor alone.
  private let isAlwaysAsked: Bool
  /// Groups of which some drones may touch the floor and nothing else, and which those are.
  private(set) var floorGroups: [(group: Int, drones: S.Mask)] = []

  /// A search among the drones of some worlds.
  ///
  /// - Parameters:
  ///   - floors: The floor below each group, four drones each.
  ///   - count: How many drones there are.
  ///   - dronesPerWorld: How many of them are in each world.
  ///   - isFloorBullets: Whether Bullet is asked of the floor too.
  ///   - isAlwaysAsked: Whether Bullet is asked of all drones but those that may touch the floor alone.
  init(
    floors: [FloorBelow<DroneLanes>], count: Int, dronesPerWorld: Int, isFloorBullets: Bool,
    isAlwaysAsked: Bool
  ) {
    (self.isFloorBullets, self.isAlwaysAsked) = (isFloorBullets, isAlwaysAsked)
    self.floors = SwarmGroups<S>.groups(of: 0..<count).map { FloorBelow(floors, group: $0) }
    bounds = Array(repeating: SweptBounds(position: .zero, reach: 0), count: count)
    reaches = Array(repeating: .zero, count: self.floors.count)
    neighbours = NeighbourSweep(count: count)
    spheres = SeparationSpheres(
      worldCount: count / dronesPerWorld, dronesPerWorld: dronesPerWorld)
    marks = Array(repeating: false, count: count)
    areNearFloor = Array(repeating: S.zero .< .zero, count: self.floors.count)
    floorGroups.reserveCapacity(self.floors.count)
  }

  /// Lists the drones that may touch an obstacle or another drone, in order, and those that may touch the
  /// floor too where Bullet is asked of it; otherwise ``floorGroups`` are those that touch no more.
  ///
  /// - Parameters:
  ///   - swarm: The drones, with the velocities at the end of the step.
  ///   - obstacles: The obstacles.
  ///   - period: The length of the step. [s]
  ///   - drones: Where they are listed.
  mutating func find(
    in swarm: SwarmGroups<S>, obstacles: Obstacles, period: Double, into drones: inout [Int]
  ) {
    floorGroups.removeAll(keepingCapacity: true)
    let isAlone = swarm.dronesPerWorld == 1 && obstacles.bounds.isEmpty
    var isAnyNear = false
    for group in swarm.groups {
      isAnyNear = findFloor(below: group, of: swarm, period: period) || isAnyNear
    }
    guard isAnyNear || !isAlone || isAlwaysAsked else { return }
    if !obstacles.bounds.isEmpty { markNeighbours(of: obstacles, in: swarm) }
    if swarm.dronesPerWorld > 1 { markPairs(in: swarm) }
    guard isAnyNear || isAlwaysAsked || marks.contains(true) else { return }
    for group in swarm.groups { sort(group, of: swarm, into: &drones) }
  }

  /// Finds out which drones of a group may touch the floor, and how far each may go.
  private mutating func findFloor(below group: Int, of swarm: SwarmGroups<S>, period: Double)
    -> Bool
  {
    guard swarm.presence.isAny(inGroup: group) else {
      (areNearFloor[group], reaches[group]) = (.zero .< S.zero, S(-.infinity))
      return false
    }
    let state = swarm.states[group]
    let radius = swarm.parameters[swarm.parametersIndex(of: group)].boundingRadius
    var isNear = floors[group].isNear(
      state, attitude: swarm.stepValues[group].attitude, radius: radius, period: period)
    var reach =
      radius + S(period) * state.velocity.norm + S(FloorBelow<S>.margin)
    if !swarm.presence.areAll {
      let isPresent = swarm.presence[group: group]
      isNear = isNear .& isPresent
      // What has left meets no other, however near.
      reach = S(-.infinity).replacing(with: reach, where: isPresent)
    }
    areNearFloor[group] = isNear
    reaches[group] = reach
    if swarm.dronesPerWorld > 1 { spheres.check(group, state.position, reach: reaches[group]) }
    return isNear.any
  }

  /// Takes up the marks of a group's drones: which of them Bullet is asked of, and which the floor alone
  /// concerns.
  private mutating func sort(_ group: Int, of swarm: SwarmGroups<S>, into drones: inout [Int]) {
    let first = group * S.laneCount
    let all = first..<min(first + S.laneCount, swarm.count)
    let isAnyMarked = areNearFloor[group].any || isAlwaysAsked || all.contains { marks[$0] }
    guard isAnyMarked else { return }
    var onFloorAlone = S.zero
    for drone in all {
      let isNearFloor = areNearFloor[group][lane: drone - first]
      if isNearFloor, !marks[drone], !isFloorBullets {
        onFloorAlone[lane: drone - first] = 1
      } else if isNearFloor || marks[drone] || isAlwaysAsked && swarm.presence[drone] {
        drones.append(drone)
      }
      marks[drone] = false
    }
    let areOnFloorAlone = S.zero .< onFloorAlone
    if areOnFloorAlone.any { floorGroups.append((group, areOnFloorAlone)) }
  }

  /// Marks drones that may touch another.
  private mutating func markPairs(in swarm: SwarmGroups<S>) {
    for world in 0..<swarm.worldCount where spheres.takeExits(from: world) {
      let drones = swarm.drones(ofWorld: world)
      if spheres.isWorthSearching(in: world) {
        setBounds(of: drones, in: swarm, spare: SeparationSpheres<S>.spare)
        guard neighbours.hasPairs(of: drones, with: bounds) else {
          spheres.set(world, to: bounds)
          continue
        }
      }
      setBounds(of: drones, in: swarm, spare: 0)
      neighbours.markPairs(of: drones, with: bounds, in: &marks)
    }
  }

  private mutating func markNeighbours(of obstacles: Obstacles, in swarm: SwarmGroups<S>) {
    setBounds(of: 0..<swarm.count, in: swarm, spare: 0)
    for world in 0..<swarm.worldCount {
      for obstacle in obstacles.indices(ofWorld: world) {
        for drone in swarm.drones(ofWorld: world)
        where !marks[drone] && swarm.presence[drone]
          && obstacles.bounds[obstacle].isWithin(bounds[drone].reach, of: bounds[drone].position)
        {
          marks[drone] = true
        }
      }
    }
  }

  /// Puts spheres about what some drones sweep in the step, with some space to spare. [m]
  private mutating func setBounds(of drones: Range<Int>, in swarm: SwarmGroups<S>, spare: Double) {
    for drone in drones {
      let (group, lane) = (drone / S.laneCount, drone % S.laneCount)
      bounds[drone] = SweptBounds(
        position: swarm.position(of: drone), reach: reaches[group][lane: lane] + spare)
    }
  }
}
