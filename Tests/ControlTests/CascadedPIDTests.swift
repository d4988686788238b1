import Control
import Drone
import SpatialMath
import Testing

struct CascadedPIDTests {
  private func model(_ name: String = "cf2x") throws -> QuadcopterModel {
    try ModelCatalogue.standard.model(named: name)
  }

  @Test("at rest at its setpoint it asks for hover", arguments: ["cf2x", "cf2p"])
  func hover(name: String) throws {
    let model = try model(name)
    var pid = CascadedPID(model: model, gravity: 9.8)
    let speeds = pid.rotorSpeeds(
      for: DroneState(), tracking: Setpoint(), at: 0, every: 1.0 / 48)
    for speed in speeds.array {
      #expect(abs(speed - model.hoverRotorSpeed(gravity: 9.8)) < 1e-9)
    }
  }

  @Test("asks for torque against every tilt and towards every offset", arguments: ["cf2x", "cf2p"])
  func signs(name: String) throws {
    let model = try model(name)
    let parameters = DroneParameters(model)
    func wrench(
      _ angles: RollPitchYaw<Double>, _ target: Vector<World, Double>
    ) -> Wrench<Body, Double> {
      var pid = CascadedPID(model: model, gravity: 9.8)
      let state = DroneState<Double>(attitude: Rotation(angles))
      // The first call differentiates from zero angles; the second one sees a drone at rest.
      var speeds = PerRotor(repeating: 0.0)
      for _ in 0..<2 {
        speeds = pid.rotorSpeeds(
          for: state, tracking: Setpoint(position: target), at: 0, every: 1.0 / 48)
      }
      return RotorThrust(speeds: speeds, parameters: parameters).wrench
    }
    let level = RollPitchYaw(roll: 0.0, pitch: 0, yaw: 0)
    #expect(wrench(RollPitchYaw(roll: 0.1, pitch: 0, yaw: 0), .zero).torque.x < 0)
    #expect(wrench(RollPitchYaw(roll: 0, pitch: 0.1, yaw: 0), .zero).torque.y < 0)
    #expect(wrench(RollPitchYaw(roll: 0, pitch: 0, yaw: 0.1), .zero).torque.z < 0)
    #expect(wrench(level, Vector(0.2, 0, 0)).torque.y > 0)
    #expect(wrench(level, Vector(0, 0.2, 0)).torque.x < 0)
    #expect(wrench(level, Vector(0, 0, 0.1)).force.z > wrench(level, .zero).force.z)
  }

  @Test("reset forgets everything")
  func reset() throws {
    var used = CascadedPID(model: try model(), gravity: 9.8)
    var fresh = used
    let state = DroneState<Double>(
      position: Vector(0.3, -0.2, 0.1),
      attitude: Rotation(RollPitchYaw(roll: 0.1, pitch: 0, yaw: 1)),
      velocity: Vector(1, 1, 1))
    for _ in 0..<50 {
      _ = used.rotorSpeeds(for: state, tracking: Setpoint(), at: 0, every: 0.01)
    }
    used.reset()
    #expect(
      used.rotorSpeeds(for: state, tracking: Setpoint(), at: 0, every: 0.01)
        == fresh.rotorSpeeds(for: state, tracking: Setpoint(), at: 0, every: 0.01))
  }

  @Test("stays within its signal's range and finite in free fall along its own force")
  func limits() throws {
    var pid = CascadedPID(model: try model(), gravity: 9.8)
    // The force asked for is exactly zero: D (v_ref − v) cancels the weight.
    let state = DroneState<Double>(velocity: Vector(0, 0, 0.027 * 9.8 / 0.5))
    for speed in pid.rotorSpeeds(for: state, tracking: Setpoint(), at: 0, every: 0.01).array {
      #expect(speed >= 0.2685 * 20_000 + 4070.3 - 1e-9 && speed <= 0.2685 * 65_535 + 4070.3)
    }
  }
}
