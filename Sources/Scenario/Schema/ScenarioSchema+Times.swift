import Betaflight
import Configuration
import Control

extension ScenarioSchema {
  /// Refuses replays and references whose time is not that of the flight.
  func checkTimes(of flight: FlightSpecification, in map: MappingReader) {
    for (index, drone) in flight.drones.enumerated() {
      let keys = map.value(of: "drones").element(index)
      if let replay = drone.controller.controller as? ReplayController {
        check(replay, of: flight, at: keys.value(of: "controller"))
      }
      if let times = (drone.controller.controller as? BetaflightController)?.recording?.times,
        times[0] >= flight.duration
      {
        keys.value(of: "controller").value(of: "betaflight").value(of: "sticks").report(
          "begins at \(times[0]) s, after the flight of \(flight.duration) s",
          expected: "times counted from the start of the flight")
      }
      guard let reference = drone.reference?.reference as? SampledReference else { continue }
      let times = reference.times
      let place = keys.value(of: "reference")
      if times.lowerBound >= flight.duration {
        place.report(
          "begins at \(times.lowerBound) s, after the flight of \(flight.duration) s",
          expected: "times counted from the start of the flight")
      } else if times.upperBound < 0 {
        place.report(
          "ends at \(times.upperBound) s, before the flight begins",
          expected: "times counted from the start of the flight")
      }
    }
  }

  private func check(
    _ replay: ReplayController, of flight: FlightSpecification, at place: ValueReader
  ) {
    if let frequency = replay.frequency,
      replay.start > max(flight.duration / 2, 10 / frequency)
    {
      place.report(
        "begins at \(replay.start) s, with nothing to fly before",
        expected: "times counted from the start of the flight")
    } else if replay.duration < flight.duration * (1 - 1e-9) {
      place.report(
        "ends at \(replay.duration) s, before the flight of \(flight.duration) s",
        expected: "a shorter duration, or a longer recording")
    }
  }
}
