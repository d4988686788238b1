/// The addresses of a batch's buffers, or of those of some environments of it.
///
/// They are for environments that write the rows of a batch from several threads at once, each a
/// range of its own, and for callers from other languages. All else goes through ``StepRows``, which
/// checks its bounds.
@unsafe
package struct StepPointers: @unchecked Sendable {
  /// The shape of the buffers.
  package var layout: BatchLayout
  /// What each agent observes: `rowCount` × `observationCount` numbers.
  package var observations: UnsafeMutablePointer<Float>
  /// What each agent does: `rowCount` × `actionCount` numbers, read and never written.
  package var actions: UnsafeMutablePointer<Float>
  /// What each agent gains.
  package var rewards: UnsafeMutablePointer<Float>
  /// Whether each agent's episode ended by the rules of its task.
  package var terminations: UnsafeMutablePointer<Bool>
  /// Whether each agent's episode was cut off from outside.
  package var truncations: UnsafeMutablePointer<Bool>
  /// Whether each agent took part in the step.
  package var participations: UnsafeMutablePointer<Bool>
  /// What each agent saw last, as many numbers as `observations`.
  package var finalObservations: UnsafeMutablePointer<Float>

  /// Joins the addresses of buffers that hold as many elements as the layout asks for.
  package init(
    layout: BatchLayout, observations: UnsafeMutablePointer<Float>,
    actions: UnsafeMutablePointer<Float>, rewards: UnsafeMutablePointer<Float>,
    terminations: UnsafeMutablePointer<Bool>, truncations: UnsafeMutablePointer<Bool>,
    participations: UnsafeMutablePointer<Bool>, finalObservations: UnsafeMutablePointer<Float>
  ) {
    unsafe self.layout = layout
    unsafe self.observations = observations
    unsafe self.actions = actions
    unsafe self.rewards = rewards
    unsafe self.terminations = terminations
    unsafe self.truncations = truncations
    unsafe self.participations = participations
    unsafe self.finalObservations = finalObservations
  }

  /// The rows of some of the environments.
  package func slice(environments: Range<Int>) -> StepPointers {
    let whole = unsafe layout
    let row = environments.lowerBound * whole.agentCount
    let part = BatchLayout(
      environmentCount: environments.count, agentCount: whole.agentCount,
      observationCount: whole.observationCount, actionCount: whole.actionCount)
    return unsafe StepPointers(
      layout: part, observations: observations + row * whole.observationCount,
      actions: actions + row * whole.actionCount, rewards: rewards + row,
      terminations: terminations + row, truncations: truncations + row,
      participations: participations + row,
      finalObservations: finalObservations + row * whole.observationCount)
  }

  static func allocated(for layout: BatchLayout) -> StepPointers {
    let (rows, seen) = (layout.rowCount, layout.rowCount * layout.observationCount)
    return unsafe StepPointers(
      layout: layout, observations: zeros(seen, of: 0),
      actions: zeros(rows * layout.actionCount, of: 0), rewards: zeros(rows, of: 0),
      terminations: zeros(rows, of: false), truncations: zeros(rows, of: false),
      participations: zeros(rows, of: false), finalObservations: zeros(seen, of: 0))
  }

  private static func zeros<T>(_ count: Int, of zero: T) -> UnsafeMutablePointer<T> {
    let pointer = UnsafeMutablePointer<T>.allocate(capacity: count)
    unsafe pointer.initialize(repeating: zero, count: count)
    return unsafe pointer
  }

  func deallocate() {
    unsafe observations.deallocate()
    unsafe actions.deallocate()
    unsafe rewards.deallocate()
    unsafe terminations.deallocate()
    unsafe truncations.deallocate()
    unsafe participations.deallocate()
    unsafe finalObservations.deallocate()
  }
}
