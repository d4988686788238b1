import Gym
import Randomness
import SpatialMath
import Workers

/// Evaluates and differentiates the networks of a learner, chunk by chunk, on several threads.
struct MinibatchTrainer: Sendable {
  /// How many rows of an actor's samples a chunk has at most; it fixes the order of sums.
  static let chunkRows = 128

  private let options: PPOOptions
  private let pool: ThreadPool
  private let layout: BatchLayout
  private let chunkItems: Int
  private let actorSpaces: [Workspace]
  private let criticSpaces: [Workspace]
  private let actorInputs: [FloatBuffer]
  private let criticInputs: [FloatBuffer]
  private let gradients: FloatBuffer
  private let gradient: FloatBuffer

  init(
    for learner: ActorCritic, options: PPOOptions, layout: BatchLayout, itemCount: Int,
    pool: ThreadPool
  ) {
    self.options = options
    self.pool = pool
    self.layout = layout
    chunkItems = max(Self.chunkRows / learner.groupCount, 1)
    let (items, rows) = (chunkItems, chunkItems * learner.groupCount)
    let threads = 0..<pool.threadCount
    actorSpaces = threads.map { _ in Workspace(for: learner.actor, rows: rows) }
    criticSpaces = threads.map { _ in Workspace(for: learner.critic, rows: items) }
    actorInputs = threads.map { _ in FloatBuffer(count: rows * learner.actor.inputCount) }
    criticInputs = threads.map { _ in FloatBuffer(count: items * learner.critic.inputCount) }
    let largest = (itemCount + options.minibatchCount - 1) / options.minibatchCount
    let chunks = (largest + items - 1) / items
    gradients = FloatBuffer(count: chunks * learner.parameters.count)
    gradient = FloatBuffer(count: learner.parameters.count)
  }

  // MARK: Playing

  /// Draws the actions of all agents of a learner at one time.
  func act(_ learner: ActorCritic, _ rollout: Rollout, time: Int, noise: SplitMix64) {
    let first = time * rollout.rowCount
    let (seen, count) = (layout.observationCount, layout.actionCount)
    let items = learner.itemCount(rows: rollout.rowCount)
    let deviation = learner.deviation(count: count)
    let constant = deviation.reduce(Float(count) * halfLogTwoPi) { $0 + $1.logarithm }
    let spaces = actorSpaces
    let chunkItems = chunkItems
    pool.forEachChunk((items + chunkItems - 1) / chunkItems) { chunk, thread in
      let from = chunk * chunkItems
      let rows = (min(from + chunkItems, items) - from) * learner.groupCount
      learner.actor.forward(
        FloatView(learner.parameters),
        inputs: InputRows(
          FloatView(rollout.observations, from: (first + learner.row(of: from)) * seen),
          stride: (learner.groupCount == 1 ? learner.itemStride : 1) * seen,
          count: learner.actorSeenCount),
        rows: rows, in: spaces[thread])
      let (means, width) = (spaces[thread].outputs, learner.actor.outputWidth)
      for sample in 0..<rows {
        let row = learner.row(ofSample: sample, from: from)
        var random = noise.stream(UInt64(row))
        var logDensity = -constant
        for action in 0..<count {
          let draw = Float(random.normal())
          logDensity -= draw * draw / 2
          rollout.actions[(first + row) * count + action] =
            means[sample * width + action] + deviation[action].value * draw
        }
        rollout.logDensities[first + row] = logDensity
      }
    }
  }

  /// Values what was seen in some rows of whole environments.
  func evaluate(
    _ learner: ActorCritic, _ observations: FloatBuffer, rows: Int, into values: FloatBuffer
  ) {
    let items = learner.itemCount(rows: rows)
    let stride = learner.itemStride * layout.observationCount
    let (spaces, chunkItems) = (criticSpaces, chunkItems)
    pool.forEachChunk((items + chunkItems - 1) / chunkItems) { chunk, thread in
      let from = chunk * chunkItems
      let count = min(from + chunkItems, items) - from
      learner.critic.forward(
        FloatView(learner.parameters, from: learner.criticStart),
        inputs: InputRows(
          FloatView(observations, from: from * stride + learner.criticOffset), stride: stride,
          count: learner.criticSeenCount),
        rows: count, in: spaces[thread])
      let (outputs, width) = (spaces[thread].outputs, learner.critic.outputWidth)
      for item in 0..<count {
        for agent in 0..<learner.groupCount {
          values[learner.row(of: from + item) + agent] = outputs[item * width + agent]
        }
      }
    }
  }

  // MARK: Learning

  /// The items of a rollout in which some agent took part.
  func items(of learner: ActorCritic, in rollout: Rollout) -> [Int] {
    (0..<learner.itemCount(rows: rollout.acted.count)).filter { item in
      let row = learner.row(of: item)
      return (row..<row + learner.groupCount).contains { rollout.acted[$0] }
    }
  }

