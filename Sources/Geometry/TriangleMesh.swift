public import SpatialMath

/// A surface of triangles, such as terrain or a scanned room.
public struct TriangleMesh: Sendable, Equatable {
  /// The corners of all triangles, each once. [m]
  package let points: [Vector<Body, Double>]
  /// Three indices of points a triangle, counterclockwise as seen from outside.
  package let corners: [Int32]

  /// A mesh.
  ///
  /// - Parameters:
  ///   - points: The corners of all triangles. [m]
  ///   - corners: Three indices of points a triangle.
  public init(points: [Vector<Body, Double>], corners: [Int32]) {
    precondition(corners.count % 3 == 0, "three corners a triangle, not \(corners.count) in all")
    precondition(
      corners.allSatisfy { points.indices.contains(Int($0)) }, "corners are indices of points")
    (self.points, self.corners) = (points, corners)
  }

  /// How many triangles there are.
  package var triangleCount: Int { corners.count / 3 }

  /// Points whose convex hull is nearly that of the mesh: all that it has, up to 64, or else the farthest
  /// along each of 200 directions that are spread evenly over the sphere. [m]
  package func hullPoints() -> [Vector<Body, Double>] {
    let used = Set(corners).sorted().map { points[Int($0)] }
    guard used.count > 64 else { return used }
    let count = 200
    var chosen: Set<Int> = []
    for number in 0..<count {
      // Along a spiral by the golden angle.
      let height = 1 - (2 * Double(number) + 1) / Double(count)
      let radius = (1 - height * height).squareRoot()
      let (sine, cosine) = (Double(number) * .pi * (3 - 5.0.squareRoot())).sineAndCosine()
      let direction = Vector<Body, Double>(radius * cosine, radius * sine, height)
      let farthest = used.indices.max { used[$0].dot(direction) < used[$1].dot(direction) }
      if let farthest { chosen.insert(farthest) }
    }
    return chosen.sorted().map { used[$0] }
  }
}

extension Shape {
  /// Terrain: heights over a level grid about the origin.
  ///
  /// - Parameters:
  ///   - heights: The heights, row after row along x, the first row at the lowest y; at least two
  ///     rows of at least two. [m]
  ///   - columns: How many heights a row has.
  ///   - spacing: The distance between neighbours, along x and along y. [m]
  /// - Returns: A mesh of two triangles a cell, seen from above.
  public static func heightfield(_ heights: [Double], columns: Int, spacing: Double) -> Shape {
    precondition(columns >= 2 && heights.count % columns == 0, "whole rows of 2 heights or more")
    let rows = heights.count / columns
    precondition(rows >= 2, "at least 2 rows, not \(rows)")
    let middle = Vector<Body, Double>(Double(columns - 1) / 2, Double(rows - 1) / 2, 0)
    let points = heights.enumerated().map { place, height in
      let (row, column) = (Double(place / columns), Double(place % columns))
      return Vector<Body, Double>(
        spacing * (column - middle.x), spacing * (row - middle.y), height)
    }
    var corners: [Int32] = []
    for row in 0..<rows - 1 {
      for column in 0..<columns - 1 {
        let a = Int32(row * columns + column)
        let (b, c, d) = (a + 1, a + Int32(columns), a + Int32(columns) + 1)
        corners += [a, b, d, a, d, c]
      }
    }
    return .mesh(TriangleMesh(points: points, corners: corners))
  }
}
