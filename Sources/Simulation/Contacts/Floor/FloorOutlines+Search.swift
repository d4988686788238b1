import SpatialMath

// Looks for corners among many.
extension FloorOutlines {
  /// The other corners of a face that spread farthest about one of them.
  struct Spread: Sendable {
    /// The farthest, and the farthest on either side of the line to it: numbers of corners of the face, -1
    /// where there is none.
    ///
    /// Where all others are on one side, they are the farthest there and the farthest outside the triangle of the
    /// three.
    var numbers = SIMD3<Int>(repeating: -1)
    /// How far away the farthest is. [m]
    var distance = 0.0
  }

  /// The half space below a plane, along a direction in the body's frame.
  struct Depth {
    /// Upward. [–]
    let normal: Vector<Body, Double>
    /// How far up it reaches. [m]
    let height: Double
  }

  /// A line from one corner to another of a face.
  private struct Line {
    private let start: Vector<Body, Corners>
    private let across: Vector<Body, Corners>

    init(from a: Vector<Body, Double>, to b: Vector<Body, Double>, normal: Vector<Body, Double>) {
      start = a.map { Corners($0) }
      across = normal.cross(b - a).map { Corners($0) }
    }

    /// How far to the left corners are, times the length of the line. [m²]
    @inline(__always)
    func area(_ corners: Vector<Body, Corners>) -> Corners { (corners - start).dot(across) }
  }

  /// How much of the square of the way between two corners the area beside it takes, at least, before a
  /// third counts as off the line. [–]
  private static var smallestArea: Double { 1e-6 }

  /// The first of the corners that are lowest along a direction, among some: its number.
  @inline(__always)
  func lowest(of list: CornerList, along direction: Vector<Body, Double>) -> Int {
    let up = direction.map { Corners($0) }
    var lowest = Lowest()
    for block in list.blocks { lowest.take(blocks[block].dot(up)) }
    return lowest.first.number
  }

  /// The corners of a face that spread farthest about one of them.
  ///
  /// - Parameters:
  ///   - first: The corner.
  ///   - face: The face.
  ///   - depth: The half space in which others count; `nil` for all.
  /// - Returns: The corners.
  @inline(never)
  func spread(from first: Vector<Body, Double>, on face: Face, below depth: Depth?) -> Spread {
    let list = face.corners
    let start = first.map { Corners($0) }
    var spread = Spread()
    var farthest = Lowest()
    for block in list.blocks {
      farthest.take(-(blocks[block] - start).squaredNorm, where: isIn(depth, block))
    }
    let (number, negative) = farthest.first
    guard negative < 0 else { return spread }
    let way = corners[list.first + number] - first
    (spread.numbers.x, spread.distance) = (number, way.norm)
    let second = corners[list.first + number]
    let line = Line(from: first, to: second, normal: face.normal)
    var (left, right) = (Lowest(), Lowest())
    for block in list.blocks {
      let (area, isIn) = (line.area(blocks[block]), isIn(depth, block))
      left.take(-area, where: isIn)
      right.take(area, where: isIn)
    }
    let least = Self.smallestArea * negative
    let (onLeft, onRight) = (left.first.value < least, right.first.value < least)
    if onLeft { spread.numbers.y = left.first.number }
    if onRight { spread.numbers.z = right.first.number }
    if onLeft, !onRight {
      let third = corners[list.first + left.first.number]
      spread.numbers.z = outside(first, second, third, on: face, below: depth, least: least)
    } else if onRight, !onLeft {
      let third = corners[list.first + right.first.number]
      spread.numbers.y = outside(second, first, third, on: face, below: depth, least: least)
    }
    return spread
  }

  /// The corner of a face that is farthest outside a triangle, which goes round to the left from `a` over `b`
  /// to `c`, beyond its second side or its third; -1 if there is none.
  private func outside(
    _ a: Vector<Body, Double>, _ b: Vector<Body, Double>, _ c: Vector<Body, Double>, on face: Face,
    below depth: Depth?, least: Double
  ) -> Int {
    let second = Line(from: b, to: c, normal: face.normal)
    let third = Line(from: c, to: a, normal: face.normal)
    var lowest = Lowest()
    for block in face.corners.blocks {
      let area = second.area(blocks[block]).lowered(to: third.area(blocks[block]))
      lowest.take(area, where: isIn(depth, block))
    }
    return lowest.first.value < least ? lowest.first.number : -1
  }

  /// Which corners of a block are in a half space.
  @inline(__always)
  private func isIn(_ depth: Depth?, _ block: Int) -> Corners.Mask {
    guard let depth else { return Corners.zero .<= Corners.zero }
    return blocks[block].dot(depth.normal.map { Corners($0) }) .<= Corners(depth.height)
  }

  /// Of numbers that come in blocks, one after the other, the lowest, and where it was.
  private struct Lowest {
    private var values = Corners(.infinity)
    private var places = Corners.zero
    private var next = Corners.laneNumbers

    /// Takes a block into account.
    @inline(__always)
    mutating func take(_ numbers: Corners) {
      let isLower = numbers .< values
      values = values.replacing(with: numbers, where: isLower)
      places = places.replacing(with: next, where: isLower)
      next += Corners(Double(Corners.laneCount))
    }

    /// Takes some numbers of a block into account.
    @inline(__always)
    mutating func take(_ numbers: Corners, where mask: Corners.Mask) {
      take(Corners(.infinity).replacing(with: numbers, where: mask))
    }

    /// The lowest number, and the first place where it was.
    @inline(__always)
    var first: (number: Int, value: Double) {
      let value = values.least
      let isLowest = values .<= Corners(value)
      let first = Corners(Double(Int32.max)).replacing(with: places, where: isLowest).least
      // No number is below infinity where a drone's state is not finite.
      return (value < .infinity ? Int(first) : 0, value)
    }
  }
}
