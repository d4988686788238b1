import FlightLogs
import Identification
import Plotting
import Swiftlet

extension Figure {
  /// Real flights and the same ones flown again, over each other.
  ///
  /// - Parameter flights: The flights; of more than eight the first.
  init(realAndFlown flights: [ClosedLoopFlight]) {
    let panels = flights.prefix(8).flatMap { flight -> [Panel] in
      let log = flight.motion.log
      let times = log.times
      let (real, wanted) = (log.positions ?? [], log.setpoints ?? [])
      let flown = flight.states
      let attitudes = log.attitudes ?? []
      let degrees = 180 / Double.pi
      func roll(_ q: Rotation<Body, World, Double>) -> Double { degrees * RollPitchYaw(q).roll }
      return [
        Panel(
          "\(log.name): y [m]", against: "x [m]",
          lines: [
            Line(x: real.map(\.x), y: real.map(\.y), color: 0),
            Line(x: flown.map(\.position.x), y: flown.map(\.position.y), color: 1),
            Line(x: wanted.map(\.x), y: wanted.map(\.y), color: 2, isDashed: true),
          ]),
        Panel(
          "x [m]", against: "t [s]",
          lines: [
            Line(x: times, y: real.map(\.x), color: 0),
            Line(x: times, y: flown.map(\.position.x), color: 1),
            Line(x: times, y: wanted.map(\.x), color: 2, isDashed: true),
          ]),
        Panel(
          "roll [°]", against: "t [s]",
          lines: [
            Line(x: times, y: attitudes.map(roll), color: 0),
            Line(x: times, y: flown.map { roll($0.attitude) }, color: 1),
          ]),
      ]
    }
    self.init(
      title: "Real flights, and the same flown again", columns: 3,
      names: ["real", "simulated", "setpoint"], panels: Array(panels))
  }
}
