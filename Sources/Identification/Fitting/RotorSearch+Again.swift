extension RotorSearch {
  /// The times to search from: the best of some dead times, each with the lag that suits it, since the objective
  /// has a ridge along them, and kinks.
  static func scan(
    _ flights: [FlightData], by equations: FlightEquations, _ assumptions: Explanation.Assumptions
  ) -> Times {
    var times = equations.firstTimes
    var best: (times: Times, objective: Double)?
    for deadTime in stride(from: 0.0, through: 0.014, by: 0.002) {
      let search = RotorSearch(
        flights, by: equations, from: times, assumptions, evaluations: 30, holding: deadTime)
      times = search.times
      let objective = search.explanation.objective
      if objective < best?.objective ?? .infinity { best = (times, objective) }
    }
    return best?.times ?? times
  }

  /// The search from what was found, without one of the flights.
  func again(_ flights: [FlightData], leavingOut index: Int) -> RotorSearch {
    var rest = flights
    rest.remove(at: index)
    var assumptions = assumptions
    if let instruments = assumptions.instruments {
      assumptions.instruments = .init(flights: rest, variances: instruments.variances)
    }
    return RotorSearch(rest, by: equations, from: times, assumptions, evaluations: 60)
  }

  /// The search with a dead time that is off by some time. [s]
  func again(_ flights: [FlightData], shifting time: Double) -> RotorSearch {
    RotorSearch(
      flights, by: equations, from: times, assumptions, evaluations: 40,
      holding: max(0, times.deadTime + time))
  }

  /// The search from what was found, by what instruments tell.
  func withInstruments(_ flights: [FlightData], evaluations: Int) -> RotorSearch {
    var assumptions = assumptions
    assumptions.dampingSpread = nil
    assumptions.instruments = .init(flights: flights, variances: explanation.variances)
    return RotorSearch(flights, by: equations, from: times, assumptions, evaluations: evaluations)
  }
}

extension Explanation.Instruments {
  /// The instruments of flights, one after the other, at right angles to each other.
  init(flights: [FlightData], variances: [InputResponse.Channel: Double]) {
    let count = flights.map(\.instruments.count).min() ?? 0
    var columns: [[Double]] = []
    for index in 0..<count {
      var column = flights.flatMap { $0.instruments[index] }
      let length = dot(column, column)
      // Twice, so that rounding leaves no angle (Gram and Schmidt).
      for _ in 0..<2 {
        for other in columns {
          let part = dot(other, column)
          for row in column.indices { column[row] -= part * other[row] }
        }
      }
      let rest = dot(column, column)
      guard rest > 1e-12 * length, rest > 0 else { continue }
      let scale = 1 / rest.squareRoot()
      columns.append(column.map { scale * $0 })
    }
    self.init(columns: columns, variances: variances)
  }
}
