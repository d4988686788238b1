import Drone
import FlightLogs
import SpatialMath

/// What plots of a score show: accelerations, and flights flown again.
package struct ScoreTraces: Encodable {
  /// A flight and the same flown again, row by row of its log.
  struct Flight: Encodable {
    /// The log's name.
    let log: String
    /// Columns t, x, y, z, qx, qy, qz and qw of both, and ref_x, ref_y and ref_z of the real one; those of the
    /// flown one are as long as it was flown.
    let real, flown: [String: [Double]]

    init(_ flight: ClosedLoopFlight) {
      let motion = flight.motion
      log = motion.log.name
      let wanted = motion.log.setpoints ?? []
      real = columns(motion.times, motion.positions, motion.log.attitudes ?? []).merging([
        "ref_x": wanted.map(\.x), "ref_y": wanted.map(\.y), "ref_z": wanted.map(\.z),
      ]) { first, _ in first }
      flown = columns(
        Array(motion.times.prefix(flight.states.count)), flight.states.map(\.position),
        flight.states.map(\.attitude))
    }
  }

  /// What pulses explain of accelerations, log by log.
  let accelerations: [InputResponse.Series]
  /// Flights flown again.
  let flights: [Flight]

  /// The traces of a score, and of flights flown again.
  package init(_ score: ModelScore, flights: [ClosedLoopFlight]) {
    accelerations = score.response.series
    self.flights = flights.map { Flight($0) }
  }
}

private func columns(
  _ times: [Double], _ positions: [Vector<World, Double>],
  _ attitudes: [Rotation<Body, World, Double>]
) -> [String: [Double]] {
  [
    "t": times, "x": positions.map(\.x), "y": positions.map(\.y), "z": positions.map(\.z),
    "qx": attitudes.map(\.x), "qy": attitudes.map(\.y), "qz": attitudes.map(\.z),
    "qw": attitudes.map(\.w),
  ]
}
