import Drone
import SpatialMath

/// From thrust and torque to rotor commands, ahead of the rotors' lag.
///
/// Rotors that follow slowly are driven beyond the speed Ω* that is wanted,
///
///     u = Ω + G (Ω* − Ω)
///
/// so that within one period they close the share 1 − exp(−t/τ) of the gap, with the quickened time
/// constant τ of ``quickenedLag(every:)``. The thrust that each rotor can reach in that period bounds
/// the ``Allocation``, so that saturation is known before it happens.
struct RotorDrive: Sendable {
  let allocation: Allocation
  private let thrust: PerRotor<RotorCurve<Double>>
  private let lag: RotorLag<Double>
  private let slowest: PerRotor<Double>
  private let fastest: Double
  private let hoverSpeed: Double

  /// How many times faster than by themselves rotors are made to follow, at most.
  private static let haste = 8.0

  /// The drive of a model under a gravity, or `nil` where its rotors cannot make every torque. [m/s²]
  init?(_ model: QuadcopterModel, gravity: Double) {
    guard let allocation = Allocation(model) else { return nil }
    self.allocation = allocation
    thrust = model.rotors.map(\.thrust)
    lag = model.rotorLag
    slowest = model.rotors.map { $0.thrust.speed(for: model.minimumRotorThrust) }
    fastest = model.maximumRotorSpeed
    hoverSpeed = model.hoverRotorSpeed(gravity: gravity)
  }

  /// The time constant with which rotors follow once driven so. [s]
  func quickenedLag(every period: Double) -> Double {
    guard lag != .none else { return 0 }
    let rise = lag.rate(from: hoverSpeed, to: hoverSpeed * (1 + 1e-9))
    let fall = lag.rate(from: hoverSpeed, to: hoverSpeed * (1 - 1e-9))
    return max(1 / (Self.haste * min(rise, fall)), 0.5 * period)
  }

  /// The commands that bring thrust and torque about. [rpm]
  func speeds(
    thrust wanted: Double, torque: Vector<Body, Double>, from speeds: PerRotor<Double>,
    every period: Double
  ) -> PerRotor<Double> {
    let rotors = PerRotor(0, 1, 2, 3)
    let lowest = rotors.map { rotor in
      thrust[rotor].value(at: reach(from: speeds[rotor], to: slowest[rotor], every: period))
    }
    let highest = rotors.map { rotor in
      thrust[rotor].value(at: reach(from: speeds[rotor], to: fastest, every: period))
    }
    let shares = allocation.thrusts(for: wanted, torque: torque, from: lowest, to: highest)
    return rotors.map { rotor in
      let target = thrust[rotor].speed(for: shares[rotor])
      let gain = gain(from: speeds[rotor], to: target, every: period)
      return (speeds[rotor] + gain * (target - speeds[rotor]))
        .clamped(from: slowest[rotor], to: fastest)
    }
  }

  /// The farthest target for which the command does not pass a bound. [rpm]
  private func reach(from speed: Double, to bound: Double, every period: Double) -> Double {
    (speed + (bound - speed) / gain(from: speed, to: bound, every: period)).raised(to: 0)
  }

  /// G: 1 where rotors follow at once. [–]
  private func gain(from speed: Double, to target: Double, every period: Double) -> Double {
    guard lag != .none else { return 1 }
    let natural = 1 - (-period * lag.rate(from: speed, to: target)).exponential()
    let wanted = 1 - (-period / quickenedLag(every: period)).exponential()
    return max(1, wanted / max(natural, 1e-9))
  }
}
