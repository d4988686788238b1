import Betaflight
import Configuration
import Control
import Datagrams
import Drone
import Foundation
import Parameters
import Recording

extension DroneSchema {
  /// Reads the firmware that flies a drone, and who holds its sticks.
  func betaflight(_ map: inout MappingReader) -> WrittenController? {
    let firmware = WrittenFirmware(
      program: map.optional("program", "the firmware, which is started for the flight") {
        self.program($0)
      },
      settings: map.list("settings", "lines for its command line, behind ours") {
        $0.string(expected: "a line such as set p_roll = 20")
      },
      clock: map.word(
        "clock", "whose time the program takes for its own",
        default: FirmwareSource.Clock.simulation),
      address: map.optional("address", "where a firmware runs already") { Self.address($0) },
      listen: map.optional(
        "listen", "this machine's address that it sends motors to", usual: "127.0.0.1"
      ) { Self.address($0) },
      sticks: map.optional(
        "sticks", "the sticks of the pilot, row by row", usual: "a pilot who follows the reference"
      ) { self.sticks($0) })
    guard Self.isWhole(firmware, map), let source = firmware.source else { return nil }
    return WrittenController(name: "betaflight", values: firmware.values) {
      model throws(ControllerError) in
      guard rates.control >= BetaflightController.leastFrequency else {
        throw ControllerError(
          "Betaflight wants to hear of it \(BetaflightController.leastFrequency) times a second at "
            + "least, not \(rates.control); set rates: { physics: 1000, control: 500 }")
      }
      return try BetaflightController(
        source, pilot: firmware.sticks.map { .recording($0.recording) } ?? .reference,
        model: model, gravity: physics.gravity)
    }
  }

  /// Whether a firmware is named, once, by keys that go together, and its sticks could be read.
  private static func isWhole(_ firmware: WrittenFirmware, _ map: MappingReader) -> Bool {
    switch (map.has("program"), map.has("address")) {
    case (true, true):
      map.reject("stands beside program", at: "address", expected: "one of them")
      return false
    case (false, false):
      map.reject(
        "is missing", at: "program",
        expected: "the firmware's program, or address: of one that runs")
      return false
    case (let isProgram, _):
      let (keys, owner) = isProgram ? (["listen"], "address") : (["settings", "clock"], "program")
      for key in keys where map.has(key) {
        map.reject("is said without \(owner)", at: key, expected: "it beside \(owner) alone")
      }
    }
    if let program = firmware.program, firmware.clock == .simulation,
      let obstacle = FirmwareClockLibrary.obstacle(for: program.path)
    {
      map.reject(
        "cannot take the simulation's time: \(obstacle)", at: "program",
        expected: "one that can, or clock: wall")
      return false
    }
    return !map.has("sticks") || firmware.sticks != nil
  }

  /// A program that can be started.
  private func program(_ value: ValueReader) -> (written: String, path: String)? {
    let expected = "the program that Betaflight's SITL is built as"
    guard let file = value.string(expected: expected) else { return nil }
    let path = URL(fileURLWithPath: file, relativeTo: schema.folder).relativePathFromHere
    var isFolder = ObjCBool(false)
    // unsafe: the file manager writes the local flag while it is called.
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
      !isFolder.boolValue
    else { return value.reject("is no file", expected: expected) }
    guard FileManager.default.isExecutableFile(atPath: path) else {
      return value.reject("cannot be run", expected: expected)
    }
    return (file, path)
  }

  /// An IPv4 address.
  static func address(_ value: ValueReader) -> String? {
    let expected = "an IPv4 address such as 127.0.0.1"
    guard let address = value.string(expected: expected) else { return nil }
    guard (try? DatagramSocket.place(address: address, port: 0)) != nil else {
      return value.reject("is none", expected: expected)
    }
    return address
  }

  private func sticks(
    _ value: ValueReader
  ) -> (written: String, recording: RadioRecording)? {
    guard let file = value.string(expected: "a CSV file") else { return nil }
    let path = URL(fileURLWithPath: file, relativeTo: schema.folder).relativePathFromHere
    do throws(CSVError) { return (file, try RadioRecording(contentsOf: path)) } catch {
      return value.reject("cannot be flown: \(error)")
    }
  }
}

/// What a scenario says of a firmware.
private struct WrittenFirmware {
  let program: (written: String, path: String)?
  let settings: [String]
  let clock: FirmwareSource.Clock
  let address: String?
  let listen: String?
  let sticks: (written: String, recording: RadioRecording)?

  /// Where it comes from, if the scenario says.
  var source: FirmwareSource? {
    if let program { return .program(path: program.path, settings: settings, clock: clock) }
    return address.map {
      .running(FirmwareEndpoint(address: $0, listen: listen ?? "127.0.0.1"))
    }
  }

  /// What is said, as files have it.
  var values: ParameterValues {
    let lines = settings.isEmpty ? nil : ParameterValue.list(settings.map { .word($0) })
    let all: [(name: String, value: ParameterValue?)] = [
      ("program", program.map { .file(written: $0.written, path: $0.path) }),
      ("settings", lines),
      ("clock", program.map { _ in .word(clock.rawValue) }),
      ("address", address.map { .word($0) }), ("listen", listen.map { .word($0) }),
      ("sticks", sticks.map { .file(written: $0.written, path: $0.written) }),
    ]
    let said = all.filter { $0.value != nil }
    return ParameterValues(names: said.map(\.name), values: said.compactMap(\.value))
  }
}

extension ScenarioSchema {
  /// Refuses drones that share a firmware, or the port that its motors come to.
  func checkFirmware(of flight: FlightSpecification, in map: MappingReader) {
    var known: [(drone: Int, endpoint: FirmwareEndpoint)] = []
    for (index, drone) in flight.drones.enumerated() {
      guard let controller = drone.controller.controller as? BetaflightController,
        let endpoint = controller.source.endpoint
      else { continue }
      let other = known.first {
        $0.endpoint.address == endpoint.address || $0.endpoint.listen == endpoint.listen
      }
      if let other {
        let shared =
          other.endpoint.address == endpoint.address
          ? "has its firmware at \(endpoint.address)" : "takes motors at \(endpoint.listen)"
        map.value(of: "drones").element(index).value(of: "controller").report(
          "\(shared), as drone \(other.drone) does, and the firmware's ports are fixed when it is built",
          expected: "program: with the clock of the simulation, or address: and listen: of its own")
      }
      known.append((index, endpoint))
    }
  }
}
