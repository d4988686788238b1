import ArgumentParser
import CrazyflieServer
import Foundation
import Swiftlet

/// `swiftlet serve`.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Have the drones of a scenario answer as real ones do.",
    discussion: """
      With --crazyflie, each drone answers cflib, the Python library of Crazyflies, at udp://127.0.0.1:19850 and \
      the ports behind, until Ctrl-C: scripts for real Crazyflies fly these. The laws are those of the \
      firmware, at 1000 Hz, whatever controller and rates the scenario has. At the end comes a table of how \
      well each drone followed the positions that it was told.

      EXAMPLES:
        swiftlet serve Examples/crazyflies.yaml --crazyflie
        swiftlet serve Examples/crazyflies.yaml --crazyflie --lock-step --out runs/lock-step
        swiftlet serve Examples/circle-ten.yaml --crazyflie --set 'drones[*].model=cf2x_L250'
      """)

  @Argument(help: "The scenario, a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var scenario: String

  @Flag(help: "Answer by CRTP over UDP, as Crazyflies do.")
  var crazyflie = false

  @Option(
    parsing: .unconditional,
    help: """
      The port of the first drone, up to 65535, each other has the one behind; 0 for any that are free.
      """)
  var port = ServerOptions.usualPort

  @Option(
    help: "The address to listen on; 0.0.0.0 lets other machines in, whoever they are.")
  var address = "127.0.0.1"

  @Option(
    parsing: .unconditional, help: "How many times faster than on the wall time goes by.")
  var speed: Double?

  @Flag(help: "Let time go by only when a client writes the parameter sim.advance, in ms.")
  var lockStep = false

  @Flag(help: "Fly only drones that a client has armed.")
  var requireArming = false

  @Option(parsing: .unconditional, help: "How long to fly, in seconds; without end if not given.")
  var duration: Double?

  @Option(help: "The folder to record into; a new one, or an empty one.")
  var out: String?

  @OptionGroup var settings: ScenarioSettings

  @Flag(help: "Print nothing but errors and addresses.")
  var quiet = false

  func validate() throws {
    guard crazyflie else {
      throw ValidationError("Say what the drones answer as: --crazyflie.")
    }
    guard speed == nil || !lockStep else {
      throw ValidationError("--speed and --lock-step exclude each other.")
    }
    guard speed.map({ (0.001...1000).contains($0) }) ?? true else {
      throw ValidationError("--speed must be a number from 0.001 to 1000.")
    }
    guard duration.map({ (0.001...ServerOptions.endless).contains($0) }) ?? true else {
      throw ValidationError("--duration must be a number of seconds from 0.001 to 100000.")
    }
  }

  func run() throws {
    let specification = try settings.scenario(at: scenario)
    let interrupt = Interrupt()
    do {
      let server = try CrazyflieServer(
        specification, options, recordingInto: try out.map { try RunFolder(at: $0) },
        note: standardError)
      for (drone, port) in zip(specification.drones, server.ports) {
        standardError("\(drone.modelName): udp://\(address):\(port)")
      }
      let summary = try server.run { interrupt.hasHappened }
      if !quiet { try standardOutput(summary.text) }
    } catch { throw failure(error) }
  }

  private var options: ServerOptions {
    ServerOptions(
      address: address, port: port, pace: lockStep ? .lockStep : .realTime(speed: speed ?? 1),
      requiresArming: requireArming, duration: duration ?? ServerOptions.endless)
  }

  private func failure(_ error: any Error) -> any Error {
    switch error {
    case let error as ServerError:
      switch error {
      case .port: return CommandFailure.output(error.description)
      case .drone: return CommandFailure.input("\(scenario): \(error)")
      case .nonFinite: return CommandFailure.check("\(scenario): \(error)")
      }
    case let error as FlightError: return CommandFailure.input("\(scenario): \(error)")
    default: return CommandFailure(error) ?? error
    }
  }
}
