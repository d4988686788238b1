import Control
import Drone
import Foundation
import SpatialMath
import TestSupport
import Testing

import Betaflight

@Suite("a drone flown by Betaflight")
struct BetaflightControllerTests {
  /// Front left, back left, back right, front right.
  private let racer: QuadcopterModel

  init() throws { racer = try ModelCatalogue.standard.model(named: "racer") }

  private func controller(
    _ firmware: FakeFirmware, pilot: BetaflightController.Pilot = .reference
  ) throws -> BetaflightController {
    try BetaflightController(
      .running(firmware.endpoint), pilot: pilot, model: racer, gravity: 9.81)
  }

  @Test("each rotor takes the motor in its corner, and its share of the most thrust")
  func motors() throws {
    // Front right, back left, front left, back right.
    let firmware = try FakeFirmware(motors: [0.1, 0.2, 0.3, 0.4])
    defer { firmware.end() }
    var controller = try self.controller(firmware)
    let speeds = controller.rotorSpeeds(
      for: DroneState(position: Vector(0, 0, 1)), tracking: Setpoint(), at: 0, every: 0.002)
    #expect(controller.failure == nil)
    let full = racer.maximumRotorSpeed
    for (rotor, share) in [0.3, 0.2, 0.4, 0.1].enumerated() {
      let curve = racer.rotors[rotor].thrust
      #expect(abs(curve.value(at: speeds[rotor]) / curve.value(at: full) - share) < 1e-6)
    }
  }

