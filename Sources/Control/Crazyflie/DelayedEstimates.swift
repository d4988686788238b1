import Drone
package import SpatialMath

/// What a Crazyflie's estimator says: the truth, later.
///
/// Its estimates were found to lag motion capture by these times; the gyro comes at once, through a
/// low-pass of 80 Hz.
package struct DelayedEstimates: Sendable {
  /// How late position, velocity and attitude are. [s]
  struct Delays: Sendable {
    var position = 0.015
    var velocity = 0.030
    var attitude = 0.012
  }

  /// What the laws are told.
  package struct Estimate: Sendable {
    /// The position. [m]
    package var position: Vector<World, Double>
    /// The velocity. [m/s]
    package var velocity: Vector<World, Double>
    /// The attitude.
    package var attitude: Rotation<Body, World, Double>
    /// The filtered body rates. [rad/s]
    package var bodyRates: Vector<Body, Double>
  }

  /// What was said last.
  private(set) var last = Estimate(
    position: .zero, velocity: .zero, attitude: .identity, bodyRates: .zero)

  static let gyroCutoff = 80.0
  /// The shortest time between two states that are kept, so that few suffice. [s]
  private static let spacing = 0.001
  private static let capacity = 64

  private let delays = Delays()
  private var states = Array(repeating: DroneState<Double>(), count: capacity)
  private var times = Array(repeating: 0.0, count: capacity)
  private var count = 0
  private var filter: LowPassFilter?
  private var period = 0.0
  private var now = 0.0

  /// Takes in the state of the present, and says what is believed of it.
  ///
  /// - Parameters:
  ///   - state: How the drone moves.
  ///   - period: The time until the next call. [s]
  /// - Returns: The estimate.
  mutating func estimate(from state: DroneState<Double>, every period: Double) -> Estimate {
    if filter == nil || self.period != period {
      filter = LowPassFilter(cutoff: Self.gyroCutoff, period: period)
      self.period = period
    }
    let newest = (count - 1) % Self.capacity
    if count == 0 || now - times[newest] > Self.spacing - 1e-9 {
      states[count % Self.capacity] = state
      times[count % Self.capacity] = now
      count += 1
    }
    let estimate = Estimate(
      position: self.state(after: delays.position).position,
      velocity: self.state(after: delays.velocity).velocity,
      attitude: self.state(after: delays.attitude).attitude,
      bodyRates: filter?.filter(state.bodyRates) ?? state.bodyRates)
    now += period
    last = estimate
    return estimate
  }

  /// The last state that is as old as a delay, or the oldest. [s]
  private func state(after delay: Double) -> DroneState<Double> {
    let oldest = max(0, count - Self.capacity)
    var index = count - 1
    while index > oldest, times[index % Self.capacity] > now - delay + 1e-9 { index -= 1 }
    return states[index % Self.capacity]
  }
}
