internal import CLearning

// The C boundary: each function checks that all that C will touch is there.

/// A matrix within a buffer: the element of row i and column j is `view[i * row + j * column]`.
struct MatrixView {
  var view: FloatView
  var row: Int
  var column = 1

  var transposed: MatrixView { MatrixView(view: view, row: column, column: row) }

  @unsafe
  func pointer(rows: Int, columns: Int) -> UnsafeMutablePointer<Float> {
    let last = rows == 0 || columns == 0 ? -1 : (rows - 1) * row + (columns - 1) * column
    return unsafe view.pointer(to: last + 1)
  }
}

/// C = F + A B, or C = A B, for `rows` × `depth` and `depth` × `columns`, with columns a multiple of 8;
/// F may be C, or a row for all, with 0 numbers from one to the next.
func multiply(
  _ a: MatrixView, _ b: MatrixView, into c: MatrixView, rows: Int, columns: Int, depth: Int,
  adding first: MatrixView? = nil
) {
  precondition(columns % 8 == 0 && b.column == 1 && c.column == 1)
  let pa = unsafe a.pointer(rows: rows, columns: depth)
  let pb = unsafe b.pointer(rows: depth, columns: columns)
  let pc = unsafe c.pointer(rows: rows, columns: columns)
  let pf = unsafe first?.pointer(rows: rows, columns: columns)
  unsafe learning_multiply(
    rows, columns, depth, pa, a.row, a.column, pb, b.row, pf, first?.row ?? 0, pc, c.row)
}

/// C = tanh(F + A B); see ``multiply``.
func multiplyTanh(
  _ a: MatrixView, _ b: MatrixView, into c: MatrixView, rows: Int, columns: Int, depth: Int,
  adding first: MatrixView
) {
  precondition(columns % 8 == 0 && a.column == 1 && b.column == 1 && c.column == 1)
  let pa = unsafe a.pointer(rows: rows, columns: depth)
  let pb = unsafe b.pointer(rows: depth, columns: columns)
  let pc = unsafe c.pointer(rows: rows, columns: columns)
  let pf = unsafe first.pointer(rows: rows, columns: columns)
  unsafe learning_multiply_tanh(
    rows, columns, depth, pa, a.row, pb, b.row, pf, first.row, pc, c.row)
}

/// C = A B (1 − Y²), by elements, with the rows of Y as those of C; see ``multiply``.
func multiplyTanhSlope(
  _ a: MatrixView, _ b: MatrixView, outputs y: FloatView, into c: MatrixView, rows: Int,
  columns: Int, depth: Int
) {
  precondition(columns % 8 == 0 && a.column == 1 && b.column == 1 && c.column == 1)
  let pa = unsafe a.pointer(rows: rows, columns: depth)
  let pb = unsafe b.pointer(rows: depth, columns: columns)
  let pc = unsafe c.pointer(rows: rows, columns: columns)
  let py = unsafe MatrixView(view: y, row: c.row).pointer(rows: rows, columns: columns)
  unsafe learning_multiply_tanh_slope(
    rows, columns, depth, pa, a.row, pb, b.row, py, pc, c.row)
}

func addRows(_ rows: Int, of a: FloatView, to sums: FloatView, columns: Int) {
  precondition(columns % 8 == 0)
  unsafe learning_add_rows(
    rows, columns, a.pointer(to: rows * columns), sums.pointer(to: columns))
}

func add(_ b: FloatView, to a: FloatView, count: Int) {
  unsafe learning_add(count, b.pointer(to: count), a.pointer(to: count))
}

func squareSum(_ x: FloatView, count: Int) -> Float {
  unsafe learning_square_sum(count, x.pointer(to: count))
}

/// Rows of a matrix, in any order.
struct RowList {
  let rows: [Int]
  private let bounds: ClosedRange<Int>?

  init(_ rows: [Int]) {
    self.rows = rows
    bounds = rows.min().flatMap { least in rows.max().map { least...$0 } }
  }

  /// Copies the first `width` numbers of each of these rows, which are `stride` apart.
  func gather(_ width: Int, of source: FloatView, stride: Int, into buffer: FloatBuffer) {
    guard let bounds else { return }
    precondition(bounds.lowerBound >= 0 && rows.count * width <= buffer.count)
    let from = unsafe source.pointer(to: bounds.upperBound * stride + width)
    unsafe rows.withUnsafeBufferPointer { rows in
      guard let first = rows.baseAddress else { return }
      unsafe learning_gather(rows.count, first, from, stride, width, buffer.start)
    }
  }
}

/// One step of Adam; see ``Adam``.
func adamStep(
  gradient: FloatView, scale: Float, betas: (Float, Float), rate: Float, secondCorrection: Float,
  epsilon: Float, moments: (FloatView, FloatView), parameters: FloatView, count: Int
) {
  unsafe learning_adam(
    count, gradient.pointer(to: count), scale, betas.0, betas.1, rate, secondCorrection, epsilon,
    moments.0.pointer(to: count), moments.1.pointer(to: count), parameters.pointer(to: count))
}
