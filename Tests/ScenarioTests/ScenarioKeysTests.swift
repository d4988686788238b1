import Configuration
import Drone
import Foundation
import Scenario
import Simulation
import SpatialMath
import TestSupport
import Testing

/// The page of all keys is what the schema reads, and says all of it.
struct ScenarioKeysTests {
  private static let keys = ScenarioKeys()

  @Test("Documentation/ScenarioKeys.md is what `swiftlet keys --markdown` prints")
  func page() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Documentation/ScenarioKeys.md")
    #expect(
      try String(contentsOf: file, encoding: .utf8) == Self.keys.page,
      "write it anew: swiftlet keys --markdown > Documentation/ScenarioKeys.md")
  }

  @Test("every key that is read is described")
  func described() {
    let named = Self.keys.keys.filter { !$0.path.hasSuffix("[]") }
    #expect(named.count > 150)
    for key in named {
      #expect(!key.summary.isEmpty, "\(key.path) is read, and nothing says what it is")
      #expect(!key.expected.isEmpty, "\(key.path) is asked for, and its value is not read")
    }
  }

  @Test("every key has an example")
  func exemplified() {
    let shown = ScenarioKeys.examples.reduce(into: Set<String>()) { $0.formUnion($1.paths) }
    for key in Self.keys.keys where !key.path.hasSuffix("[]") {
      #expect(shown.contains(key.path), "no example has \(key.path)")
    }
  }

  @Test("every example is valid", arguments: ScenarioKeys.examples.map(\.text))
  func valid(example: String) throws {
    let folder = try TemporaryFolder()
    try writeFiles(to: folder)
    let file = try folder.write(ScenarioKeys.file(example), to: "example.yaml")
    _ = try FlightSpecification(contentsOf: file)
  }

  /// What the examples name.
  private func writeFiles(to folder: TemporaryFolder) throws {
    _ = try folder.write("t,x,y,z,yaw\n0,0,0,1,0\n10,1,0,1,0.5\n", to: "reference.csv")
    _ = try folder.write("t,roll,pitch,yaw,throttle\n0,0,0,0,0.3\n", to: "sticks.csv")
    let program = try folder.write("#!/bin/sh\n", to: "betaflight_SITL")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    let rows = (0...480).map { "\(Double($0) / 48),0,15000,15000,15000,15000\n" }
    _ = try folder.write("t,drone,rpm0,rpm1,rpm2,rpm3\n" + rows.joined(), to: "flight.csv")
    _ = try folder.write(
      "t,drone,held,mode,roll,pitch,yaw,throttle\n0,2,1,0,0,0,0,0.5\n", to: "sticks.csv")
    _ = try folder.write("v 0 0 0\nv 1 0 0\nv 0 0 1\nf 1 2 3\n", to: "wall.obj")
    _ = try folder.write(
      """
      <robot name="block"><link name="base">
        <inertial><mass value="0.5"/><inertia ixx="1e-3" iyy="1e-3" izz="1e-3" ixy="0" ixz="0" iyz="0"/></inertial>
        <collision><geometry><box size="0.2 0.2 0.2"/></geometry></collision>
      </link></robot>
      """, to: "block.urdf")
  }

  @Test("a default that is told in words is the one that holds")
  func defaults() throws {
    func usual(_ path: String) -> String? {
      Self.keys.keys.first { $0.path == path }.map { Self.keys.usual($0) }
    }
    let folder = try TemporaryFolder()
    let file = try folder.write("version: 1\ndrones: [{ at: [0, 0, 1] }]\n", to: "least.yaml")
    let flight = try FlightSpecification(contentsOf: file)
    let drone = flight.drones[0]
    #expect(usual("duration")?.contains("10 s") == true && flight.duration == 10)
    #expect(usual("drones[].model") == drone.modelName)
    #expect(usual("drones[].controller") == drone.controller.name)
    #expect(usual("physics.effects") == "[\(flight.physics.effects.joined(separator: ", "))]")
    #expect(usual("physics.gravity") == "\(flight.physics.gravity)")
    #expect(usual("rates.control") == "\(flight.rates.control)")
    #expect(usual("rates.record") == "\(flight.rates.record)")
    #expect(usual("drones[].pushes") == "none" && drone.pushes.isEmpty)
    #expect(usual("wind.gusts") == "none" && flight.wind.gusts.isEmpty)
    #expect(usual("drones[].rpy") == "[0.0, 0.0, 0.0]" && drone.start.attitude == .identity)
    #expect(usual("drones[].reference")?.hasPrefix(try #require(drone.reference).name) == true)
  }

  @Test("a key that is not on the page is refused, and one on it is not taken for unknown")
  func unknown() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "version: 1\nwind: { speed: 3 }\ndrones: [{ at: [0, 0, 1] }]\n", to: "f.yaml")
    #expect {
      try FlightSpecification(contentsOf: file)
    } throws: { error in
      let own = Self.keys.keys.filter {
        $0.path.hasPrefix("wind.") && !$0.path.dropFirst(5).contains(".")
      }
      let names = own.map(\.name).filter { !$0.hasSuffix("[]") }
      return names.count == 3
        && "\(error)".contains("unknown key; expected one of \(names.joined(separator: ", "))")
    }
  }
}
