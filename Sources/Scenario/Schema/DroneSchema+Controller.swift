import Configuration
import Control
import Drone
import FlightLogs
import Parameters
import Training

extension DroneSchema {
  /// A controller as the file has it; which one is made of it depends on the model too.
  struct WrittenController {
    let name: String
    let values: ParameterValues
    /// What it flies again: the rotors follow such commands at once, since they were recorded from rotors.
    var recording: RecordedFlights.Recording?
    /// The log of a real flight whose pulses it flies again.
    var log: FlightLog?
    /// Makes it for a model and a gravity. [m/s²]
    let make: (QuadcopterModel) throws(ControllerError) -> any Controller
  }

  /// Reads what controls a drone.
  func controller(_ map: inout MappingReader, index: Int) -> WrittenController? {
    var choices = schema.catalogues.controllers.entries.map { entry in
      Choice(entry.name, entry.summary) { registered(entry, $0) }
    }
    choices.append(
      Choice("replay", "flies the rotor speeds of a recorded flight") { replay($0, drone: index) })
    choices.append(Choice("policy", "flies a trained policy") { policy($0) })
    choices.append(
      Choice("human", "flown by a person, in the page of `swiftlet view`") {
        human($0, drone: index)
      })
    choices.append(
      Choice("betaflight", "Betaflight's own firmware, in lock-step") { value in
        value.mapping { betaflight(&$0) }
      })
    choices.append(
      Choice("ardupilot", "ArduPilot's own firmware, in lock-step by its JSON interface") {
        arduPilot($0, drone: index)
      })
    let usual = schema.catalogues.controllers["pid"].flatMap { entry in
      entry.factory.defaults.map { written(entry, $0) }
    }
    return map.choice(
      "controller", "what flies it", usual: usual?.name, default: usual, among: choices)
  }

  private func registered(
    _ entry: ControllerCatalogue.Entry, _ value: ValueReader
  ) -> WrittenController? {
    ParameterReader(folder: schema.folder).values(of: entry.factory.parameters, from: value)
      .map { written(entry, $0) }
  }

  private func written(
    _ entry: ControllerCatalogue.Entry, _ values: [ParameterValue]
  ) -> WrittenController {
    WrittenController(name: entry.name, values: entry.factory.named(values)) {
      model throws(ControllerError) in
      let controller = try entry.controller(
        for: model, gravity: physics.gravity, preset: physics.preset, values: values)
      try (controller as? any CrazyflieLaw)?.check(frequency: rates.control)
      return controller
    }
  }

  /// The rotor speeds of a recorded flight, or the pulses of a real one.
  private func replay(_ value: ValueReader, drone: Int) -> WrittenController? {
    switch recordings.log(value) {
    case .success(let (file, log))?:
      return WrittenController(name: "replay", values: .file(file), log: log) {
        model throws(ControllerError) in
        try ReplayController(log, for: model)
      }
    case .failure(let error)?: return value.reject("cannot be flown: \(error)")
    case nil: break
    }
    return recordings.replay(value, drone: drone).map { recording in
      WrittenController(name: "replay", values: .file(recording.file), recording: recording) { _ in
        recording.replay
      }
    }
  }

  /// The controller of a policy file, or of a policy that comes with the package.
  private func policy(_ value: ValueReader) -> WrittenController? {
    guard let file = value.string(expected: "a safetensors file or the name of a trained policy")
    else { return nil }
    do {
      let policy = try PolicyController(TrainedPolicy.load(file, from: schema.folder))
      return WrittenController(name: "policy", values: .file(file)) {
        model throws(ControllerError) in
        do throws(TrainingError) {
          return try policy.flying(model, frequency: rates.control)
        } catch { throw ControllerError(error.description) }
      }
    } catch { return value.reject("cannot be flown: \(error)") }
  }
}

extension ParameterValues {
  /// A file that stands alone.
  fileprivate static func file(_ path: String) -> ParameterValues {
    ParameterValues(
      names: ["file"], values: [.file(written: path, path: path)], isInline: true)
  }
}
