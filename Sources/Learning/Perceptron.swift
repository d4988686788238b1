package import Randomness

/// A multilayer perceptron: where its numbers stand, how it is evaluated, and its derivatives.
///
/// Layer l gives hₗ = tanh(hₗ₋₁ Wₗ + bₗ), the last one without tanh. Rows of weights are padded with
/// zeros to a multiple of 8, which stay zero.
package struct Perceptron: Sendable, Hashable {
  /// One layer.
  package struct Layer: Sendable, Hashable {
    package let inputs: Int
    package let outputs: Int
    /// The outputs, padded.
    package let width: Int
    /// Where the weights begin, `inputs` rows of `width`.
    package let weights: Int
    /// Where the biases begin, `width` of them.
    package let biases: Int
  }

  /// How many numbers there are between the layers, from the inputs to the outputs.
  package let sizes: [Int]
  package let layers: [Layer]
  /// How many parameters there are, with padding.
  package let parameterCount: Int

  package init(sizes: [Int]) {
    self.sizes = sizes
    var layers: [Layer] = []
    var end = 0
    for (inputs, outputs) in zip(sizes, sizes.dropFirst()) {
      let width = (outputs + 7) & ~7
      layers.append(
        Layer(
          inputs: inputs, outputs: outputs, width: width, weights: end,
          biases: end + inputs * width))
      end += (inputs + 1) * width
    }
    self.layers = layers
    parameterCount = end
  }

  package var inputCount: Int { sizes[0] }
  package var outputCount: Int { sizes[sizes.count - 1] }
  package var outputWidth: Int { layers[layers.count - 1].width }

  /// Evaluates some rows of inputs; the outputs are the last of the workspace's values.
  package func forward(
    _ parameters: FloatView, inputs: InputRows, rows: Int, in space: Workspace
  ) {
    var left = MatrixView(view: inputs.view, row: inputs.stride)
    for (index, layer) in layers.enumerated() {
      let depth = index == 0 ? min(inputs.count, layer.inputs) : layer.inputs
      let values = MatrixView(view: FloatView(space.values[index]), row: layer.width)
      let weights = MatrixView(view: parameters.advanced(by: layer.weights), row: layer.width)
      let biases = MatrixView(view: parameters.advanced(by: layer.biases), row: 0)
      if index < layers.count - 1 {
        multiplyTanh(
          left, weights, into: values, rows: rows, columns: layer.width, depth: depth,
          adding: biases)
      } else {
        multiply(
          left, weights, into: values, rows: rows, columns: layer.width, depth: depth,
          adding: biases)
      }
      left = values
    }
  }

  /// Adds the gradient with respect to the parameters, from that with respect to the outputs, which
  /// stands in the last of the workspace's slopes, after a forward pass of the same rows.
  package func backward(
    _ parameters: FloatView, transposed: FloatBuffer, inputs: InputRows, rows: Int,
    in space: Workspace, addingTo gradient: FloatView
  ) {
    for (index, layer) in layers.enumerated().reversed() {
      let slopes = FloatView(space.slopes[index])
      let right = MatrixView(view: slopes, row: layer.width)
      let left =
        index == 0
        ? MatrixView(view: inputs.view, row: inputs.stride)
        : MatrixView(view: FloatView(space.values[index - 1]), row: layers[index - 1].width)
      let sums = MatrixView(view: gradient.advanced(by: layer.weights), row: layer.width)
      multiply(
        left.transposed, right, into: sums,
        rows: index == 0 ? min(inputs.count, layer.inputs) : layer.inputs, columns: layer.width,
        depth: rows, adding: sums)
      addRows(rows, of: slopes, to: gradient.advanced(by: layer.biases), columns: layer.width)
      guard index > 0 else { return }
      let before = layers[index - 1]
      let weights = FloatView(transposed, from: transposedStart(index))
      multiplyTanhSlope(
        right, MatrixView(view: weights, row: before.width),
        outputs: FloatView(space.values[index - 1]),
        into: MatrixView(view: FloatView(space.slopes[index - 1]), row: before.width), rows: rows,
        columns: before.width, depth: layer.outputs)
    }
  }

  /// How many numbers the transposed weights have.
  package var transposedCount: Int { transposedStart(layers.count) }

  private func transposedStart(_ layer: Int) -> Int {
    (1..<max(layer, 1)).reduce(0) { $0 + layers[$1].outputs * layers[$1 - 1].width }
  }

  /// Writes the transposed weights of all layers but the first, which ``backward`` needs.
  package func transpose(_ parameters: FloatView, into transposed: FloatBuffer) {
    for index in layers.indices.dropFirst() {
      let (layer, width) = (layers[index], layers[index - 1].width)
      let start = transposedStart(index)
      for output in 0..<layer.outputs {
        for input in 0..<layer.inputs {
          transposed[start + output * width + input] =
            parameters[layer.weights + input * layer.width + output]
        }
      }
    }
  }

  /// Writes first weights, and zero biases.
  ///
  /// - Parameters:
  ///   - parameters: Where they go.
  ///   - orthogonal: Whether the rows or columns of each matrix are orthonormal, times the gain: √2
  ///     for hidden layers; otherwise weights are even within ±1/√inputs.
  ///   - outputGain: The gain of the last layer.
  ///   - random: Where random numbers come from.
  package func initialise(
    _ parameters: FloatView, orthogonal: Bool, outputGain: Double, using random: inout SplitMix64
  ) {
    for (index, layer) in layers.enumerated() {
      let gain = index == layers.count - 1 ? outputGain : 2.0.squareRoot()
      let bound = 1 / Double(max(layer.inputs, 1)).squareRoot()
      let matrix =
        orthogonal
        ? orthonormal(rows: layer.inputs, columns: layer.outputs, using: &random).map { $0 * gain }
        : (0..<layer.inputs * layer.outputs).map { _ in random.uniform(in: -bound...bound) }
      for input in 0..<layer.inputs {
        for output in 0..<layer.outputs {
          parameters[layer.weights + input * layer.width + output] =
            Float(matrix[input * layer.outputs + output])
        }
      }
    }
  }
}

