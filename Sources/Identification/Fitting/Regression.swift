/// A linear regression y = Σ aᵢ xᵢ by least squares.
package struct Regression {
  /// The coefficients a; NaN where the columns do not tell them apart. [y's unit over a column's]
  package let coefficients: [Double]
  /// The sum of the squares of what is left. [y's unit squared]
  package let rest: Double
  /// The sum of the squares of y.
  let total: Double
  /// How many rows there are. [–]
  let count: Int

  /// The mean square of what is left.
  var meanSquare: Double { rest / Double(max(1, count)) }
  /// The share that is explained. [–]
  package var explained: Double { 1 - rest / total }

  /// A guess of one coefficient beforehand, and its weight in squares of y.
  package struct Prior {
    let index: Int
    let value: Double
    let weight: Double

    package init(index: Int, value: Double, weight: Double) {
      (self.index, self.value, self.weight) = (index, value, weight)
    }
  }

  /// Solves the normal equations.
  ///
  /// - Parameters:
  ///   - y: What is explained.
  ///   - columns: By what.
  ///   - prior: What is known of a coefficient.
  package init(_ y: [Double], by columns: [[Double]], prior: Prior? = nil) {
    var matrix = columns.map { a in columns.map { dot(a, $0) } }
    var sides = columns.map { dot($0, y) }
    if let prior {
      matrix[prior.index][prior.index] += prior.weight
      sides[prior.index] += prior.weight * prior.value
    }
    let a = solve(matrix, sides)
    var rest = 0.0
    for row in y.indices {
      var left = y[row]
      for index in columns.indices { left -= a[index] * columns[index][row] }
      rest += left * left
    }
    (coefficients, self.rest) = (a, rest)
    (total, count) = (dot(y, y), y.count)
  }
}

/// The sum of products.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in 0..<min(a.count, b.count) { sum += a[index] * b[index] }
  return sum
}

/// The solution of a few linear equations, by Gauss' elimination with pivots; NaN where there is none.
func solve(_ matrix: [[Double]], _ sides: [Double]) -> [Double] {
  var rows = zip(matrix, sides).map { $0 + [$1] }
  let count = rows.count
  for column in 0..<count {
    let pivot = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
    rows.swapAt(column, pivot)
    guard abs(rows[column][column]) > 0 else { return sides.map { _ in .nan } }
    for row in 0..<count where row != column {
      let factor = rows[row][column] / rows[column][column]
      for index in column...count { rows[row][index] -= factor * rows[column][index] }
    }
  }
  return (0..<count).map { rows[$0][count] / rows[$0][$0] }
}
