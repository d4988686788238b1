import Configuration
import Foundation
import Gym
import Parameters
import Randomness
import SpatialMath
import TaskFiles
import Tasks
import TestSupport
import Testing

/// What is written of a task reads as the same task.
struct RoundTripTests {
  @Test("every task of the catalogue", arguments: TaskCatalogue.standard.names)
  func catalogue(name: String) throws {
    let specification = try TaskSpecification(named: name)
    let again = try TaskSpecification(encoded: specification.encoded(), from: name)
    #expect(again.encoded() == specification.encoded())
    let usual = try #require(TaskCatalogue.standard[name]).task()
    #expect(
      try Self.trace(again.task) == Self.trace(usual), "the file says the task of the catalogue")
  }

  @Test("every task with settings drawn at random", arguments: TaskCatalogue.standard.names)
  func random(name: String) throws {
    let entry = try #require(TaskCatalogue.standard[name])
    for seed in 0..<20 {
      var random = SplitMix64(seed: UInt64(seed))
      var settings = Self.settings.filter { _ in random.next() % 3 == 0 }
        .map { $0[Int(random.next() % UInt64($0.count))] }
      for parameter in entry.factory.parameters where random.next() % 2 == 0 {
        if let value = Self.sample(parameter, 0.5 + 0.1 * Double(random.next() % 5)) {
          settings.append("\(parameter.name)=\(value)")
        }
      }
      if entry.droneCounts.count > 1 {
        settings.append("drones=\(entry.droneCounts.lowerBound + Int(random.next() % 5))")
      }
      if name == "any-airframe" {
        // Its own rate does not divide those drawn, and airframes take throttles.
        settings += ["rates.physics=480", "rates.control=48", "randomisation.airframes=false"]
      }
      // A start stands beside gates.
      if name == "gate-racing", settings.contains(where: { $0.hasPrefix("start=") }) {
        settings.append("gates=[{at: [1, 0.5, 1], yaw: 0.5}]")
      }
      let specification = try TaskSpecification(named: name, settings: settings)
      let again = try TaskSpecification(encoded: specification.encoded(), from: name)
      #expect(again.encoded() == specification.encoded(), "\(settings)")
      #expect(try Self.trace(again.task) == Self.trace(specification.task), "\(settings)")
    }
  }

  @Test("JSON is read as YAML is, and a file as a name with settings")
  func json() throws {
    let folder = try TemporaryFolder()
    let yaml = try folder.write(
      """
      task: navigation
      model: racer
      physics: { effects: [drag], precision: single }
      action:
        body_rates: { limit: 4 }
      observation: [position_error, { velocity: { axes: body, scale: 2 } }, altitude]
      """, to: "task.yaml")
    let json = """
      {"model": "racer", "physics": {"effects": ["drag"], "precision": "single"}, "action":
      {"body_rates": {"limit": 4}}, "observation": ["position_error", {"velocity": {"axes": "body",
      "scale": 2}}, "altitude"]}
      """
    let object = try folder.write("{\"task\": \"navigation\", " + json.dropFirst(), to: "task.json")
    let file = try TaskSpecification(contentsOf: yaml).encoded()
    #expect(try TaskSpecification(contentsOf: object).encoded() == file)
    #expect(try TaskSpecification(named: "navigation", json: json).encoded() == file)
    #expect(
      try TaskSpecification(
        named: "navigation",
        settings: [
          "model=racer", "physics.effects=[drag]", "physics.precision=single",
          "action.body_rates.limit=4",
          "observation=[position_error, { velocity: { axes: body, scale: 2 } }, altitude]",
        ]
      ).encoded() == file)
  }

  /// Another value of a task's own number, some share of what it usually is.
  private static func sample(_ parameter: ParameterDescription, _ share: Double) -> String? {
    guard case .value(let usual) = parameter.initial else { return nil }
    switch (parameter.kind, usual) {
    case (.number(let range, _), .number(let number)):
      return range.contains(share * number) ? "\(share * number)" : nil
    case (.integer(let range), .integer(let number)):
      return range.contains(number + 1) ? "\(number + 1)" : nil
    case (.vector, .vector(let v)): return "[\(v.x + share), \(v.y - share), \(v.z)]"
    default: return nil
    }
  }

  /// Values that go together whatever the task, a key a row.
  private static let settings: [[String]] = [
    ["model=cf2p", "model=cf2x"], ["friction=0.25", "restitution=0.125"],
    ["rates.physics=480", "rates.physics=960"], ["time_limit=2.5", "time_limit=0.3"],
    ["physics.preset=gpd", "physics.dynamics=explicit", "physics.effects=[drag]"],
    ["physics.gravity=3.71"], ["physics.precision=single"],
    [
      "wind.mean=[1,0.1,0]", "wind.gusts=[{peak: [1,2,3], duration: 0.7}]",
      "wind.turbulence={intensity: 0.3, height: 3}",
    ],
    [
      "world.floor=false",
      "world.obstacles=[{box: [0.1,0.2,0.3], at: [4,0,1], rpy: [0.1,0.2,0.3]},{sphere: 0.2, at: [0,5,1]}]",
      "world.obstacles=[{compound: [{box: [1,1,1], rpy: [0.3,1,2]}], at: [5,5,1], attitude: [0,0,0.6,0.8]}]",
      "world.obstacles=[{mesh: {points: [[0,0,0],[1,0,0],[0,1,0],[0,0,1]], corners: [0,2,1,0,1,3]}, at: [6,6,1]}]",
    ],
    [
      "action=whole_range", "action=throttles", "action={attitude: {tilt: 0.3}}",
      "action=body_rates",
      "action={collective: {authority: 0.1}}",
    ],
    [
      "observation=[position_error, quaternion, {last_actions: {count: 2}}]",
      "observation=[{accelerations: {count: 3, scale: 20, turn_scale: 100}}]",
      "observation=[gpd_state, multiranger, {ranges: {count: 5, reach: 2.7}}]",
    ],
    ["sensors=[{imu: {}, scale: 20}]", "sensors=[{multiranger: {}, scale: 4}]"],
    ["noise.position=0.003", "noise={attitude: 0.01, body_rates: 0.1, range: 0.05}"],
    [
      "randomisation.mass=[0.9,1.1]", "randomisation={delay: [0,2], tilt: 0.1, drag: [0.5,2]}",
      "randomisation.position=[0.011,0.02,0.03]",
    ],
  ]

  /// What a hundred actions drawn at random come to.
  private static func trace(_ task: any DroneTask) throws -> [UInt32] { try bits(task) }

  private static func bits(_ task: some DroneTask) throws -> [UInt32] {
    var environment = try TaskEnvironment(task, count: 2)
    var player = TaskPlayer(.random, of: environment, seed: 1)
    var batch = StepBatch(layout: environment.layout)
    try environment.reset(seed: 7, into: &batch)
    var bits: [UInt32] = []
    for _ in 0..<25 {
      player.act(in: environment, batch: &batch)
      try environment.step(&batch)
      for index in batch.observations.indices { bits.append(batch.observations[index].bitPattern) }
      for index in batch.rewards.indices { bits.append(batch.rewards[index].bitPattern) }
    }
    return bits
  }
}
