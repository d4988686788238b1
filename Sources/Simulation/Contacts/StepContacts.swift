import Drone
import SpatialMath

/// How many points of some drones touched something in a step, and at most in any of some steps.
struct StepContacts<S: Lanes> {
  /// In the last step. [–]
  private(set) var counts = S.zero
  /// In the step in which it was most. [–]
  private(set) var most = S.zero
  /// Whether any was counted.
  private(set) var areAny = false

  /// Ends a step in which nothing was touched.
  @inline(__always)
  mutating func endStep() { if areAny { counts = .zero } }

  /// Ends a step.
  @inline(__always)
  mutating func endStep(touching counts: S) {
    self.counts = counts
    most = most.raised(to: counts)
    areAny = areAny || (S.zero .< counts).any
  }
}

extension Simulator {
  /// Takes over what neighbouring groups touched.
  @inline(__always)
  mutating func note<S: Lanes>(_ contacts: StepContacts<S>, from first: Int) {
    guard contacts.areAny else { return }
    let start = first * DroneLanes.laneCount
    for lane in 0..<min(S.laneCount, swarm.count - start) {
      contactCounts[start + lane] = Int(contacts.counts[lane: lane])
      mostContacts[start + lane] = Int(contacts.most[lane: lane])
    }
  }
}
