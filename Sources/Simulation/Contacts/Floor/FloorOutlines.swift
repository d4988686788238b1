import Bullet
import Drone
import Geometry
import SpatialMath

/// The outlines of drones as a level floor meets them: the corners of a convex core, with a margin about
/// them.
///
/// All that a step reads stands in a few flat lists: what is read of lists in lists is counted. They are never
/// copied, for as many references would be counted up and down whenever a drone is near the floor.
struct FloorOutlines: ~Copyable, Sendable {
  /// Eight corners side by side, to look for those that matter: a nanometre is near enough for that.
  ///
  /// The last of an outline or face are filled up with its first.
  typealias Corners = FloatLanes

  /// Some corners.
  struct CornerList: Sendable {
    /// Where the first is in ``corners``.
    let first: Int
    /// Which of ``blocks`` they are.
    let blocks: Range<Int>
  }

  /// What is known of the outline of a drone.
  struct Outline: Sendable {
    let corners: CornerList
    /// Where its corners are in ``faceRanges``.
    let firstCorner: Int
    /// How far the surface is from the core. [m]
    let margin: Double
    /// The middle of the shape, from the centre of mass. [m]
    let middle: Vector<Body, Double>
    /// The radius of the sphere about the middle that is within the shape. [m]
    let heart: Double
    /// The distance from the centre of mass to the farthest point. [m]
    let reach: Double
  }

  /// A flat side of an outline; of a sphere or capsule, which have none, all corners.
  struct Face: Sendable {
    /// Outward. [–]
    let normal: Vector<Body, Double>
    let corners: CornerList
    /// Where its corners are in ``spreads``.
    let firstSpread: Int
  }

  /// A face of a corner, and the corner's place in it.
  struct Place: Sendable {
    let face: Int
    let number: Int
  }

  /// The corners of outlines and faces. [m]
  private(set) var corners: [Vector<Body, Double>] = []
  /// The same in blocks. [m]
  private(set) var blocks: [Vector<Body, Corners>] = []
  private(set) var faces: [Face] = []
  /// The faces of the corners, one corner after the other.
  private(set) var places: [Place] = []
  /// Which of ``places`` are those of each corner.
  private(set) var faceRanges: [Range<Int>] = []
  /// What ``FloorOutlines/spread(from:on:below:)`` finds from each corner of each face if all of the face is
  /// near.
  private(set) var spreads: [Spread] = []
  private var outlines: [Outline] = []
  /// The outline of each drone.
  private var indices: [Int] = []

  /// Whether drones have outlines: their shapes are not made of parts, their principal axes of inertia are
  /// their bodies', and Bullet is not asked of the floor.
  static func exist(of models: some Sequence<QuadcopterModel>, physics: FlightPhysics) -> Bool {
    !physics.isFloorBullets
      && models.allSatisfy { $0.principalAxes == .identity && shape(of: $0).parts.count == 1 }
  }

  /// The shape of a drone about its centre of mass.
  private static func shape(of model: QuadcopterModel) -> Shape {
    model.collisionShape.moved(by: model.collisionOffset)
  }

  /// The outlines of drones that have one.
  ///
  /// - Throws: `BulletError` if a shape is not solid.
  init(
    of models: [QuadcopterModel], physics: FlightPhysics, in world: inout BulletWorld
  ) throws(BulletError) {
    var known: [(shape: Shape, index: Int)] = []
    for model in models {
      let shape = Self.shape(of: model)
      if let same = known.first(where: { $0.shape == shape }) {
        indices.append(same.index)
        continue
      }
      let part = shape.parts[0]
      let core = try world.core(
        of: part.shape, marginOutside: physics.isCollisionMarginOutside)
      known.append((shape, outlines.count))
      indices.append(outlines.count)
      add(core, placed: part)
    }
  }

  /// The outline of the drone in a lane of neighbouring groups; the last group stands in for those that
  /// would follow it.
  @inline(__always)
  func outline(ofLane lane: Int, from first: Int) -> Outline {
    let inLastGroup = (indices.count - 1) / DroneLanes.laneCount * DroneLanes.laneCount
    return outlines[indices[min(first + lane, inLastGroup + lane % DroneLanes.laneCount)]]
  }

  /// Adds a core at its place in a drone.
  private mutating func add(_ core: ConvexCore, placed part: PlacedShape) {
    let points = core.corners.map { part.position + part.attitude($0) }
    let everything: [(normal: Vector<Body, Double>, corners: [Int])] = [
      (.zero, Array(points.indices))
    ]
    let sides = core.faces.isEmpty ? everything : core.faces.map { ($0.normal, $0.corners) }
    var placesOfCorner = points.map { _ in [Place]() }
    for side in sides {
      for (number, corner) in side.corners.enumerated() {
        placesOfCorner[corner].append(Place(face: faces.count, number: number))
      }
      addFace(
        normal: part.attitude(side.normal), corners: side.corners.map { points[$0] })
    }
    // A corner without a face is no corner.
    let isUsed = placesOfCorner.map { !$0.isEmpty }
    let used = points.indices.filter { isUsed[$0] }
    outlines.append(
      Outline(
        corners: append(used.map { points[$0] }), firstCorner: faceRanges.count,
        margin: core.margin, middle: part.position, heart: core.heart,
        reach: (points.map(\.norm).max() ?? 0) + core.margin))
    for corner in used {
      faceRanges.append(places.count..<places.count + placesOfCorner[corner].count)
      places += placesOfCorner[corner]
    }
  }

  private mutating func addFace(
    normal: Vector<Body, Double>, corners points: [Vector<Body, Double>]
  ) {
    let face = Face(normal: normal, corners: append(points), firstSpread: spreads.count)
    faces.append(face)
    for point in points { spreads.append(spread(from: point, on: face, below: nil)) }
  }

  private mutating func append(_ points: [Vector<Body, Double>]) -> CornerList {
    let (first, firstBlock) = (corners.count, blocks.count)
    corners += points
    for start in stride(from: 0, to: points.count, by: Corners.laneCount) {
      var block = points[0].map { Corners($0) }
      for (lane, point) in points[start...].prefix(Corners.laneCount).enumerated() {
        block[lane: lane] = point
      }
      blocks.append(block)
    }
    return CornerList(first: first, blocks: firstBlock..<blocks.count)
  }
}
