import Drone
import SpatialMath

/// The points at which some drones may meet the floor in a step, up to four of each: of the core, with a
/// sphere about them that is part of the drone.
struct FloorPoints<S: Lanes> {
  /// How many there are of a drone at most.
  static var most: Int { 4 }

  /// How many each drone has: as long as none pushes or overlaps, none. [–]
  private(set) var counts = S.zero
  /// From the centre of mass. [m]
  private(set) var places = InlineArray<4, Vector<Body, S>>(repeating: .zero)
  /// How far the surface is below each; far above where there is no point. [m]
  private(set) var margins = InlineArray<4, S>(repeating: S(-1e9))

  /// No points.
  init() {}

  /// Which drones have points.
  var isMet: S.Mask { S.zero .< counts }

  /// Sets a point of the drone in a lane.
  @inline(__always)
  fileprivate mutating func set(
    _ index: Int, to place: Vector<Body, Double>, margin: Double, lane: Int
  ) {
    places[index][lane: lane] = place
    margins[index][lane: lane] = margin
  }

  /// Says how many points the drone in a lane has.
  @inline(__always)
  fileprivate mutating func setCount(_ count: Int, lane: Int) {
    counts[lane: lane] = Double(count)
  }
}

/// How a drone is above the floor at the start of a step, and how it would move if the floor were not there.
private struct FloorApproach {
  /// Straight up, seen from the body. [–]
  let up: Vector<Body, Double>
  /// How high the centre of mass is above the floor. [m]
  let altitude: Double
  /// How far the centre of mass would rise. [m]
  let rise: Double
  /// How far a point of the body would rise by the body's turning, by its place: z × ω seen from the body,
  /// times the length of the step. [–]
  let turning: Vector<Body, Double>
  /// How far any point may go. [m]
  let travel: Double

  /// The distance beyond what bodies can cover in a step at which contacts begin. [m]
  private static var slack: Double { 0.001 }

  /// The approach of the drone in one lane.
  @inline(__always)
  init(of drones: FloorMeeting<some Lanes>, lane: Int, reach: Double) {
    let (velocity, rates) = (drones.velocity[lane: lane], drones.bodyRates[lane: lane])
    let period = drones.period
    up = drones.attitude.zRow[lane: lane]
    altitude = drones.altitude[lane: lane]
    rise = period * velocity.z
    turning = period * up.cross(rates)
    travel = period * (velocity.norm + rates.norm * reach)
  }

  /// How high up points count.
  var limit: Double { 2 * travel + Self.slack }
}

extension FloorOutlines {
  /// The points at which drones may meet the floor in a step.
  ///
  /// They are the corner of a drone's core that will be lowest, and of that of its faces which looks down
  /// most, as far as it is so low that the step may take it down, the corner farthest away and those farthest
  /// to either side. The heart joins them in a step that would take the middle of the drone below the
  /// floor by more than its radius: wherever corners go, the path of the middle is known.
  ///
  /// - Parameters:
  ///   - drones: The drones.
  ///   - isNear: Which of them may touch the floor.
  /// - Returns: The points.
  func points<S: Lanes>(of drones: FloorMeeting<S>, where isNear: S.Mask) -> FloorPoints<S> {
    var points = FloorPoints<S>()
    for lane in 0..<S.laneCount where isNear[lane: lane] {
      let outline = outline(ofLane: lane, from: drones.first)
      let approach = FloorApproach(of: drones, lane: lane, reach: outline.reach)
      add(outline, approach, to: &points, lane: lane)
    }
    return points
  }

  /// Adds the points of one drone.
  @inline(__always)
  private func add<S: Lanes>(
    _ outline: Outline, _ approach: FloorApproach, to points: inout FloorPoints<S>, lane: Int
  ) {
    let way = approach.up + approach.turning
    let number = lowest(of: outline.corners, along: way)
    let corner = corners[outline.corners.first + number]
    let outlook = approach.altitude - outline.margin + approach.rise + corner.dot(way)
    guard outlook < 0 || overlaps(outline, approach) else { return }
    points.set(0, to: corner, margin: outline.margin, lane: lane)
    let place = facing(approach.up, at: outline.firstCorner + number)
    let others = others(than: corner, at: place, margin: outline.margin, approach)
    let first = faces[place.face].corners.first
    var count = 1
    for index in 0..<3 where others[index] >= 0 {
      let other = corners[first + others[index]]
      points.set(count, to: other, margin: outline.margin, lane: lane)
      count += 1
    }
    let depth = approach.altitude + approach.rise + outline.middle.dot(approach.up)
    if depth < 0, outline.heart > 0 {
      count = min(count, FloorPoints<S>.most - 1)
      points.set(count, to: outline.middle, margin: outline.heart, lane: lane)
      count += 1
    }
    points.setCount(count, lane: lane)
  }

  /// Whether some point of a drone is below the floor at the start of the step.
  @inline(__always)
  private func overlaps(_ outline: Outline, _ approach: FloorApproach) -> Bool {
    let number = lowest(of: outline.corners, along: approach.up)
    let lowest = corners[outline.corners.first + number].dot(approach.up)
    return approach.altitude - outline.margin + lowest <= 0
  }

  /// Of the faces of a corner the one that looks down most.
  @inline(__always)
  private func facing(_ up: Vector<Body, Double>, at corner: Int) -> Place {
    let range = faceRanges[corner]
    var (best, lowest) = (range.lowerBound, Double.infinity)
    for place in range {
      let rise = faces[places[place].face].normal.dot(up)
      if rise < lowest { (best, lowest) = (place, rise) }
    }
    return places[best]
  }

  /// The corners of a face besides the lowest that spread farthest among those low enough.
  @inline(__always)
  private func others(
    than corner: Vector<Body, Double>, at place: Place, margin: Double, _ approach: FloorApproach
  ) -> SIMD3<Int> {
    let face = faces[place.face]
    // What is found where all are low enough is known, and so it is where the slope does not matter.
    let known = spreads[face.firstSpread + place.number]
    let slope = face.normal.dot(approach.up)
    let slack = approach.limit - (approach.altitude - margin + corner.dot(approach.up))
    let highest = known.distance * known.distance * (1 - slope * slope)
    if slack > 0, highest <= slack * slack { return known.numbers }
    let height = approach.limit - approach.altitude + margin
    return spread(from: corner, on: face, below: Depth(normal: approach.up, height: height)).numbers
  }
}
