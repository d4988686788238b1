import Recording
import Scenario
import TestSupport
import Testing

/// What recordings and summaries say of contacts.
struct ContactTests {
  private func specification(_ text: String) throws -> FlightSpecification {
    let folder = try TemporaryFolder()
    return try FlightSpecification(contentsOf: folder.write(text, to: "flight.yaml"))
  }

  /// A collision lasts a physics step or two, and a row stands for five steps: which of them it falls
  /// into depends on the distance.
  @Test("two drones that collide at 4 m/s are recorded in contact, wherever they start")
  func collision() throws {
    for start in 0..<26 {
      let distance = 0.5 + 0.002 * Double(start)
      var flight = try Flight(
        specification(
          """
          version: 1
          duration: 0.4
          drones:
            - { at: [0, 0, 1], velocity: [4, 0, 0] }
            - { at: [\(distance), 0, 1] }
          """))
      var most = [0, 0]
      while !flight.isFinished {
        #expect(flight.advance().isEmpty)
        guard flight.isRecorded else { continue }
        for drone in 0..<2 { most[drone] = max(most[drone], flight.instant[drone].contacts) }
      }
      #expect(most.allSatisfy { $0 > 0 }, "\(most) points from a distance of \(distance) m")
      #expect(flight.statistics.allSatisfy { $0.contacts > 0 }, "from a distance of \(distance) m")
    }
  }

  /// With several commands to a row, and several rows to a command.
  @Test("rows hold the contacts since the row before", arguments: [(48, 16), (48, 240), (24, 24)])
  func rows(control: Int, record: Int) throws {
    func contacts(_ record: Int) throws -> [(time: Double, count: Int)] {
      var flight = try Flight(
        specification(
          """
          version: 1
          duration: 0.5
          rates: { physics: 240, control: \(control), record: \(record) }
          drones: [{ at: [0, 0, 0.3], velocity: [0, 0, -3] }]
          """))
      var counts: [(Double, Int)] = []
      while !flight.isFinished {
        _ = flight.advance()
        if flight.isRecorded { counts.append((flight.time, flight.instant[0].contacts)) }
      }
      return counts
    }
    // A row for each step has the contacts of the step.
    let steps = try contacts(240)
    var last = 0.0
    for row in try contacts(record) {
      let within = steps.filter { $0.time > last + 1e-9 && $0.time < row.time + 1e-9 }
      #expect(row.count == within.map(\.count).max(), "the row at \(row.time) s")
      last = row.time
    }
    #expect(steps.contains { $0.count > 0 }, "it never touched the floor")
  }
}
