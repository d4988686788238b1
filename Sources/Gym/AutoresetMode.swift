/// What happens to an environment whose episode has ended, after Gymnasium's `AutoresetMode`.
public enum AutoresetMode: String, Sendable, Hashable, Codable, CaseIterable {
  /// The step after the last ignores its actions and begins the next episode: rewards are 0 and
  /// flags false.
  case nextStep
  /// The last step begins the next episode at once: its observations are the new ones, and the old
  /// ones stand among the final observations.
  case sameStep
  /// Nothing: the caller resets an environment before it steps it again.
  case disabled
}

/// Where an environment is between two steps.
///
/// With ``AutoresetMode`` this is the whole state machine of automatic resets: what
/// ``opening(in:environment:)`` says is done first, and ``closing(in:isOver:)`` says what comes after.
@frozen
@usableFromInline
package enum EpisodePhase: Sendable, Hashable, Codable {
  /// Before the first reset.
  case unstarted
  /// Within an episode.
  case running
  /// After an episode, and not yet reset.
  case over

  /// Whether it is within an episode.
  @inlinable @inline(__always)
  package var isRunning: Bool {
    // Not by ==, which goes through a table where it is asked from another module.
    if case .running = self { true } else { false }
  }

  /// What a step does.
  package enum Opening: Sendable, Hashable {
    /// It plays the actions.
    case play
    /// It ignores the actions and begins an episode.
    case begin
  }

  /// What a step of an environment in this phase does.
  package func opening(
    in mode: AutoresetMode, environment: Int
  ) throws(GymError) -> Opening {
    switch (self, mode) {
    case (.unstarted, _): throw .notReset
    case (.running, _): .play
    case (.over, .nextStep): .begin
    case (.over, _): throw .episodeOver(environment: environment)
    }
  }

  /// The phase after a step has played, and whether the next episode begins within the same step.
  package static func closing(
    in mode: AutoresetMode, isOver: Bool
  ) -> (phase: EpisodePhase, beginsNext: Bool) {
    guard isOver else { return (.running, false) }
    return mode == .sameStep ? (.running, true) : (.over, false)
  }
}
