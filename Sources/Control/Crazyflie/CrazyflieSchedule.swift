import SpatialMath

/// When the loops of a Crazyflie run: every so often, or at each call where calls are rarer.
package struct CrazyflieSchedule: Sendable {
  /// How often a loop runs.
  package struct Loop: Sendable {
    /// The time between two runs, where calls are frequent enough. [s]
    let interval: Double
    private var elapsed = 0.0
    private var hasRun = false

    /// A loop of a frequency. [Hz]
    package init(frequency: Double) { interval = 1 / frequency }

    /// The time since the last run, if it is due: its interval at the first run. [s]
    package mutating func due(every period: Double) -> Double? {
      guard hasRun else {
        (hasRun, elapsed) = (true, period)
        return interval
      }
      guard elapsed > interval - period / 2 else {
        elapsed += period
        return nil
      }
      defer { elapsed = period }
      return elapsed
    }
  }

  /// Position and velocity.
  var position = Loop(frequency: 100)
  /// Attitude and body rates.
  var attitude = Loop(frequency: 500)
}
