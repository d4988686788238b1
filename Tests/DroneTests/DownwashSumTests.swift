import Drone
import Randomness
import SpatialMath
import Testing

/// What holds of downwash in swarms, however their drones stand in groups and worlds.
struct DownwashSumTests {
  private static let laws = [Downwash.Law.jet, .fit]

  /// Drones of models that differ in all that downwash asks for, high up and within reach.
  private func models(_ count: Int, _ random: inout SplitMix64) throws -> [QuadcopterModel] {
    let model = try ModelCatalogue.standard.model(named: "cf2x")
    return (0..<count).map { _ in
      var model = model
      model.mass *= random.uniform(in: 0.5...2)
      model.air.downwashGain *= random.uniform(in: 0.5...2)
      model.air.downwashSpread *= random.uniform(in: 0.5...2)
      model.air.downwashWidth *= random.uniform(in: 0.5...2)
      return model
    }
  }

  private func states(_ count: Int, _ random: inout SplitMix64) -> [DroneState<Double>] {
    (0..<count).map { _ in
      var state = randomState(&random, size: 0.7)
      let p = state.position
      state.position = Vector(0.2 * p.x, 0.2 * p.y, p.z + 100)
      return state
    }
  }

  private func swarm(
    _ models: [QuadcopterModel], _ states: [DroneState<Double>], perWorld: Int
  ) -> Swarm {
    var swarm = Swarm(parameters: models.map { DroneParameters($0) }, dronesPerWorld: perWorld)
    for (drone, state) in states.enumerated() { swarm[drone] = state }
    for group in swarm.groups {
      let state = swarm.states[group]
      swarm.stepValues[group].attitude = RotationMatrix(state.attitude)
      swarm.stepValues[group].rotorThrust = RotorThrust(
        speeds: state.rotorSpeeds, parameters: swarm.parameters[group])
    }
    return swarm
  }

  @Test("each drone feels the sum of those above it, each by its own coefficients", arguments: laws)
  func isTheSum(law: Downwash.Law) throws {
    for seed in 0..<20 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let count = 2 + Int(seed)
      let (models, states) = (try models(count, &random), states(count, &random))
      let swarm = swarm(models, states, perWorld: count)
      let forces = wrenches(Downwash(law), on: swarm).map(\.force)
      for drone in 0..<count {
        var expected = Vector<Body, Double>.zero
        for other in 0..<count where other != drone {
          let offset = states[other].position - states[drone].position
          guard offset.z > 0 else { continue }
          let aside = offset.x * offset.x + offset.y * offset.y
          switch law {
          case .fit: expected.z += fit(models[drone], offset.z, aside)
          case .jet:
            let thrust = swarm.stepValues[other / 4].rotorThrust.total[lane: other % 4]
            let push = jet(models[other], thrust, offset.z, aside)
            expected += states[drone].attitude.inverse(Vector<World, Double>(0, 0, push))
          }
        }
        let gap = (forces[drone] - expected).norm
        #expect(gap <= 1e-12 * (1e-3 + expected.norm), "seed \(seed), drone \(drone)")
      }
    }
  }

  private func jet(
    _ model: QuadcopterModel, _ thrust: Double, _ height: Double, _ aside: Double
  ) -> Double {
    let l = model.air.downwashSpread * height + model.air.downwashWidth
    let width = (l + (l * l + 4 * model.arm * model.arm).squareRoot()) / 2
    guard aside < 49 * width * width else { return 0 }
    let radius = model.rotors[0].radius / 4
    let weight = model.mass * QuadcopterModel.nominalGravity
    let gain = model.air.downwashGain * radius * radius
    let nearField = gain / weight
    let decline = (height * height * height * height + nearField * nearField).squareRoot()
    return -gain * (thrust / weight) / decline * (-aside / (width * width) / 2).exponential()
  }

  private func fit(_ model: QuadcopterModel, _ height: Double, _ aside: Double) -> Double {
    let width = model.air.downwashSpread * height + model.air.downwashWidth
    let ratio = model.rotors[0].radius / (4 * height)
    let profile = (-aside / (width * width) / 2).exponential()
    return -model.air.downwashGain * ratio * ratio * profile
  }

  @Test(
    "worlds that share groups of lanes have the bits that each has alone",
    arguments: [1, 2, 3, 4, 5, 7, 10, 13], laws)
  func worldsAreApart(perWorld: Int, law: Downwash.Law) throws {
    var random = SplitMix64(seed: UInt64(perWorld))
    let count = 6 * perWorld
    let (models, states) = (try models(count, &random), states(count, &random))
    let together = wrenches(Downwash(law), on: swarm(models, states, perWorld: perWorld))
    for world in 0..<6 {
      let drones = world * perWorld..<(world + 1) * perWorld
      let alone = wrenches(
        Downwash(law), on: swarm(Array(models[drones]), Array(states[drones]), perWorld: perWorld))
      #expect(together[drones].map(\.force) == alone.map(\.force), "world \(world)")
    }
    #expect((together.contains { $0.force.norm > 1e-4 }) == (perWorld > 1), "some drone is felt")
  }
}
