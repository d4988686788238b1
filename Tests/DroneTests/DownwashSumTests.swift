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

  @Test(
    "lists of who may feel whom leave nothing out while drones go no farther than they may",
    arguments: [3, 10, 40], laws)
  func listsLeaveNothingOut(perWorld: Int, law: Downwash.Law) throws {
    guard case .pair(let effect) = Downwash(law).kind else { return }
    var (felt, left) = (0, 0)
    for seed in 0..<10 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let models = try models(3 * perWorld, &random)
      let states = states(3 * perWorld, &random).map { state in
        var state = state
        state.position = Vector(3 * state.position.x, 3 * state.position.y, state.position.z)
        return state
      }
      var listed = swarm(models, states, perWorld: perWorld)
      var lists = ReachLists<DroneLanes>()
      let way = ReachLists<DroneLanes>.way(forReach: 1)
      lists.begin(for: listed.doubles, within: 10, way: way)
      effect.doubles.mark(&lists, &listed.doubles)
      lists.finish()
      for drone in 0..<listed.count {
        let to = Vector<World, Double>(random.normal(), random.normal(), random.normal())
        listed[drone].position += (0.89 * way / max(to.norm, 1)) * to
      }
      #expect(lists.areGood(for: listed.doubles, within: 0))
      let all = wrenches(Downwash(law), on: listed).map(\.force)
      listed.doubles.reachLists = lists
      #expect(wrenches(Downwash(law), on: listed).map(\.force) == all, "seed \(seed)")
      felt += all.count { $0 != .zero }
      left += all.count { $0 == .zero }
      listed[1].position.z += 2 * way
      #expect(!lists.areGood(for: listed.doubles, within: 0), "drone 1 has gone too far")
    }
    #expect(felt > 20 && (left > 0 || law == .fit), "felt by \(felt), not by \(left)")
  }

  @Test("lists are made anew where a drone is given other numbers")
  func listsAreOfTheirDrones() throws {
    var random = SplitMix64(seed: 1)
    var swarm = swarm(try models(6, &random), states(6, &random), perWorld: 6)
    var lists = ReachLists<DroneLanes>()
    lists.begin(for: swarm.doubles, within: 1, way: 0.05)
    lists.finish()
    #expect(lists.areGood(for: swarm.doubles, within: 0))
    swarm.setParameters(swarm.parameters[0][lane: 1], of: 0)
    #expect(!lists.areGood(for: swarm.doubles, within: 0))
  }
}
