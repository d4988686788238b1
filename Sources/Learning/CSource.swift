import Gym

/// One network of a policy as a C99 header: normalisation, weights and bounds, without heap, without the
/// mathematical library, without any function of others.
///
/// The C evaluates what ``PolicyPlayer`` does, sum by sum in the same order, and its tanh is the one of
/// CLearning.c. Its operations are written so that a compiler told `-ffast-math`, as firmware is, comes to the
/// same but for rounding, and finds numbers that are none by their bits.
package struct CSource: Sendable {
  /// How weights are kept.
  package enum Weights: String, Sendable, CaseIterable {
    /// As they are.
    case float
    /// In eight bits, with a scale for each output; sums are in single precision.
    case int8
  }

  private let policy: Policy
  private let network: Policy.Network
  private let weights: Weights
  /// What all names in the header begin with.
  private let prefix: String

  /// The source of a network.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - network: Which of its networks.
  ///   - weights: How weights are kept.
  ///   - name: What all names in the header begin with.
  /// - Throws: `badOption` where there is no such network, or the name is none in C.
  package init(
    _ policy: Policy, network: Int = 0, weights: Weights = .float, name: String
  ) throws(LearningError) {
    self.network = try policy.network(numbered: network)
    guard name.wholeMatch(of: /[A-Za-z][A-Za-z0-9_]{0,63}/) != nil else {
      throw .badOption(
        "'\(name.prefix(80))' cannot begin names in C; expected a letter, then letters, digits and _"
      )
    }
    (self.policy, self.weights, prefix) = (policy, weights, name)
  }

  /// The whole header.
  ///
  /// - Parameters:
  ///   - notes: Lines for the comment at its beginning.
  ///   - rate: How many actions make a second. [Hz]
  /// - Returns: The text.
  package func text(notes: [String], rate: Int) -> String {
    let guardName = prefix.uppercased() + "_H"
    let comment = notes.map { $0.isEmpty ? "//" : "// " + $0 }
    let parts = [
      comment.joined(separator: "\n"), "#ifndef \(guardName)\n#define \(guardName)",
      "#include <stdint.h>", sizes(rate), constants, functions, "#endif",
    ]
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func sizes(_ rate: Int) -> String {
    """
    enum {
      // Actions in a second.
      \(prefix.uppercased())_RATE = \(rate),
      \(prefix.uppercased())_OBSERVATION_COUNT = \(policy.observationSpace.count),
      \(prefix.uppercased())_ACTION_COUNT = \(policy.actionSpace.count)
    };
    """
  }

  private var constants: String {
    var arrays = [
      array("mean", policy.normaliser.mean), array("scale", policy.normaliser.scale),
      array("center", policy.bounds.center), array("reach", policy.bounds.reach),
    ]
    for (index, layer) in network.layers.enumerated() {
      switch weights {
      case .float: arrays.append(array("weights\(index)", layer.weights))
      case .int8:
        let rounded = RoundedWeights(layer)
        arrays.append(array("weights\(index)", rounded.numbers))
        arrays.append(array("scales\(index)", rounded.scales))
      }
      arrays.append(array("biases\(index)", layer.biases))
    }
    return arrays.joined(separator: "\n")
  }

  private func array(_ name: String, _ values: [Float]) -> String {
    array("float", name, values.map { "\($0)f" })
  }

  private func array(_ name: String, _ values: [Int8]) -> String {
    array("int8_t", name, values.map { "\($0)" })
  }

  private func array(_ type: String, _ name: String, _ values: [String]) -> String {
    var lines: [String] = []
    var line = ""
    for value in values {
      if line.count + value.count > 96 {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? "  \(value)," : " \(value),"
    }
    return "static const \(type) \(prefix)_\(name)[\(values.count)] = {\n"
      + (lines + [line]).joined(separator: "\n") + "\n};"
  }
}

extension CSource {
  /// What evaluating the network takes.
  package var cost: Cost {
    let (layers, sizes) = (network.layers, network.sizes)
    let weightCount = layers.reduce(0) { $0 + $1.weights.count }
    let outputCount = layers.reduce(0) { $0 + $1.outputs }
    let ends = 2 * (policy.observationSpace.count + policy.actionSpace.count)
    let constantBytes =
      switch weights {
      case .float: 4 * (weightCount + outputCount + ends)
      case .int8: weightCount + 4 * (2 * outputCount + ends)
      }
    let hidden = outputCount - policy.actionSpace.count
    return Cost(
      constantBytes: constantBytes, stackBytes: 8 * (sizes.max() ?? 0),
      multiplyAdds: weightCount,
      tanhs: hidden + (policy.squashesActions ? policy.actionSpace.count : 0))
  }

  /// What evaluating a network takes.
  package struct Cost: Sendable, Hashable, Encodable {
    /// The weights, biases, scales and bounds, all of them constant. [byte]
    package let constantBytes: Int
    /// The numbers between layers, on the stack. [byte]
    package let stackBytes: Int
    /// How many numbers are multiplied and added, for one action. [–]
    package let multiplyAdds: Int
    /// How many hyperbolic tangents are taken, for one action. [–]
    package let tanhs: Int
  }

  private var functions: String {
    let text = CSourceText(prefix: prefix)
    return [text.numbers, text.tanh, text.layer(weights), act(text)].joined(separator: "\n\n")
  }

  /// The function that users call.
  private func act(_ text: CSourceText) -> String {
    var calls: [String] = []
    for (index, layer) in network.layers.enumerated() {
      let (from, to) = index.isMultiple(of: 2) ? ("x", "y") : ("y", "x")
      let scales = weights == .int8 ? "\(prefix)_scales\(index), " : ""
      calls.append(
        "  \(prefix)_layer(\(prefix)_weights\(index), \(scales)\(prefix)_biases\(index), \(layer.inputs), "
          + "\(layer.outputs), \(from), \(to));")
      guard index < network.layers.count - 1 else { break }
      calls.append(
        "  for (int i = 0; i < \(layer.outputs); i++) \(to)[i] = \(prefix)_tanh(\(to)[i]);")
    }
    return text.act(
      widest: network.sizes.max() ?? 0, limit: "\(policy.normaliser.limit)f", calls: calls,
      last: network.layers.count.isMultiple(of: 2) ? "x" : "y",
      bound: policy.squashesActions ? "\(prefix)_tanh(drawn)" : "\(prefix)_clip(drawn, 1.0f)")
  }
}
