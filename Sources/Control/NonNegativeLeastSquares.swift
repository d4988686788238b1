/// The x ≥ 0 that comes nearest to A x = b in the sense of least squares.
///
/// Some of the components of the best x are 0, and the others solve the problem without bounds: all
/// choices of which are tried, so that it is for a handful of columns.
///
/// - Parameters:
///   - matrix: The rows of A.
///   - vector: The right-hand side b.
/// - Returns: The best x.
func nonNegativeLeastSquares(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
  let count = matrix[0].count
  var best = [Double](repeating: 0, count: count)
  var least = vector.reduce(0) { $0 + $1 * $1 }
  for choice in 1..<(1 << count) {
    let columns = (0..<count).filter { choice >> $0 & 1 == 1 }
    let normal = columns.map { a in
      columns.map { b in matrix.reduce(0) { $0 + $1[a] * $1[b] } }
    }
    let right = columns.map { a in zip(matrix, vector).reduce(0) { $0 + $1.0[a] * $1.1 } }
    guard let part = solveLinear(normal, right), part.allSatisfy({ $0 >= 0 }) else { continue }
    var x = [Double](repeating: 0, count: count)
    for (column, value) in zip(columns, part) { x[column] = value }
    let misses = zip(matrix, vector).map { row, value in
      zip(row, x).reduce(-value) { $0 + $1.0 * $1.1 }
    }
    let residual = misses.reduce(0) { $0 + $1 * $1 }
    if residual < least { (best, least) = (x, residual) }
  }
  return best
}
