import Foundation
import Swiftlet

/// Where the time of a flight step goes, by what it costs more when one part after the other is added.
struct FlightAccount {
  /// The parts, and the time of a drone-step with them and all before, in double and single precision.
  /// [ns]
  private let parts: [(name: String, double: Double, single: Double)]

  /// Takes the time of 1,024 drones, each alone in its world, some times in turn.
  init(times: Int) throws(SimulationError) {
    let stages = Self.stages
    var double = Array(repeating: [Double](), count: stages.count)
    var single = double
    for _ in 0..<times {
      for (stage, (_, physics)) in stages.enumerated() {
        var physics = physics
        double[stage].append(try Self.time(physics))
        physics.precision = .single
        single[stage].append(try Self.time(physics))
      }
    }
    parts = stages.indices.map { stage in
      (stages[stage].name, double[stage].sorted()[times / 2], single[stage].sorted()[times / 2])
    }
  }

  /// The account, a line a part.
  var text: String {
    var table = TextTable(["part of a flight step", "ns in double", "ns in single precision"])
    var before = (double: 0.0, single: 0.0)
    for part in parts {
      table.append([
        part.name, Self.decimal(part.double - before.double),
        Self.decimal(part.single - before.single),
      ])
      before = (part.double, part.single)
    }
    table.append(["all of it", Self.decimal(before.double), Self.decimal(before.single)])
    return table.text
  }

  /// More and more of the physics.
  private static var stages: [(name: String, physics: FlightPhysics)] {
    var bare = FlightPhysics.accurate(dynamics: .explicit)
    bare.hasRotorDynamics = false
    var turning = bare
    turning.hasRotorDynamics = true
    var grounded = turning
    grounded.effects = [GroundEffect()]
    var dragged = turning
    dragged.effects = [GroundEffect(), RotorDrag()]
    var whole = dragged
    whole.dynamics = .bullet
    return [
      ("thrust, torque, rigid body", bare), ("rotor lag and momentum", turning),
      ("ground effect", grounded), ("drag", dragged), ("reach test", whole),
    ]
  }

  /// The time of a drone-step. [ns]
  private static func time(_ physics: FlightPhysics) throws(SimulationError) -> Double {
    let run = PhysicsRun(
      worlds: 1024, dronesPerWorld: 1, physics: physics, placement: .far, threads: 1)
    return 1e9 / (try run.rates(times: 1)).cpu
  }

  private static func decimal(_ time: Double) -> String { String(format: "%.1f", time) }
}
