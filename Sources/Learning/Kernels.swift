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

func addRows(_ rows: Int, of a: FloatView, to sums: FloatView, columns: Int) {
  unsafe learning_add_rows(
    rows, columns, a.pointer(to: rows * columns), sums.pointer(to: columns))
}

func applyTanh(_ x: FloatView, count: Int) {
  unsafe learning_tanh(count, x.pointer(to: count))
}

func applyTanhGradient(_ g: FloatView, outputs y: FloatView, count: Int) {
  unsafe learning_tanh_gradient(count, y.pointer(to: count), g.pointer(to: count))
}

func add(_ b: FloatView, to a: FloatView, count: Int) {
  unsafe learning_add(count, b.pointer(to: count), a.pointer(to: count))
}

func squareSum(_ x: FloatView, count: Int) -> Float {
  unsafe learning_square_sum(count, x.pointer(to: count))
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
