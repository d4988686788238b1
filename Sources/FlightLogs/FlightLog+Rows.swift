extension FlightLog {
  /// A stretch of the log, at least three rows.
  package subscript(rows rows: Range<Int>) -> FlightLog {
    FlightLog(
      path: path, times: Array(times[rows]), positions: positions.map { Array($0[rows]) },
      attitudes: attitudes.map { Array($0[rows]) }, velocities: velocities.map { Array($0[rows]) },
      bodyRates: bodyRates.map { Array($0[rows]) },
      accelerations: accelerations.map { Array($0[rows]) }, pulses: Array(pulses[rows]),
      voltages: voltages.map { Array($0[rows]) }, setpoints: setpoints.map { Array($0[rows]) },
      headings: headings.map { Array($0[rows]) },
      excitations: excitations.map { Array($0[rows]) })
  }
}
