/// The weights of a layer in eight bits: w ≈ s q with |q| ≤ 127, and a scale s for each output, one 127th of its
/// largest weight.
struct RoundedWeights {
  /// q, a row an output. [–]
  let numbers: [Int8]
  /// s, one for each output. [–]
  let scales: [Float]

  init(_ layer: Policy.Layer) {
    var (numbers, scales): ([Int8], [Float]) = ([], [])
    for output in 0..<layer.outputs {
      let row = layer.weights[output * layer.inputs..<(output + 1) * layer.inputs]
      let largest = row.reduce(Float(0)) { max($0, $1.magnitude) }
      scales.append(largest / 127)
      // A scale that is no normal number stands for weights that add nothing.
      let factor = largest / 127 >= .leastNormalMagnitude ? 127 / largest : 0
      numbers += row.map { Int8(max(-127, min(127, ($0 * factor).rounded()))) }
    }
    (self.numbers, self.scales) = (numbers, scales)
  }
}

extension Policy.Network {
  fileprivate var rounded: Policy.Network {
    Policy.Network(
      layers: layers.map { layer in
        let rounded = RoundedWeights(layer)
        let weights = rounded.numbers.enumerated().map { index, number in
          rounded.scales[index / layer.inputs] * Float(number)
        }
        return Policy.Layer(
          inputs: layer.inputs, outputs: layer.outputs, weights: weights, biases: layer.biases)
      }, logDeviations: logDeviations)
  }
}

extension Policy {
  /// The policy with the weights that eight bits can say.
  package var rounded: Policy {
    Policy(
      observationSpace: observationSpace, actionSpace: actionSpace, normaliser: normaliser,
      squashesActions: squashesActions, metadata: metadata, networks: networks.map(\.rounded))
  }
}
