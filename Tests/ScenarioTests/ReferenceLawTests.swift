import Control
import Drone
import Recording
import SpatialMath
import Testing

/// The control laws on recorded states, against the recorded rotor speeds.
struct ReferenceLawTests {
  static let columns = [
    "x", "y", "z", "qx", "qy", "qz", "qw", "vx", "vy", "vz", "rpm0", "rpm1", "rpm2", "rpm3",
  ]

  /// Measured: 5e-8 rpm at most, of 15,000.
  @Test("the same states give the same rotor speeds", arguments: ReferenceFlightTests.flownByPID)
  func law(flight: ReferenceCase) throws {
    let file = try TrajectoryFile(contentsOf: flight.trajectory, required: Self.columns)
    let model = try ModelCatalogue.standard.model(named: "cf2x")
    for drone in 0..<flight.droneCount {
      let columns = Dictionary(
        uniqueKeysWithValues: Self.columns.map { ($0, file.values($0, ofDrone: drone)) })
      func value(_ name: String, _ row: Int) -> Double { columns[name]?[row] ?? .nan }
      var pilot = ExamplePilot(flight, drone: drone, model: model)
      var largest = 0.0
      for row in 0..<file.times(ofDrone: drone).count - 1 {
        let state = DroneState<Double>(
          position: Vector(value("x", row), value("y", row), value("z", row)),
          attitude: Rotation(
            x: value("qx", row), y: value("qy", row), z: value("qz", row), w: value("qw", row)),
          velocity: Vector(value("vx", row), value("vy", row), value("vz", row)))
        guard let speeds = pilot.rotorSpeeds(for: state, step: row) else { continue }
        for rotor in 0..<4 {
          largest = max(largest, abs(speeds[rotor] - value("rpm\(rotor)", row + 1)))
        }
      }
      print(flight.name, "drone", drone, "rotor speeds within", largest.brief, "rpm")
      #expect(largest < 1e-6)
    }
  }
}

/// The loops of gym-pybullet-drones' examples around our controllers.
private struct ExamplePilot {
  private var controller: any Controller
  private let setpoint: (Int) -> Setpoint
  private let startsAtOnce: Bool

  init(_ flight: ReferenceCase, drone: Int, model: QuadcopterModel) {
    startsAtOnce = flight.name == "ex_pid_velocity"
    if startsAtOnce {
      controller = VelocityController(model: model, gravity: 9.8)
      setpoint = { Self.velocity(of: drone, command: $0) }
      return
    }
    controller = CascadedPID(model: model, gravity: 9.8)
    let (start, first, yaw) = (flight.start(drone), flight.start(0), flight.yaw(drone))
    if flight.name == "ex_downwash_12s" {
      setpoint = { step in
        let index = (step + 120 * drone) % 240
        return Setpoint(
          position: Vector(0.5 * (2 * Double.pi * Double(index) / 240).cosine(), 0, start[2]))
      }
    } else {
      setpoint = { step in
        let angle = 2 * Double.pi * Double((step + 80 * drone) % 480) / 480 + .pi / 2
        let (sine, cosine) = angle.sineAndCosine()
        return Setpoint(
          position: Vector(0.3 * cosine + first[0], 0.3 * sine - 0.3 + first[1], start[2]), yaw: yaw
        )
      }
    }
  }

  /// The rotor speeds that the example applies after some control steps, from then on.
  mutating func rotorSpeeds(for state: DroneState<Double>, step: Int) -> PerRotor<Double>? {
    if step == 0 && !startsAtOnce { return nil }
    return controller.rotorSpeeds(
      for: state, tracking: step == 0 ? Setpoint() : setpoint(step - 1), at: 0, every: 1.0 / 48)
  }

  private static func velocity(of drone: Int, command: Int) -> Setpoint {
    let directions: [Vector<World, Double>] = [
      Vector(-0.5, 1, 0), Vector(0, 1, 0), Vector(0.2, 1, 0.2), Vector(0, 1, 0.5),
    ]
    let isTurned = command >= [30, 70, 110, 150][drone]
    let direction = directions[drone]
    return Setpoint(velocity: ((isTurned ? -1 : 1) * 0.99 * 0.25 / direction.norm) * direction)
  }
}