  @Test("rates, what is felt and the attitude are along forwards, right and down")
  func axes() throws {
    let firmware = try FakeFirmware(motors: [0.2, 0.2, 0.2, 0.2])
    defer { firmware.end() }
    var controller = try self.controller(firmware)
    // A quarter turn to the left about z, and a nose that goes up: the y axis is turned against.
    let half = 0.5.squareRoot()
    let state = DroneState<Double>(
      position: Vector(1, 2, 3), attitude: Rotation(x: 0, y: 0, z: half, w: half),
      velocity: Vector(4, 5, 6), bodyRates: Vector(0.1, 0.2, 0.3))
    _ = controller.rotorSpeeds(for: state, tracking: Setpoint(), at: 0, every: 0.002)
    var faster = state
    // 2 m/s² along the world's y, which is forwards.
    faster.velocity = Vector(4, 5.004, 6)
    _ = controller.rotorSpeeds(for: faster, tracking: Setpoint(), at: 0.002, every: 0.002)
    let last = try #require(firmware.all.states.last)
    let expected = [
      0.1, -0.2, -0.3, -2, 0, -9.81, half, 0, 0, -half, 4, 5.004, 6, 1, 2, 3, 101_325,
    ]
    #expect(last.count == 18)
    for (number, wanted) in zip(last.dropFirst(), expected) { #expect(abs(number - wanted) < 1e-9) }
  }

  @Test("one state, one answer")
  func lockStep() throws {
    let firmware = try FakeFirmware(motors: [0.2, 0.2, 0.2, 0.2])
    defer { firmware.end() }
    var controller = try self.controller(firmware)
    var state = DroneState<Double>(position: Vector(0, 0, 1))
    _ = controller.rotorSpeeds(for: state, tracking: Setpoint(), at: 0, every: 0.002)
    // Where the machine is so busy that an answer is late, its state is sent again: then another round counts.
    let isOneForOne = (0..<5).contains { round in
      let before = firmware.all
      for step in 100 * round + 1...100 * round + 100 {
        let time = Double(step) * 0.002
        state.position.x = Double(step)
        _ = controller.rotorSpeeds(for: state, tracking: Setpoint(), at: time, every: 0.002)
      }
      let states = firmware.all.states.dropFirst(before.states.count)
      // By times that differ the firmware would scale its clock.
      return states.map { $0[14] } == (100 * round + 1...100 * round + 100).map(Double.init)
        && Set(states.map { $0[0] }).count == 1
    }
    #expect(controller.failure == nil)
    #expect(isOneForOne)
  }

  @Test("recorded sticks are what the channels say, and hold until the next row")
  func sticks() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "t,roll,pitch,yaw,throttle,level\n0,1,-0.5,0.25,0.3,1\n0.1,0,0,0,0.5,0\n", to: "sticks.csv")
    let firmware = try FakeFirmware(motors: [0.2, 0.2, 0.2, 0.2])
    defer { firmware.end() }
    var controller = try self.controller(
      firmware, pilot: .recording(RadioRecording(contentsOf: path)))
    #expect(!controller.followsReference)
    let state = DroneState<Double>(position: Vector(0, 0, 1))
    for (end, channels) in [
      (45, [2000, 1250, 1300, 1625, 2000, 2000]), (100, [1500, 1500, 1500, 1500, 2000, 1000]),
    ] {
      for step in (end == 45 ? 0 : 46)...end {
        _ = controller.rotorSpeeds(
          for: state, tracking: Setpoint(), at: Double(step) * 0.002, every: 0.002)
      }
      #expect(firmware.all.channels.prefix(6).map(Int.init) == channels)
    }
  }

  @Test("a pilot pushes the sticks to where the drone should be")
  func pilot() throws {
    var pilot = AnglePilot(of: racer, gravity: 9.81)
    let state = DroneState<Double>(position: Vector(0, 0, 1))
    let hover = racer.mass * 9.81 / racer.maximumThrust
    let right = pilot.sticks(
      for: state, tracking: Setpoint(position: Vector(1, -1, 1), yaw: -0.1), every: 0.002)
    #expect(right.roll > 0.05 && right.pitch > 0.05 && right.yaw > 0.05)
    #expect(abs(right.throttle - hover) < 1e-3 && right.arm && right.level)
    let left = pilot.sticks(
      for: state, tracking: Setpoint(position: Vector(-1, 1, 2), yaw: 0.1), every: 0.002)
    #expect(left.roll < -0.05 && left.pitch < -0.05 && left.yaw < -0.05 && left.throttle > hover)
  }

  @Test("a firmware that falls silent ends the flight, in a few seconds")
  func silence() throws {
    let firmware = try FakeFirmware(motors: [0.2, 0.2, 0.2, 0.2])
    defer { firmware.end() }
    var controller = try self.controller(firmware)
    let state = DroneState<Double>(position: Vector(0, 0, 1))
    _ = controller.rotorSpeeds(for: state, tracking: Setpoint(), at: 0, every: 0.002)
    #expect(controller.failure == nil)
    firmware.fallSilent()
    let start = ContinuousClock.now
    let speeds = controller.rotorSpeeds(
      for: state, tracking: Setpoint(), at: 0.002, every: 0.002)
    #expect(speeds == PerRotor(repeating: 0))
    #expect(controller.failure?.description.contains("has given no motors for 2.0 s") == true)
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test("rotors that turn the other way are noticed, and others that are no X refused")
  func rotors() throws {
    let reversed = try MotorOrder(turned(racer) { _ in true })
    #expect(reversed.isReversed)
    #expect(try !MotorOrder(racer).isReversed)
    #expect(throws: ControllerError.self) { try MotorOrder(turned(racer) { $0 == 1 }) }
    let plus = try ModelCatalogue.standard.model(named: "hummingbird")
    #expect(throws: ControllerError.self) { try MotorOrder(plus) }
  }

  private func turned(_ model: QuadcopterModel, _ isTurned: (Int) -> Bool) -> QuadcopterModel {
    var model = model
    for rotor in 0..<4 where isTurned(rotor) {
      let spin = model.rotors[rotor].spin
      model.rotors[rotor].spin = spin == .clockwise ? .counterclockwise : .clockwise
    }
    return model
  }
}
