/// The solution x of the linear system A x = b, by elimination with partial pivoting, or `nil` where A
/// is singular.
///
/// - Parameters:
///   - matrix: The rows of A.
///   - vector: The right-hand side b.
/// - Returns: The solution.
func solveLinear(_ matrix: [[Double]], _ vector: [Double]) -> [Double]? {
  var rows = zip(matrix, vector).map { $0 + [$1] }
  let count = rows.count
  for column in 0..<count {
    guard
      let pivot = (column..<count).max(by: { abs(rows[$0][column]) < abs(rows[$1][column]) }),
      abs(rows[pivot][column]) > 1e-12 * (rows[pivot].map(abs).max() ?? 0)
    else { return nil }
    rows.swapAt(column, pivot)
    for row in (column + 1)..<max(count, column + 1) where rows[row][column] != 0 {
      let factor = rows[row][column] / rows[column][column]
      for k in column...count { rows[row][k] -= factor * rows[column][k] }
    }
  }
  var solution = [Double](repeating: 0, count: count)
  for row in (0..<count).reversed() {
    var sum = rows[row][count]
    for k in (row + 1)..<max(count, row + 1) { sum -= rows[row][k] * solution[k] }
    solution[row] = sum / rows[row][row]
  }
  return solution.allSatisfy(\.isFinite) ? solution : nil
}
