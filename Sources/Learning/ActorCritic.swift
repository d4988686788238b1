package import Randomness
import SpatialMath

/// The networks of one learner, its optimiser, and where its samples stand.
///
/// All parameters stand in one buffer: the actor's, the logarithms of the actions' deviations, the
/// critic's. A sample, or item, is one agent at one time, or with a centralised critic all its agents
/// at one time.
package struct ActorCritic: Sendable {
  package let actor: Perceptron
  package let critic: Perceptron
  /// Where the logarithms of the deviations begin.
  package let deviations: Int
  /// Where the critic's parameters begin.
  let criticStart: Int
  package let parameters: FloatBuffer
  let actorTransposed: FloatBuffer
  let criticTransposed: FloatBuffer
  var adam: Adam

  /// How many agents an item has.
  let groupCount: Int
  /// How many rows there are from one item to the next.
  let itemStride: Int
  /// The row of the first item, within an environment.
  let firstAgent: Int
  /// Where the critic's input of the first item begins.
  let criticOffset: Int
  /// How many numbers of an observation the actor looks at.
  let actorSeenCount: Int
  /// How many numbers of its input the critic looks at.
  let criticSeenCount: Int

  package init(
    agents: Range<Int>, agentCount: Int, observationCount: Int, actionCount: Int,
    options: PPOOptions, random: inout SplitMix64
  ) {
    let isCentral = options.critic == .centralised
    let isOneByOne = options.networks == .shared && !isCentral
    groupCount = isCentral ? agents.count : 1
    itemStride = isOneByOne ? 1 : agentCount
    firstAgent = agents.lowerBound
    criticOffset = isCentral ? 0 : agents.lowerBound * observationCount
    let seen = isCentral ? agentCount * observationCount : observationCount
    actor = Perceptron(sizes: [observationCount] + options.hiddenSizes + [actionCount])
    critic = Perceptron(sizes: [seen] + options.hiddenSizes + [groupCount])
    actorSeenCount = min(options.seenCount ?? observationCount, observationCount)
    criticSeenCount = isCentral ? seen : actorSeenCount
    deviations = actor.parameterCount
    criticStart = deviations + ((actionCount + 7) & ~7)
    parameters = FloatBuffer(count: criticStart + critic.parameterCount)
    actorTransposed = FloatBuffer(count: actor.transposedCount)
    criticTransposed = FloatBuffer(count: critic.transposedCount)
    adam = Adam(count: parameters.count)
    let isOrthogonal = options.initialisesOrthogonally
    actor.initialise(
      FloatView(parameters), orthogonal: isOrthogonal, outputGain: isOrthogonal ? 0.01 : 1,
      using: &random)
    critic.initialise(
      FloatView(parameters, from: criticStart), orthogonal: isOrthogonal, outputGain: 1,
      using: &random)
    for action in 0..<actionCount {
      parameters[deviations + action] = options.initialLogDeviation
    }
    transpose()
  }

  /// Whether actor and critic see the same.
  var sharesInputs: Bool { groupCount == 1 && critic.inputCount == actor.inputCount }

  /// Brings the transposed weights up to date.
  func transpose() {
    actor.transpose(FloatView(parameters), into: actorTransposed)
    critic.transpose(FloatView(parameters, from: criticStart), into: criticTransposed)
  }

  /// The rows of all samples of some items.
  func rows(of items: ArraySlice<Int>) -> RowList {
    RowList(items.flatMap { row(of: $0)..<row(of: $0) + groupCount })
  }

  /// The first row of an item.
  func row(of item: Int) -> Int { item * itemStride + firstAgent }

  /// The row of a sample among those of the items from one on.
  func row(ofSample sample: Int, from item: Int) -> Int {
    groupCount == 1 ? row(of: item + sample) : row(of: item) + sample
  }

  /// How many items some rows of whole environments have.
  func itemCount(rows: Int) -> Int { rows / itemStride }

  /// The logarithms of the deviations, and the deviations.
  func deviation(count: Int) -> [(logarithm: Float, value: Float)] {
    (0..<count).map { action in
      let logarithm = parameters[deviations + action]
      return (logarithm, Float(Double(logarithm).exponential()))
    }
  }
}
