/// The rows of some neighbouring environments of a batch, as spans.
public struct StepRows: ~Copyable, ~Escapable {
  /// The shape of these rows.
  public let layout: BatchLayout
  /// What each agent observes after the step.
  public var observations: MutableSpan<Float>
  /// What each agent does in the step.
  public var actions: MutableSpan<Float>
  /// What each agent gains by the step.
  public var rewards: MutableSpan<Float>
  /// Whether each agent's episode ended in the step by the rules of its task: no reward could follow.
  public var terminations: MutableSpan<Bool>
  /// Whether each agent's episode was cut off in the step from outside: rewards would have followed.
  public var truncations: MutableSpan<Bool>
  /// Whether each agent took part in the step: agents that have left do not, and none does in a step
  /// or reset that only begins an episode.
  public var participations: MutableSpan<Bool>
  /// What each agent saw last, written where an episode ended and the next began in the same step.
  public var finalObservations: MutableSpan<Float>

  /// The rows at these addresses, which must hold as many elements as their layout asks for, and stay
  /// valid and untouched by others while the rows are in use.
  @unsafe
  @_lifetime(immortal)
  package init(_ pointers: StepPointers) {
    let layout = unsafe pointers.layout
    let (rows, seen) = (layout.rowCount, layout.rowCount * layout.observationCount)
    self.layout = layout
    observations = unsafe Self.span(pointers.observations, seen)
    actions = unsafe Self.span(pointers.actions, rows * layout.actionCount)
    rewards = unsafe Self.span(pointers.rewards, rows)
    terminations = unsafe Self.span(pointers.terminations, rows)
    truncations = unsafe Self.span(pointers.truncations, rows)
    participations = unsafe Self.span(pointers.participations, rows)
    finalObservations = unsafe Self.span(pointers.finalObservations, seen)
  }

  @unsafe
  @_lifetime(immortal)
  private static func span<T>(_ start: UnsafeMutablePointer<T>, _ count: Int) -> MutableSpan<T> {
    let span = unsafe MutableSpan(_unsafeStart: start, count: count)
    return unsafe _overrideLifetime(span, copying: ())
  }
}
