/// The mean and variance of all rows seen so far, column by column, by Welford's update of batches.
///
/// - T. F. Chan, G. H. Golub, R. J. LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing
///   Sample Variances", 1979.
package struct RunningMoments: Sendable, Hashable, Codable {
  /// How many rows were seen. [–]
  package private(set) var rowCount = 0.0
  /// The mean of each column. [–]
  package private(set) var mean: [Double]
  /// The sum of squares of what each column differs from its mean. [–]
  private var squares: [Double]

  /// No rows yet: a mean of 0 and a variance of 1.
  package init(columns: Int) {
    mean = Array(repeating: 0, count: columns)
    squares = Array(repeating: 0, count: columns)
  }

  /// Moments that are given.
  init(rowCount: Double, mean: [Double], variance: [Double]) {
    self.rowCount = rowCount
    self.mean = mean
    squares = variance.map { $0 * rowCount }
  }

  /// The variance of each column, 1 before there is any row. [–]
  package var variance: [Double] { squares.map { rowCount > 0 ? $0 / rowCount : 1 } }

  /// Whether these are moments of as many columns as others, and can be those of rows.
  func isLike(_ other: RunningMoments) -> Bool {
    mean.count == other.mean.count && squares.count == other.squares.count && rowCount >= 0
      && ([rowCount] + mean + squares).allSatisfy(\.isFinite) && squares.allSatisfy { $0 >= 0 }
  }

  /// Takes in a row.
  package mutating func add(_ row: Span<Float>) {
    rowCount += 1
    for column in mean.indices {
      let value = Double(row[column])
      let before = value - mean[column]
      mean[column] += before / rowCount
      squares[column] += before * (value - mean[column])
    }
  }
}

/// What subtracts a mean and divides by a deviation, and brings what is left within bounds.
package struct Normaliser: Sendable, Hashable {
  /// What is subtracted from each number. [–]
  package let mean: [Float]
  /// What each is then multiplied by: one over its deviation. [–]
  package let scale: [Float]
  /// The largest magnitude of what is left. [–]
  package let limit: Float

  /// One that changes nothing within the limit.
  package init(columns: Int, limit: Float) {
    mean = Array(repeating: 0, count: columns)
    scale = Array(repeating: 1, count: columns)
    self.limit = limit
  }

  /// The one that brings what has these moments to mean 0 and variance 1.
  package init(_ moments: RunningMoments, limit: Float) {
    mean = moments.mean.map { Float($0) }
    scale = moments.variance.map { Float(1 / ($0 + 1e-8).squareRoot()) }
    self.limit = limit
  }

  init(mean: [Float], scale: [Float], limit: Float) {
    self.mean = mean
    self.scale = scale
    self.limit = limit
  }

  /// The same for the first so many columns; the others give 0.
  func seeingFirst(_ count: Int) -> Normaliser {
    Normaliser(
      mean: mean, scale: scale.enumerated().map { $0 < count ? $1 : 0 }, limit: limit)
  }

  /// A number of a column, normalised.
  func callAsFunction(_ value: Float, column: Int) -> Float {
    min(max((value - mean[column]) * scale[column], -limit), limit)
  }
}