/// A matrix whose shorter side's vectors are orthonormal, by Gram and Schmidt, twice for rounding.
package func orthonormal(rows: Int, columns: Int, using random: inout SplitMix64) -> [Double] {
  let (count, length) = (min(rows, columns), max(rows, columns))
  var vectors: [[Double]] = []
  while vectors.count < count {
    var vector = (0..<length).map { _ in random.normal() }
    for _ in 0..<2 {
      for other in vectors {
        let along = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
        for index in vector.indices { vector[index] -= along * other[index] }
      }
    }
    let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    if norm > 1e-6 { vectors.append(vector.map { $0 / norm }) }
  }
  return (0..<rows * columns).map { index in
    let (row, column) = (index / columns, index % columns)
    return rows <= columns ? vectors[row][column] : vectors[column][row]
  }
}

/// Rows that a perceptron is evaluated for.
package struct InputRows: Sendable {
  package let view: FloatView
  /// From one row to the next.
  package let stride: Int
  /// How many numbers of a row are looked at; those after them are taken for 0.
  package let count: Int

  package init(_ view: FloatView, stride: Int, count: Int) {
    self.view = view
    self.stride = stride
    self.count = count
  }
}

/// What one thread needs to evaluate a perceptron for some rows, and to differentiate it.
package struct Workspace: Sendable {
  /// What each layer gave.
  package let values: [FloatBuffer]
  /// The gradient with respect to what each layer gave, before its tanh.
  package let slopes: [FloatBuffer]

  package init(for network: Perceptron, rows: Int) {
    values = network.layers.map { FloatBuffer(count: rows * $0.width) }
    slopes = network.layers.map { FloatBuffer(count: rows * $0.width) }
  }

  package var outputs: FloatBuffer { values[values.count - 1] }
  package var outputSlopes: FloatBuffer { slopes[slopes.count - 1] }
}
