import Configuration
import Control

extension ScenarioSchema {
  /// Commands as often as replays have rows, where the file does not say how often.
  ///
  /// Rows that are rarer than one a second are no recording but a list of commands, which are flown and
  /// recorded at the usual rates.
  func followReplays(_ flight: inout FlightSpecification, _ written: WrittenRates) {
    let replays = flight.drones.compactMap { $0.controller.controller as? ReplayController }
    guard replays.count == flight.drones.count, !written.hasControl,
      let fastest = replays.compactMap(\.frequency).max(), fastest >= 1
    else { return }
    let ratio = (flight.rates.physics / fastest).rounded()
    guard ratio >= 1, abs(flight.rates.physics / fastest - ratio) < 1e-3 * ratio else { return }
    flight.rates.control = flight.rates.physics / ratio
    if !written.hasRecord { flight.rates.record = flight.rates.control }
  }

  /// Tells where commands are so rare that replays lose rows between them.
  func noteRareCommands(in flight: FlightSpecification, _ map: MappingReader) {
    for (index, drone) in flight.drones.enumerated() {
      guard let replay = drone.controller.controller as? ReplayController,
        let frequency = replay.frequency, frequency > flight.rates.control * (1 + 1e-3)
      else { continue }
      let rounded = (frequency * 1000).rounded() / 1000
      map.value(of: "drones").element(index).value(of: "controller").note(
        "has rows at \(rounded) Hz, more often than commands, at \(flight.rates.control) Hz; set "
          + "rates.physics and rates.control such that both are multiples of it")
    }
  }
}
