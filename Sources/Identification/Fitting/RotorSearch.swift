import Drone
import Foundation
import SpatialMath

/// The lag and the dead time of rotors that explain flights best, and all that follows from them.
struct RotorSearch: Sendable {
  /// How rotors follow.
  struct Times: Sendable {
    /// While they rise. [1/s]
    var rise: Double
    /// While they fall. [1/(s·rpm)]
    var fall: Double
    /// How late. [s]
    var deadTime: Double
  }

  /// The best times.
  private(set) var times: Times
  /// What they explain.
  private(set) var explanation: Explanation
  /// What was held.
  private(set) var assumptions: Explanation.Assumptions

  let equations: FlightEquations

  /// Searches.
  ///
  /// - Parameters:
  ///   - flights: The flights.
  ///   - equations: The base.
  ///   - start: Where the search begins.
  ///   - assumptions: What is held; the momentum terms are found again at the end.
  ///   - evaluations: How often the flights are explained, give or take a few.
  ///   - deadTime: A dead time that is held, instead of being searched for. [s]
  init(
    _ flights: [FlightData], by equations: FlightEquations, from start: Times,
    _ assumptions: Explanation.Assumptions, evaluations: Int, holding deadTime: Double? = nil
  ) {
    self.equations = equations
    func times(_ place: [Double]) -> Times {
      Times(
        rise: exp(place[0]), fall: 1e-4 * exp(place[1]),
        deadTime: deadTime ?? (0.001 * place[2]).clamped(from: 0, to: 0.05))
    }
    var place = [log(start.rise), log(1e4 * start.fall), 1000 * start.deadTime]
    var steps = [0.1, 0.1, 1.0]
    // With the dead time held a search may come from afar.
    if deadTime != nil { (place, steps) = (Array(place[..<2]), [0.3, 0.3]) }
    let found = NelderMead(from: place, steps: steps, asking: evaluations) { place in
      Explanation(flights, by: equations.following(times(place)), assumptions).objective
    }
    self.times = times(found.best.place)
    self.assumptions = assumptions
    let best = equations.following(self.times)
    explanation = Explanation(flights, by: best, assumptions)
    for _ in 0..<2 {
      self.assumptions.momentum = explanation.momentum
      explanation = Explanation(flights, by: best, self.assumptions)
    }
  }

  /// All constants.
  var constants: [Constant: Double] {
    var constants = explanation.constants
    constants[.rise] = times.rise
    constants[.fall] = 1e4 * times.fall
    constants[.deadTime] = 1000 * times.deadTime
    return constants
  }
}

extension FlightEquations {
  /// The same vehicle with other rotors' times.
  func following(_ times: RotorSearch.Times) -> FlightEquations {
    var equations = self
    equations.lag = RotorLag(
      riseRate: times.rise, riseGain: 0, fallRate: 0, fallGain: times.fall)
    equations.deadTime = times.deadTime
    return equations
  }

  /// Where a search may begin: their own times, or such as small rotors have.
  var firstTimes: RotorSearch.Times {
    let isKnown = lag.riseRate > 0 && lag.fallGain > 0
    let turning = rotors.map { $0.thrust.speed(for: mass * Self.gravity / 4) }.sum / 4
    return RotorSearch.Times(
      rise: isKnown ? lag.riseRate : 15, fall: isKnown ? lag.fallGain : 5 / max(1, turning),
      deadTime: 0.004)
  }
}
