/// Where the time of steps went, summed over all threads.
package struct StepProfile: Sendable {
  /// Taking in and keeping actions. [s]
  package var actions = 0.0
  /// Working out commands from them. [s]
  package var laws = 0.0
  /// Flying. [s]
  package var flight = 0.0
  /// Rewards, endings, and beginning anew. [s]
  package var judgement = 0.0
  /// Beginning anew, as part of it. [s]
  package var resets = 0.0
  /// Observations. [s]
  package var observation = 0.0

  /// All of it. [s]
  package var total: Double { actions + laws + flight + judgement + observation }

  /// Adds another profile.
  static func += (a: inout StepProfile, b: StepProfile) {
    a.actions += b.actions
    a.laws += b.laws
    a.flight += b.flight
    a.judgement += b.judgement
    a.resets += b.resets
    a.observation += b.observation
  }
}

extension TaskEngine {
  /// What the clock shows, if times are noted.
  var now: ContinuousClock.Instant? { profile == nil ? nil : ContinuousClock.now }

  /// Notes where the time since an instant went, and starts from now.
  @inline(__always)
  mutating func note(
    since instant: inout ContinuousClock.Instant?, add: (inout StepProfile, Double) -> Void
  ) {
    guard let start = instant, var profile else { return }
    let now = ContinuousClock.now
    add(&profile, (now - start) / .seconds(1))
    self.profile = profile
    instant = now
  }
}
