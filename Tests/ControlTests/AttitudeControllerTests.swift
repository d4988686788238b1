import Control
import Drone
import Randomness
import SpatialMath
import Testing

/// What rotors are told where they cannot do all that is asked.
struct SaturationTests {
  static let names = ModelCatalogue.standard.names

  private func model(_ name: String) throws -> QuadcopterModel {
    var model = try ModelCatalogue.standard.model(named: name)
    // Without lag the commands are the speeds, and what they make can be read off.
    model.rotorLag = .none
    return model
  }

  private func wrench(
    _ model: QuadcopterModel, _ attitude: RollPitchYaw<Double>, thrust: Double
  ) throws -> Wrench<Body, Double> {
    var controller = try AttitudeController(model: model, gravity: 9.8)
    let speeds = controller.rotorSpeeds(
      for: DroneState(), attitude: Rotation(attitude), thrust: thrust, every: 1.0 / 240)
    for speed in speeds.array {
      #expect(speed >= 0 && speed <= model.maximumRotorSpeed * (1 + 1e-12))
    }
    return RotorThrust(speeds: speeds, parameters: DroneParameters(model)).wrench
  }

  @Test("what the rotors can do they do exactly", arguments: names)
  func exact(name: String) throws {
    let model = try model(name)
    let weight = model.mass * 9.8
    let small = try wrench(model, RollPitchYaw(roll: 1e-3, pitch: -1e-3, yaw: 0), thrust: weight)
    let twice = try wrench(model, RollPitchYaw(roll: 2e-3, pitch: -2e-3, yaw: 0), thrust: weight)
    #expect(abs(small.force.z / weight - 1) < 1e-9 && abs(twice.force.z / weight - 1) < 1e-9)
    #expect(abs(twice.torque.x / small.torque.x - 2) < 1e-4)
    #expect(abs(twice.torque.y / small.torque.y - 2) < 1e-4)
    #expect(small.torque.x > 0 && small.torque.y < 0)
  }

  @Test("yaw is given up first: roll and thrust stay as without it", arguments: names)
  func yawGoesFirst(name: String) throws {
    let model = try model(name)
    let thrust = model.mass * 9.8
    func wrench(yawRate: Double) throws -> Wrench<Body, Double> {
      var controller = try AttitudeController(model: model, gravity: 9.8)
      let speeds = controller.rotorSpeeds(
        for: DroneState(), rates: Vector(0.05, 0, yawRate), thrust: thrust, every: 1.0 / 240)
      return RotorThrust(speeds: speeds, parameters: DroneParameters(model)).wrench
    }
    let (without, with) = (try wrench(yawRate: 0), try wrench(yawRate: 1000))
    #expect(abs(with.torque.x / without.torque.x - 1) < 1e-9 && without.torque.x > 0)
    #expect(abs(with.force.z / without.force.z - 1) < 1e-9)
    #expect(with.torque.z > without.torque.z)
  }

  @Test("thrust is given up before roll and pitch", arguments: names)
  func thrustGoesSecond(name: String) throws {
    let model = try model(name)
    let tilt = RollPitchYaw(roll: 0.1, pitch: 0.05, yaw: 0)
    let free = try wrench(model, tilt, thrust: 0.5 * model.maximumThrust)
    let full = try wrench(model, tilt, thrust: 10 * model.maximumThrust)
    #expect(full.force.z > free.force.z && full.force.z < model.maximumThrust)
    #expect(abs(full.torque.x / free.torque.x - 1) < 1e-6)
    #expect(abs(full.torque.y / free.torque.y - 1) < 1e-6)
  }

  @Test("what is too much for any thrust shrinks, and keeps its direction", arguments: names)
  func shrinks(name: String) throws {
    let model = try model(name)
    let huge = try wrench(
      model, RollPitchYaw(roll: 3, pitch: 0, yaw: 0), thrust: model.mass * 9.8)
    #expect(huge.torque.x > 0 && abs(huge.torque.y) < 1e-3 * huge.torque.x)
  }
}
