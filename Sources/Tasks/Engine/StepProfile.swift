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
  /// What the clock shows, if times are noted. [s]
  var now: Double? { profile == nil ? nil : Self.seconds }

  /// Notes where the time since an instant went, and starts from now.
  @inline(__always)
  mutating func note(since instant: inout Double?, add: (inout StepProfile, Double) -> Void) {
    guard let start = instant, var profile else { return }
    let now = Self.seconds
    add(&profile, now - start)
    self.profile = profile
    instant = now
  }

  private static let start = ContinuousClock.now

  /// The time since times were first noted. [s]
  // In seconds: an instant of the clock costs calls to the runtime even where there is none.
  private static var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
}