  /// Takes one step of Adam along the gradient of the loss over some items.
  func step(
    _ learner: inout ActorCritic, _ rollout: Rollout, items: ArraySlice<Int>, rate: Float,
    clip: Float, imitated: Float
  ) -> Losses {
    guard !items.isEmpty else { return Losses(policy: 0, value: 0, divergence: 0, clipped: 0) }
    let standard = AdvantageScale(
      learner, rollout, items: items, isNeeded: options.normalisesAdvantages)
    let chunks = (items.count + chunkItems - 1) / chunkItems
    let losses = ChunkLosses(count: chunks)
    let (current, count) = (learner, learner.parameters.count)
    let slices = (0..<chunks).map { chunk in
      let from = items.startIndex + chunk * chunkItems
      return items[from..<min(from + chunkItems, items.endIndex)]
    }
    pool.forEachChunk(chunks) { chunk, thread in
      let part = FloatView(gradients, from: chunk * count)
      gradients.fill(with: 0, in: chunk * count..<(chunk + 1) * count)
      let loss = differentiate(
        current, rollout, items: slices[chunk], scale: standard, clip: clip, imitated: imitated,
        thread: thread, into: part)
      losses.set(loss, for: chunk)
    }
    sum(chunks: chunks)
    let norm = squareSum(FloatView(gradient), count: count).squareRoot()
    let scale = options.maximumGradientNorm.map { min(1, $0 / (norm + 1e-6)) } ?? 1
    learner.adam.step(
      learner.parameters, gradient: gradient, scale: scale, rate: rate,
      epsilon: options.adamEpsilon)
    learner.transpose()
    return losses.sum
  }

  /// Adds the gradients of the chunks, in order, each thread some of the parameters.
  private func sum(chunks: Int) {
    let (piece, count) = (4096, gradient.count)
    let (gradients, gradient) = (gradients, gradient)
    pool.forEachChunk((count + piece - 1) / piece) { index, _ in
      let range = index * piece..<min((index + 1) * piece, count)
      gradient.fill(with: 0, in: range)
      for chunk in 0..<chunks {
        add(
          FloatView(gradients, from: chunk * count + range.lowerBound),
          to: FloatView(gradient, from: range.lowerBound), count: range.count)
      }
    }
  }

  /// The loss of some items, and its gradient.
  private func differentiate(
    _ learner: ActorCritic, _ rollout: Rollout, items: ArraySlice<Int>, scale: AdvantageScale,
    clip: Float, imitated: Float, thread: Int, into gradient: FloatView
  ) -> Losses {
    let rows = items.count * learner.groupCount
    let (actorInput, criticInput) = inputs(
      of: learner, rollout, items: items, on: thread)
    let parameters = FloatView(learner.parameters)
    let criticParameters = parameters.advanced(by: learner.criticStart)
    let (actorSpace, criticSpace) = (actorSpaces[thread], criticSpaces[thread])
    learner.actor.forward(parameters, inputs: actorInput, rows: rows, in: actorSpace)
    learner.critic.forward(
      criticParameters, inputs: criticInput, rows: items.count, in: criticSpace)
    let loss = PPOLoss(
      options: options, clip: clip, scale: scale, actionCount: layout.actionCount,
      imitated: imitated)
    let losses = loss.differentiate(
      learner, rollout, items: items, means: actorSpace, values: criticSpace,
      deviationGradient: gradient.advanced(by: learner.deviations))
    learner.actor.backward(
      parameters, transposed: learner.actorTransposed, inputs: actorInput, rows: rows,
      in: actorSpace, addingTo: gradient)
    learner.critic.backward(
      criticParameters, transposed: learner.criticTransposed, inputs: criticInput,
      rows: items.count, in: criticSpace, addingTo: gradient.advanced(by: learner.criticStart))
    return losses
  }

  /// What actor and critic see of some items, brought together.
  private func inputs(
    of learner: ActorCritic, _ rollout: Rollout, items: ArraySlice<Int>, on thread: Int
  ) -> (actor: InputRows, critic: InputRows) {
    let (seen, observations) = (layout.observationCount, FloatView(rollout.observations))
    let count = learner.actorSeenCount
    learner.rows(of: items).gather(
      count, of: observations, stride: seen, into: actorInputs[thread])
    let actor = InputRows(FloatView(actorInputs[thread]), stride: count, count: count)
    guard !learner.sharesInputs else { return (actor, actor) }
    let width = learner.critic.inputCount
    RowList(Array(items)).gather(
      width, of: observations.advanced(by: learner.criticOffset),
      stride: learner.itemStride * seen, into: criticInputs[thread])
    return (actor, InputRows(FloatView(criticInputs[thread]), stride: width, count: width))
  }
}

/// ½ log 2π.
private let halfLogTwoPi: Float = 0.9189385332046727
