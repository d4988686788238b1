import Learning
import Randomness
import Testing

struct PerceptronTests {
  private let network = Perceptron(sizes: [5, 12, 9, 3])

  /// The outputs by the definition, in double precision.
  private func outputs(_ parameters: [Float], _ inputs: [Float]) -> [Double] {
    var values = inputs.map(Double.init)
    for (index, layer) in network.layers.enumerated() {
      values = (0..<layer.outputs).map { output in
        var sum = Double(parameters[layer.biases + output])
        for input in 0..<layer.inputs {
          sum += values[input] * Double(parameters[layer.weights + input * layer.width + output])
        }
        return index == network.layers.count - 1 ? sum : tanhByDefinition(sum)
      }
    }
    return values
  }

  private func tanhByDefinition(_ x: Double) -> Double {
    // (1 − e⁻²ˣ) / (1 + e⁻²ˣ), with the exponential as a limit of its series.
    var (term, e) = (1.0, 1.0)
    for k in 1...60 {
      term *= -2 * x / Double(k)
      e += term
    }
    return (1 - e) / (1 + e)
  }

  private func randomParameters(_ random: inout SplitMix64) -> FloatBuffer {
    let parameters = FloatBuffer(count: network.parameterCount)
    network.initialise(
      FloatView(parameters), orthogonal: true, outputGain: 1, using: &random)
    for layer in network.layers {
      for output in 0..<layer.outputs {
        parameters[layer.biases + output] = Float(random.uniform(in: -0.5...0.5))
      }
    }
    return parameters
  }

  @Test("gives what its definition says, for any number of rows", arguments: [1, 3, 4, 7, 130])
  func forwardMatchesTheDefinition(rows: Int) {
    var random = SplitMix64(seed: UInt64(rows))
    let parameters = randomParameters(&random)
    let inputs = FloatBuffer((0..<rows * 5).map { _ in Float(random.uniform(in: -2...2)) })
    let space = Workspace(for: network, rows: rows)
    network.forward(
      FloatView(parameters), inputs: InputRows(FloatView(inputs), stride: 5, count: 5), rows: rows,
      in: space)
    for row in 0..<rows {
      let expected = outputs(
        parameters.values, Array(inputs.values[row * 5..<(row + 1) * 5]))
      for output in 0..<3 {
        #expect(abs(Double(space.outputs[row * 8 + output]) - expected[output]) < 2e-6)
      }
    }
  }

  /// The loss is Σ cᵢⱼ yᵢⱼ with fixed c, so its slope with respect to the outputs is c.
  ///
  /// Central differences of step h in double precision are right to h² ≈ 1e-8; the rest is single precision.
  @Test("its gradient is that of finite differences", arguments: 0..<5 as Range<UInt64>)
  func gradientMatchesDifferences(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let rows = 6
    let parameters = randomParameters(&random)
    let inputs = FloatBuffer((0..<rows * 5).map { _ in Float(random.uniform(in: -1...1)) })
    let slopes = (0..<rows * 3).map { _ in Float(random.uniform(in: -1...1)) }
    let space = Workspace(for: network, rows: rows)
    let gradient = FloatBuffer(count: network.parameterCount)
    let transposed = FloatBuffer(count: network.transposedCount)
    network.transpose(FloatView(parameters), into: transposed)
    network.forward(
      FloatView(parameters), inputs: InputRows(FloatView(inputs), stride: 5, count: 5), rows: rows,
      in: space)
    for row in 0..<rows {
      for output in 0..<3 { space.outputSlopes[row * 8 + output] = slopes[row * 3 + output] }
    }
    network.backward(
      FloatView(parameters), transposed: transposed,
      inputs: InputRows(FloatView(inputs), stride: 5, count: 5),
      rows: rows, in: space, addingTo: FloatView(gradient))

    func loss(_ values: [Float]) -> Double {
      (0..<rows).reduce(0) { sum, row in
        let y = outputs(values, Array(inputs.values[row * 5..<(row + 1) * 5]))
        return (0..<3).reduce(sum) { $0 + y[$1] * Double(slopes[row * 3 + $1]) }
      }
    }
    var values = parameters.values
    for index in values.indices {
      let (value, h) = (values[index], Float(0x1p-10))
      values[index] = value + h
      let above = (loss(values), Double(values[index]))
      values[index] = value - h
      let difference = (above.0 - loss(values)) / (above.1 - Double(values[index]))
      values[index] = value
      #expect(abs(Double(gradient[index]) - difference) < 2e-5, "parameter \(index)")
    }
  }

  @Test("first weights are orthogonal, times their gain")
  func weightsAreOrthogonal() {
    var random = SplitMix64(seed: 3)
    let matrix = orthonormal(rows: 7, columns: 4, using: &random)
    for one in 0..<4 {
      for other in 0..<4 {
        let product = (0..<7).reduce(0) { $0 + matrix[$1 * 4 + one] * matrix[$1 * 4 + other] }
        #expect(abs(product - (one == other ? 1 : 0)) < 1e-12)
      }
    }
  }
}

struct AdamTests {
  @Test("three steps are those of the paper's formulas")
  func stepsMatchTheFormulas() {
    let parameters = FloatBuffer([0.5, -1, 2])
    var adam = Adam(count: 3)
    var (x, m, v) = ([0.5, -1.0, 2], [0.0, 0, 0], [0.0, 0, 0])
    for step in 1...3 {
      let gradient = [0.3 * Double(step), -2, 0.001]
      adam.step(
        parameters, gradient: FloatBuffer(gradient.map { Float($0) }), scale: 0.5, rate: 0.01,
        epsilon: 1e-5)
      for i in 0..<3 {
        let g = 0.5 * gradient[i]
        m[i] = 0.9 * m[i] + 0.1 * g
        v[i] = 0.999 * v[i] + 0.001 * g * g
        let (b1, b2) = (power(0.9, step), power(0.999, step))
        x[i] -= 0.01 * (m[i] / (1 - b1)) / ((v[i] / (1 - b2)).squareRoot() + 1e-5)
      }
    }
    // The rounding of three steps of 0.01 to single precision, and of 1 − 0.999 to 1e-4 of it.
    for i in 0..<3 { #expect(abs(Double(parameters[i]) - x[i]) < 3e-6) }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}

struct AdvantageTests {
  /// Â by its definition: Σ (γλ)ˡ δₜ₊ₗ up to the end of the episode.
  @Test("advantages are the discounted sums of surprises", arguments: 0..<20 as Range<UInt64>)
  func matchTheDefinition(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = 12
    func draw() -> [Float] { (0..<count).map { _ in Float(random.uniform(in: -1...1)) } }
    let (rewards, values, nexts) = (draw(), draw(), draw())
    let lasts = (0..<count).map { _ in random.uniform(in: 0...1) < 0.2 }
    var estimator = AdvantageEstimator(discount: 0.9, decay: 0.8)
    for time in (0..<count).reversed() {
      let advantage = estimator.step(
        reward: rewards[time], value: values[time], next: nexts[time], isLast: lasts[time])
      var (expected, weight) = (0.0, 1.0)
      for later in time..<count {
        expected +=
          weight * Double(rewards[later] + 0.9 * nexts[later] - values[later])
        if lasts[later] { break }
        weight *= 0.72
      }
      #expect(abs(Double(advantage) - expected) < 1e-5)
    }
  }
}
