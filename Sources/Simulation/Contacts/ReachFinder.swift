import Drone
import Geometry
import SpatialMath

/// Finds the drones that may touch something in a step.
struct ReachFinder<S: SingleFlightLanes> {
  /// The floor below each group, or level tops in its place.
  private(set) var floors: [FloorBelow<S>]
  private let ground: [FloorBelow<S>]
  /// The level tops that drones may touch.
  private(set) var tops: LevelTops
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
    ground = SwarmGroups<S>.groups(of: 0..<count).map { FloorBelow(floors, group: $0) }
    self.floors = ground
    tops = LevelTops(count: count)
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
  /// floor too where Bullet is asked of it; otherwise ``floorGroups`` are those that touch no more than that or
  /// a level top.
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
    leaveTops()
    let isAlone = swarm.dronesPerWorld == 1 && obstacles.bounds.isEmpty
    let isAnyNear = findFloors(below: swarm, period: period)
    guard isAnyNear || !isAlone || isAlwaysAsked else { return }
    if !obstacles.bounds.isEmpty { markNeighbours(of: obstacles, in: swarm) }
    if swarm.dronesPerWorld > 1 { markPairs(in: swarm) }
    guard isAnyNear || isAlwaysAsked || tops.areAny || marks.contains(true) else { return }
    for group in swarm.groups { sort(group, of: swarm, into: &drones) }
  }

  /// Finds out which drones may touch the floor, whether there are any, and how far each may go.
  private mutating func findFloors(below swarm: SwarmGroups<S>, period: Double) -> Bool {
    // Taken out and put back, as spans, for arrays are asked at every element whether they are shared.
    var (reachList, nearList) = ([S](), [S.Mask]())
    swap(&reachList, &self.reaches)
    swap(&nearList, &self.areNearFloor)
    var reaches = reachList.mutableSpan
    var areNearFloor = nearList.mutableSpan
    let isCrowded = swarm.dronesPerWorld > 1
    var isAnyNear = S.zero .< .zero
    for group in swarm.groups {
      guard swarm.presence.isAny(inGroup: group) else {
        areNearFloor[group] = .zero .< S.zero
        reaches[group] = S(-.infinity)
        continue
      }
      let state = swarm.states[group]
      let radius = swarm.parameters[swarm.parametersIndex(of: group)].boundingRadius
      var isNear = floors[group].isNear(
        state, attitude: swarm.stepValues[group].attitude, radius: radius, period: period)
      var reach = radius + S(period) * state.velocity.norm + S(FloorBelow<S>.margin)
      if !swarm.presence.areAll {
        let isPresent = swarm.presence[group: group]
        isNear = isNear .& isPresent
        // What has left meets no other, however near.
        reach = S(-.infinity).replacing(with: reach, where: isPresent)
      }
      areNearFloor[group] = isNear
      reaches[group] = reach
      isAnyNear = isAnyNear .| isNear
      if isCrowded { spheres.check(group, state.position, reach: reach) }
    }
    swap(&reachList, &self.reaches)
    swap(&nearList, &self.areNearFloor)
    return isAnyNear.any
  }

  /// Takes up the marks of a group's drones: which of them Bullet is asked of, and which the floor alone
  /// concerns.
  private mutating func sort(_ group: Int, of swarm: SwarmGroups<S>, into drones: inout [Int]) {
    let first = group * S.laneCount
    let all = first..<min(first + S.laneCount, swarm.count)
    let isAnyMarked =
      areNearFloor[group].any || isAlwaysAsked || all.contains { marks[$0] || tops[$0] != nil }
    guard isAnyMarked else { return }
    var onFloorAlone = S.zero
    for drone in all {
      let top = tops[drone]
      let isNearFloor = areNearFloor[group][lane: drone - first] || top != nil
      if let top, !marks[drone] { stand(drone, on: top) }
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
          let place = obstacle - obstacles.indices(ofWorld: world).lowerBound
          marks[drone] = !putTop(of: obstacles.bounds[obstacle], place, below: drone)
        }
      }
    }
  }

  /// Notes the top of an obstacle that a drone may touch; false where it may touch more of it, or something
  /// else.
  private mutating func putTop(of obstacle: ObstacleBounds, _ place: Int, below drone: Int) -> Bool
  {
    guard !isFloorBullets,
      let height = obstacle.levelTop(within: bounds[drone].reach, of: bounds[drone].position)
    else { return false }
    let top = LevelTops.Top(place: place, height: height, friction: obstacle.friction)
    return tops.put(top, below: drone)
  }

  /// Puts a level top in the place of the floor below a drone.
  private mutating func stand(_ drone: Int, on top: LevelTops.Top) {
    let (group, lane) = (drone / S.laneCount, drone % S.laneCount)
    let friction = ground[group].friction[lane: lane] / RigidBody(.plane).friction
    floors[group].height[lane: lane] = top.height
    floors[group].friction[lane: lane] = friction * top.friction
  }

  /// Puts the floor below all drones again.
  private mutating func leaveTops() {
    guard tops.areAny else { return }
    for drone in tops.drones { floors[drone / S.laneCount] = ground[drone / S.laneCount] }
    tops.clear()
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
