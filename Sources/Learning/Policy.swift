public import Gym

/// What was learned: from what an agent observes to what it does.
public struct Policy: Sendable, Hashable {
  /// A layer of a network: y = W x + b.
  struct Layer: Sendable, Hashable {
    let inputs: Int
    let outputs: Int
    /// W, a row an output.
    let weights: [Float]
    let biases: [Float]
  }

  /// One network: layers with tanh between them, and how far actions were drawn from what they give.
  struct Network: Sendable, Hashable {
    let layers: [Layer]
    let logDeviations: [Float]
  }

  /// What every agent may observe.
  public let observationSpace: BoxSpace
  /// What every agent may do.
  public let actionSpace: BoxSpace
  /// How observations are normalised.
  package let normaliser: Normaliser
  /// Whether tanh brings actions within their bounds, rather than clipping.
  package let squashesActions: Bool
  /// Anything worth knowing: the task, the order of observations, how it was trained.
  public var metadata: [String: String]
  /// One network that all agents share, or one each.
  let networks: [Network]

  /// How many networks there are: 1, or one for each agent.
  package var networkCount: Int { networks.count }

  var bounds: ActionBounds { ActionBounds(actionSpace, squashes: squashesActions) }

  /// A network by its number.
  ///
  /// - Throws: `badOption` where there is none.
  func network(numbered number: Int) throws(LearningError) -> Network {
    guard networks.indices.contains(number) else {
      let known = networkCount == 1 ? "it has one, number 0" : "expected 0 to \(networkCount - 1)"
      throw .badOption("the policy has no network \(number); \(known)")
    }
    return networks[number]
  }
}

extension Policy.Network {
  /// The network whose padded parameters these are.
  init(_ network: Perceptron, parameters: FloatView, deviations: FloatView) {
    layers = network.layers.map { layer in
      Policy.Layer(
        inputs: layer.inputs, outputs: layer.outputs,
        weights: (0..<layer.outputs * layer.inputs).map { index in
          let (output, input) = (index / layer.inputs, index % layer.inputs)
          return parameters[layer.weights + input * layer.width + output]
        },
        biases: (0..<layer.outputs).map { parameters[layer.biases + $0] })
    }
    logDeviations = (0..<network.outputCount).map { deviations[$0] }
  }

  var sizes: [Int] { layers.prefix(1).map(\.inputs) + layers.map(\.outputs) }

  /// The parameters, padded.
  func parameters(for network: Perceptron) -> FloatBuffer {
    let parameters = FloatBuffer(count: network.parameterCount)
    for (layer, place) in zip(layers, network.layers) {
      for output in 0..<layer.outputs {
        parameters[place.biases + output] = layer.biases[output]
        for input in 0..<layer.inputs {
          parameters[place.weights + input * place.width + output] =
            layer.weights[output * layer.inputs + input]
        }
      }
    }
    return parameters
  }
}

extension PPO where Environment: ~Copyable {
  /// What was learned so far.
  ///
  /// - Parameter metadata: What else its file should say.
  /// - Returns: The policy.
  public func policy(metadata: [String: String] = [:]) -> Policy {
    let empty = BoxSpace(count: 0, in: -1...1)
    let space: BoxSpace = if case .box(let box) = environment.actionSpace { box } else { empty }
    return Policy(
      observationSpace: environment.observationSpace, actionSpace: space, normaliser: normaliser,
      squashesActions: options.squashesActions, metadata: metadata,
      networks: learners.map { learner in
        Policy.Network(
          learner.actor, parameters: FloatView(learner.parameters),
          deviations: FloatView(learner.parameters, from: learner.deviations))
      })
  }
}

/// Plays a policy, for a fixed number of agents, without allocating.
public struct PolicyPlayer: ~Copyable, Sendable {
  /// The policy that is played.
  public let policy: Policy
  /// How many agents there are.
  package let agentCount: Int
  private let networks: [(shape: Perceptron, parameters: FloatBuffer)]
  /// Which agents each network flies, where the batch is as large as it can be.
  private let shares: [[Int]]
  private let bounds: ActionBounds
  private let space: Workspace
  private let inputs: FloatBuffer

  /// A player for so many agents; a policy of several networks takes as many agents, or a multiple.
  public init(_ policy: Policy, agentCount: Int) throws(LearningError) {
    guard agentCount > 0, agentCount % policy.networkCount == 0 else {
      throw .unfitEnvironment(
        "the policy has \(policy.networkCount) networks, which \(agentCount) agents cannot share")
    }
    self.policy = policy
    self.agentCount = agentCount
    networks = policy.networks.map { network in
      let shape = Perceptron(sizes: network.sizes)
      return (shape, network.parameters(for: shape))
    }
    shares = networks.indices.map {
      Array(stride(from: $0, to: agentCount, by: policy.networkCount))
    }
    bounds = policy.bounds
    space = Workspace(for: networks[0].shape, rows: agentCount)
    inputs = FloatBuffer(count: agentCount * policy.observationSpace.count)
  }

  /// Writes the likeliest action of each agent.
  ///
  /// - Parameters:
  ///   - observations: A row each.
  ///   - actions: A row each, all overwritten; in the middle of the bounds where an observation is no number.
  public mutating func act(on observations: Span<Float>, into actions: inout MutableSpan<Float>) {
    precondition(observations.count == agentCount * policy.observationSpace.count)
    for network in networks.indices {
      act(by: network, on: observations, rows: shares[network], into: &actions)
    }
  }

  /// Writes the likeliest actions of some agents of a batch of any size; those of others stay as they are.
  ///
  /// - Parameters:
  ///   - network: Which network they are flown by.
  ///   - observations: A row for each agent of the batch.
  ///   - rows: The rows in question, no more than there are agents.
  ///   - actions: A row for each agent of the batch.
  package mutating func act(
    by network: Int, on observations: Span<Float>, rows: [Int],
    into actions: inout MutableSpan<Float>
  ) {
    let (seen, count) = (policy.observationSpace.count, policy.actionSpace.count)
    precondition(observations.count / seen == actions.count / count)
    for (place, row) in rows.enumerated() {
      for column in 0..<seen {
        inputs[place * seen + column] = policy.normaliser(
          observations[row * seen + column], column: column)
      }
    }
    let (shape, parameters) = networks[network]
    shape.forward(
      FloatView(parameters), inputs: InputRows(FloatView(inputs), stride: seen, count: seen),
      rows: rows.count, in: space)
    for (place, row) in rows.enumerated() {
      for action in 0..<count {
        let drawn = space.outputs[place * shape.outputWidth + action]
        actions[row * count + action] =
          drawn.isFinite ? bounds.bounded(drawn, column: action) : bounds.center[action]
      }
    }
  }
}
