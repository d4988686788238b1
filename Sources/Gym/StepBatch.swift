/// The buffers through which a batch of environments is stepped.
///
/// They are flat, contiguous and the caller's: made once, written in place by each step, and never
/// allocated anew. Rows are agents: those of the first environment, then those of the second, and so
/// on. ``actions`` can be written here; ``rows`` gives all of them as spans that can be written, for
/// environments.
@safe
public struct StepBatch: ~Copyable, @unchecked Sendable {
  /// The shape of the buffers.
  public let layout: BatchLayout
  /// The addresses of the buffers, valid as long as the batch lives.
  package let pointers: StepPointers
  private let ownsBuffers: Bool

  /// Buffers of its own, all zero.
  public init(layout: BatchLayout) {
    self.layout = layout
    // Allocated here and freed in `deinit`; `layout` says how long they are.
    unsafe pointers = .allocated(for: layout)
    ownsBuffers = true
  }

  /// The buffers at these addresses, which must outlive the batch.
  @unsafe
  package init(borrowing pointers: StepPointers) {
    unsafe layout = pointers.layout
    unsafe self.pointers = unsafe pointers
    ownsBuffers = false
  }

  deinit {
    if ownsBuffers { unsafe pointers.deallocate() }
  }

  /// Everything, to read and to write.
  public var rows: StepRows {
    @_lifetime(&self)
    mutating get {
      let rows = unsafe StepRows(pointers)
      return unsafe _overrideLifetime(rows, mutating: &self)
    }
  }

  /// The rows of some of the environments, to read and to write.
  @_lifetime(&self)
  public mutating func rows(of environments: Range<Int>) -> StepRows {
    precondition(
      environments.lowerBound >= 0 && environments.upperBound <= layout.environmentCount,
      "environments \(environments) are not all among \(layout.environmentCount)")
    let rows = unsafe StepRows(pointers.slice(environments: environments))
    return unsafe _overrideLifetime(rows, mutating: &self)
  }

  /// What each agent observes after the step.
  public var observations: Span<Float> {
    @_lifetime(borrow self)
    get { unsafe span(pointers.observations, layout.rowCount * layout.observationCount) }
  }

  /// What each agent saw last, where an episode ended and the next began in the same step.
  public var finalObservations: Span<Float> {
    @_lifetime(borrow self)
    get { unsafe span(pointers.finalObservations, layout.rowCount * layout.observationCount) }
  }

  /// What each agent does in the step, to read and to write: number j of agent i is
  /// `actions[i * layout.actionCount + j]`.
  public var actions: MutableSpan<Float> {
    @_lifetime(borrow self)
    _read {
      // unsafe: a span of this length, which is only read, as long as the batch is borrowed.
      let span = unsafe MutableSpan(_unsafeStart: pointers.actions, count: actionsLength)
      yield unsafe _overrideLifetime(span, borrowing: self)
    }
    @_lifetime(&self)
    _modify {
      let span = unsafe MutableSpan(_unsafeStart: pointers.actions, count: actionsLength)
      var actions = unsafe _overrideLifetime(span, mutating: &self)
      yield &actions
    }
  }

  private var actionsLength: Int { layout.rowCount * layout.actionCount }

  /// What each agent gained by the step.
  public var rewards: Span<Float> {
    @_lifetime(borrow self)
    get { unsafe span(pointers.rewards, layout.rowCount) }
  }

  /// Whether each agent's episode ended in the step by the rules of its task.
  public var terminations: Span<Bool> {
    @_lifetime(borrow self)
    get { unsafe span(pointers.terminations, layout.rowCount) }
  }

  /// Whether each agent's episode was cut off in the step from outside.
  public var truncations: Span<Bool> {
    @_lifetime(borrow self)
    get { unsafe span(pointers.truncations, layout.rowCount) }
  }

  /// Whether each agent took part in the step.
  public var participations: Span<Bool> {
    @_lifetime(borrow self)
    get { unsafe span(pointers.participations, layout.rowCount) }
  }

  @unsafe
  @_lifetime(borrow self)
  private func span<T>(_ start: UnsafeMutablePointer<T>, _ count: Int) -> Span<T> {
    let span = unsafe Span(_unsafeStart: start, count: count)
    return unsafe _overrideLifetime(span, borrowing: self)
  }
}
