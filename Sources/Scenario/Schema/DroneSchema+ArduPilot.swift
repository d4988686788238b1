import ArduPilot
import Betaflight
import Configuration
import Control
import Drone
import Parameters

extension DroneSchema {
  /// Reads where ArduPilot's packets come in, by default at the port of its instance with the drone's number.
  func arduPilot(_ value: ValueReader, drone: Int) -> WrittenController? {
    value.mapping { map in
      let usual = Self.port(ofInstance: drone)
      let listen = map.optional(
        "listen", "this machine's address that ArduPilot sends servos to", usual: "127.0.0.1"
      ) { Self.address($0) }
      let port = map.optional(
        "port", "the port there", usual: "9002, and 10 more for each drone before this one"
      ) { $0.integer(in: UInt16(1)...UInt16.max) }
      let patience = map.number(
        "patience", "how long ArduPilot may be silent", default: 30,
        in: .within(0.1...3600), unit: "s")
      guard map.has("port") == (port != nil), map.has("listen") == (listen != nil) else {
        return nil
      }
      guard let port = port ?? usual else {
        map.reject(
          "is missing", at: "port", expected: "a port, since this drone has none by default")
        return nil
      }
      let endpoint = ArduPilotEndpoint(listen: listen ?? "127.0.0.1", port: port)
      return WrittenController(name: "ardupilot", values: endpoint.values(patience: patience)) {
        model throws(ControllerError) in
        guard rates.control >= ArduPilotController.leastFrequency else {
          throw ControllerError(
            "ArduPilot wants to hear of it \(ArduPilotController.leastFrequency) times a second at "
              + "least, not \(rates.control); set rates: { physics: 1200, control: 1200, record: 50 }"
          )
        }
        return try ArduPilotController(
          endpoint, patience: patience, model: model, gravity: physics.gravity)
      }
    }
  }

  /// The port of an instance of ArduPilot, by its number.
  private static func port(ofInstance number: Int) -> UInt16? {
    UInt16(exactly: Int(ArduPilotEndpoint.usualPort) + 10 * number)
  }
}

extension ArduPilotEndpoint {
  /// What is said of it, as files have it. [s]
  fileprivate func values(patience: Double) -> ParameterValues {
    ParameterValues(
      names: ["listen", "port", "patience"],
      values: [.word(listen), .integer(Int(port)), .number(patience)])
  }
}

extension ScenarioSchema {
  /// Refuses drones whose ArduPilots send to the same port, or to the one that a Betaflight sends to, and notes
  /// what is waited for.
  func checkServoPorts(of flight: FlightSpecification, in map: MappingReader) {
    var known: [(drone: Int, place: ArduPilotEndpoint, isArduPilot: Bool)] = []
    for (index, drone) in flight.drones.enumerated() {
      guard let place = drone.controller.controller.servoPort else { continue }
      let isArduPilot = drone.controller.controller is ArduPilotController
      let value = map.value(of: "drones").element(index).value(of: "controller")
      if let other = known.first(where: { $0.place == place && ($0.isArduPilot || isArduPilot) }) {
        value.report(
          "listens on port \(place.port) of \(place.listen), as drone \(other.drone) does",
          expected: "a port or an address of its own")
      } else if isArduPilot {
        value.note("waits for ArduPilot on port \(place.port) of \(place.listen)")
      }
      known.append((index, place, isArduPilot))
    }
  }
}

extension Controller {
  /// Where a firmware sends its motors or servos, if it does.
  fileprivate var servoPort: ArduPilotEndpoint? {
    switch self {
    case let controller as ArduPilotController: return controller.endpoint
    case let controller as BetaflightController:
      guard let endpoint = controller.source.endpoint else { return nil }
      return ArduPilotEndpoint(listen: endpoint.listen, port: endpoint.ports.motors)
    default: return nil
    }
  }
}
