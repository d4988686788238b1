import Control
import Drone
import Parameters
import Randomness
import SpatialMath
import Testing

/// Tilt first and heading apart: what an error of one asks for does not depend on the other.
struct HeadingLawTests {
  static let names = ModelCatalogue.standard.names
  static let controllers = ["pid", "geometric", "ctbr"]

  private func model(_ name: String) throws -> QuadcopterModel {
    var model = try ModelCatalogue.standard.model(named: name)
    // Without lag the commands are the speeds, and what they make can be read off.
    model.rotorLag = .none
    return model
  }

  private func wrench(
    _ model: QuadcopterModel, _ controller: String, _ state: DroneState<Double>,
    _ setpoint: Setpoint
  ) throws -> Wrench<Body, Double> {
    let entry = try #require(ControllerCatalogue.standard[controller])
    var pilot = try entry.controller(for: model, gravity: 9.8, preset: .accurate)
    let speeds = pilot.rotorSpeeds(for: state, tracking: setpoint, at: 0, every: 1.0 / 48)
    return RotorThrust(speeds: speeds, parameters: DroneParameters(model)).wrench
  }

  private func state(_ model: QuadcopterModel, yaw: Double) -> DroneState<Double> {
    DroneState(
      attitude: Rotation(RollPitchYaw(roll: 0, pitch: 0, yaw: yaw)),
      rotorSpeeds: PerRotor(repeating: model.hoverRotorSpeed(gravity: 9.8)))
  }

  @Test(
    "a heading error asks for yaw alone, the short way round", arguments: names, controllers)
  func headingAlone(name: String, controller: String) throws {
    let model = try model(name)
    let weight = model.mass * 9.8
    for (now, wanted, sign) in [(0.0, 0.1, 1.0), (3, -3, 1), (-3, 3, -1), (1, -2, -1), (0, 3.1, 1)]
    {
      let wrench = try wrench(model, controller, state(model, yaw: now), Setpoint(yaw: wanted))
      #expect(abs(wrench.torque.x) < 1e-9 * weight && abs(wrench.torque.y) < 1e-9 * weight)
      #expect(wrench.torque.z * sign > 1e-6 * weight, "from \(now) to \(wanted)")
      #expect(abs(wrench.force.z / weight - 1) < 1e-9)
    }
  }

  /// A push to one side is mended along the same line, however the nose points and should point.
  @Test(
    "the torque that mends a place is the same in the world for every heading", arguments: names,
    controllers)
  func tiltIsTheSame(name: String, controller: String) throws {
    let model = try model(name)
    // Where rotors stand more apart along one axis, or inertia differs, gains differ too, a little.
    let arms = model.rotors.map { abs($0.position.x) - abs($0.position.y) }
    let isSymmetric =
      abs(model.inertia.x / model.inertia.y - 1) < 1e-9 && abs(arms.sum) < 1e-9 * model.arm
    let setpoint = Setpoint(position: Vector(0.02, 0.01, 0), yaw: 0.4)
    var reference: Vector<World, Double>?
    for step in 0..<12 {
      let state = state(model, yaw: 0.4 + Double(step) * .pi / 6)
      let torque = try wrench(model, controller, state, setpoint).torque
      let level = RotationMatrix(state.attitude)(Vector(torque.x, torque.y, 0))
      let first = reference ?? level
      reference = first
      let limit = isSymmetric ? 1e-6 : 0.2
      #expect((level - first).norm < limit * first.norm, "\(step) twelfths of a turn")
    }
  }

  @Test("turning the world and all in it changes nothing", arguments: names, controllers)
  func turnedWorld(name: String, controller: String) throws {
    let model = try model(name)
    var random = SplitMix64(seed: 7)
    for _ in 0..<20 {
      func number(_ size: Double) -> Double { random.uniform(in: -size...size) }
      let angles = RollPitchYaw(roll: number(0.5), pitch: number(0.5), yaw: number(3))
      let place = Vector<World, Double>(number(1), number(1), number(1))
      let (yaw, rate, turn) = (number(3), number(2), number(3))
      func torque(turnedBy angle: Double) throws -> Vector<Body, Double> {
        let turning = RotationMatrix(
          Rotation<World, World, Double>(rotationVector: Vector(0, 0, angle)))
        var state = state(model, yaw: 0)
        state.attitude = Rotation(
          RollPitchYaw(roll: angles.roll, pitch: angles.pitch, yaw: angles.yaw + angle))
        state.bodyRates = Vector(0.3, -0.2, 0.5)
        let setpoint = Setpoint(
          position: turning(place), yaw: yaw + angle, yawRate: rate)
        return try wrench(model, controller, state, setpoint).torque
      }
      let (still, turned) = (try torque(turnedBy: 0), try torque(turnedBy: turn))
      #expect((still - turned).norm < 1e-9 * model.mass * 9.8)
    }
  }

  @Test("a drone that turns as it should is left alone", arguments: names, controllers)
  func turningAsItShould(name: String, controller: String) throws {
    let model = try model(name)
    var turning = state(model, yaw: 1)
    turning.bodyRates.z = 3
    let weight = model.mass * 9.8
    let left = try wrench(model, controller, turning, Setpoint(yaw: 1, yawRate: 3))
    #expect(left.torque.norm < 1e-9 * weight)
    let stopped = try wrench(model, controller, turning, Setpoint(yaw: 1))
    #expect(stopped.torque.z < -1e-6 * weight)
  }

  /// Upside down no heading can be told, and half a turn from the wanted tilt any way round will do.
  @Test("from every attitude it asks for something, and for numbers", arguments: names)
  func everywhere(name: String) throws {
    let model = try model(name)
    for roll in [0.0, 1, 2, 3, .pi] {
      for pitch in [0.0, 1, .pi / 2] {
        for yaw in [0.0, 1.5, .pi] {
          var state = state(model, yaw: 0)
          state.attitude = Rotation(RollPitchYaw(roll: roll, pitch: pitch, yaw: yaw))
          let torque = try wrench(model, "pid", state, Setpoint(yawRate: 1)).torque
          #expect(torque.isFinite && torque.norm > 0)
        }
      }
    }
  }
}

extension Vector where S == Double {
  fileprivate var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite }
}
