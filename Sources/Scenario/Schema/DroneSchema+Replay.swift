import Configuration
import Control
import Drone
import FlightLogs
import Files
import Foundation

extension DroneSchema {
  /// Notes what a replay cannot repeat of the flight that was recorded.
  func noteLosses(
    of controller: WrittenController, for model: QuadcopterModel, in map: MappingReader
  ) {
    if let log = controller.log, let line = model.speedByVoltage, let voltages = log.voltages {
      let speeds = zip(log.pulses, voltages).flatMap { pulses, voltage in
        pulses.array.map { line.speed(pulse: $0 / 65535, voltage: voltage) }
      }
      noteHeldSpeeds(speeds, of: log.name, for: model, in: map)
    }
    guard let recording = controller.recording else { return }
    noteRareRows(of: recording, for: model, in: map)
    noteHeldSpeeds(recording.replay.rotorSpeeds, of: recording.file, for: model, in: map)
  }

  /// Tells of speeds that the model's rotors do not take.
  private func noteHeldSpeeds(
    _ speeds: [Double], of file: String, for model: QuadcopterModel, in map: MappingReader
  ) {
    let highest = model.maximumRotorSpeed
    if let odd = speeds.first(where: { $0 < 0 || $0 > highest * (1 + 1e-9) }) {
      map.note(
        "\(file) asks for rotor speeds such as \(odd) rpm; they are held between 0 and "
          + "\(highest) rpm, the highest of \(model.name)", at: "controller")
    }
  }

  /// Between two rows the rotors of the recorded flight may have changed, which no row holds.
  private func noteRareRows(
    of recording: RecordedFlights.Recording, for model: QuadcopterModel, in map: MappingReader
  ) {
    guard let frequency = recording.replay.frequency else { return }
    let rates = recording.rates ?? .init(physics: self.rates.physics, control: self.rates.control)
    let lags = physics.preset == .accurate && model.rotorLag != .none
    let needed = lags ? rates.physics : rates.control
    guard frequency < needed * (1 - 1e-3) else { return }
    let rounded = (frequency * 1000).rounded() / 1000
    let event = lags ? "the physics steps in which its rotors follow their commands" : "commands"
    map.note(
      "\(recording.file) has rows at \(rounded) Hz, rarer than \(event), at \(needed) Hz: this "
        + "flight will differ from the recorded one; record that with rates.record: \(needed)",
      at: "controller")
  }
}

/// The rates of a recorded flight, in the metadata beside it.
struct RecordedRates: Decodable {
  /// Physics steps. [Hz]
  var physics: Double
  /// Commands. [Hz]
  var control: Double

  private struct Metadata: Decodable {
    struct Scenario: Decodable { var rates: RecordedRates }
    var scenario: Scenario
  }

  init(physics: Double, control: Double) { (self.physics, self.control) = (physics, control) }

  /// The rates of the flight in a folder, if it has metadata.
  init?(inFolder folder: URL) {
    let file = folder.appendingPathComponent(FlightMetadata.fileName)
    guard
      let bytes = try? contents(ofFile: file.path, atMost: InputLimits.metadataBytes),
      let metadata = try? JSONDecoder().decode(Metadata.self, from: Data(bytes))
    else { return nil }
    self = metadata.scenario.rates
  }
}
