import ArgumentParser
import Foundation
import LiveView
import Pictures
import Swiftlet

/// `swiftlet view`.
struct ViewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "view", abstract: "Show a flight in the browser, recorded or live.",
    discussion: """
      Serves a page on this machine alone, until Ctrl-C. A run folder or trajectory is played back; \
      a scenario flies live, and viewers can pause it, start it again, change its speed and \
      push its drones. From another machine, type: ssh -L 8060:127.0.0.1:8060 HOST

      EXAMPLES:
        swiftlet view runs/circle-20260102-030405
        swiftlet view Examples/circle-ten.yaml
      """)

  @Argument(help: "A run folder, a trajectory, or a scenario.", completion: .file())
  var flight: String

  @Option(
    parsing: .unconditional,
    help: "The port; 8060, or any that is free where that is taken, if not given.")
  var port: UInt16?

  @OptionGroup var settings: ScenarioSettings

  func run() throws {
    let server = try server()
    let ports: [UInt16] = port.map { [$0] } ?? [8060, 0]
    let isDone = DispatchSemaphore(value: 0)
    Task {
      for port in ports {
        do { try await server.run(port: port, whenReady: announce) } catch {
          if port == ports.last {
            standardError("\(error)")
            Foundation.exit(3)
          }
        }
      }
      isDone.signal()
    }
    isDone.wait()
  }

  private func server() throws -> ViewServer {
    guard flight.hasSuffix(".yaml") || flight.hasSuffix(".yml") else {
      do { return ViewServer(of: try ReplayPage(of: RecordedFlight(at: flight))) } catch {
        throw CommandFailure(error)
      }
    }
    let specification = try settings.scenario(at: flight)
    do { return try ViewServer(of: LiveFlight(specification, note: { standardError($0) })) } catch {
      throw CommandFailure(error) ?? CommandFailure.input("\(error)")
    }
  }

  @Sendable private func announce(_ port: UInt16) {
    standardError("http://127.0.0.1:\(port)/  (Ctrl-C ends it)")
  }
}
