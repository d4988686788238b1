import Drone
import Randomness
import Simulation
import SpatialMath
import Testing

/// Drag by the formula of ``RotorDrag``, as a user would write it.
private struct OwnDrag: LocalEffect {
  var share = 1.0

  func add<S: Lanes>(to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>) {
    let parameters = drones.parameters
    let k = (S(-.pi / 30) * drones.rotorSpeeds.sum) * parameters.drag - parameters.linearDrag
    let velocity = drones.attitude.inverse(drones.state.velocity - drones.wind)
    wrench.force += S(share) * k.scaled(by: velocity)
  }
}

/// Drones that attract each other, F = g m₁ m₂ e / d³ with the gap e of length d, and pull harder upwards.
private struct Attraction: PairEffect {
  let strength: Double

  func reach<S: Lanes>(of sources: FlightCondition<S>, downTo height: S) -> S { S(3) }

  func add<S: Lanes>(
    to wrench: inout Wrench<Body, S>, on receivers: FlightCondition<S>, from source: EffectSource<S>
  ) {
    let gap = source.state.position - receivers.state.position
    let isNear = gap.x * gap.x + gap.y * gap.y .< S(9)
    let pull = pull(gap, mass: receivers.parameters.mass)
    wrench.force += receivers.attitude.inverse(
      Vector.zero.replacing(with: pull, where: isNear))
  }

  func pull<S: Lanes>(_ gap: Vector<World, S>, mass: S) -> Vector<World, S> {
    let distance = gap.norm.raised(to: S(0.1))
    return (S(strength) * mass / (distance * distance * distance)) * gap
  }
}

/// Effects that are defined outside the modules of the package.
struct OwnEffectTests {
  /// Flies drones alone in their worlds, in wind, for half a second.
  private func fly(
    _ effects: [any AerodynamicEffect], _ precision: FlightPhysics.Precision,
    from height: Double = 0,
    wind: Wind = Wind(mean: Vector(2, -1, 0.5))
  ) throws -> (states: [DroneState<Double>], isIndependent: Bool) {
    let model = try cf2x()
    var physics = FlightPhysics.accurate(effects: effects)
    physics.precision = precision
    let worlds = (0..<21).map { world in
      var random = SplitMix64(seed: UInt64(world))
      var state = tumbling(&random, rate: 3)
      state.position = Vector(0, 0, height + 0.2 * Double(world))
      return WorldDescription(models: [model], states: [state], wind: wind)
    }
    var simulator = try Simulator(worlds: worlds, physics: physics, frequency: 240)
    for drone in 0..<21 {
      simulator.command(drone, rotorSpeeds: PerRotor(repeating: 14_000 + 20 * Double(drone)))
    }
    simulator.advance(steps: 120)
    return ((0..<21).map { simulator.swarm[$0] }, simulator.isIndependent)
  }

  @Test(
    "an effect of one's own has the bits of the catalogue's, on the same path and in both precisions",
    arguments: FlightPhysics.Precision.allCases)
  func isAsGood(precision: FlightPhysics.Precision) throws {
    let (ours, own) = try (fly([RotorDrag()], precision), fly([OwnDrag()], precision))
    #expect(own.isIndependent && ours.isIndependent)
    #expect(own.states == ours.states)
    #expect(try fly([], precision).states != ours.states)
  }

  @Test("an effect of one's own is worked out in single precision where that is asked for")
  func isSingle() throws {
    let (double, single) = try (
      fly([OwnDrag()], .double, from: 10), fly([OwnDrag()], .single, from: 10)
    )
    #expect(double.states != single.states)
    for (a, b) in zip(double.states, single.states) {
      #expect((a.velocity - b.velocity).norm < 1e-3)
    }
  }

  @Test("drones in gusts are stepped in single precision too where that is asked for")
  func isSingleInGusts() throws {
    let wind = Wind(gusts: [Gust(peak: Vector(1, 0, 0), start: 0, duration: 1)])
    let (double, single) = try (
      fly([RotorDrag()], .double, wind: wind), fly([RotorDrag()], .single, wind: wind)
    )
    #expect(!single.isIndependent && single.states != double.states)
    for (a, b) in zip(double.states, single.states) {
      #expect((a.velocity - b.velocity).norm < 1e-3)
    }
  }

  @Test("two halves of an effect make the whole, before or after those of the catalogue")
  func halvesAdd() throws {
    let half = OwnDrag(share: 0.5)
    let whole = try fly([GroundEffect(), RotorDrag()], .double, from: 2).states
    for effects in [[GroundEffect(), half, half], [half, GroundEffect(), half]]
      as [[any AerodynamicEffect]]
    {
      let states = try fly(effects, .double, from: 2).states
      for (a, b) in zip(whole, states) {
        #expect((a.velocity - b.velocity).norm < 1e-9 && (a.bodyRates - b.bodyRates).norm < 1e-8)
      }
    }
  }

  @Test("a pair effect of one's own is the direct sum over each world", arguments: [2, 5, 40])
  func pairsAreTheDirectSum(perWorld: Int) throws {
    let model = try cf2x()
    var random = SplitMix64(seed: UInt64(perWorld))
    let worlds = (0..<3).map { _ in
      WorldDescription(
        models: Array(repeating: model, count: perWorld),
        states: (0..<perWorld).map { _ in
          var state = tumbling(&random, rate: 3)
          state.position = Vector(
            random.uniform(in: 0...5), random.uniform(in: 0...5), random.uniform(in: 20...22))
          return state
        })
    }
    let effect = Attraction(strength: 3)
    var physics = FlightPhysics.accurate(dynamics: .explicit, effects: [effect])
    physics.gravity = 0
    var simulator = try Simulator(worlds: worlds, physics: physics, frequency: 240)
    simulator.advance()
    for (world, description) in worlds.enumerated() {
      let states = description.states
      for drone in 0..<perWorld {
        var force = Vector<World, Double>.zero
        for other in 0..<perWorld where other != drone {
          let gap = states[other].position - states[drone].position
          guard gap.x * gap.x + gap.y * gap.y < 9 else { continue }
          force += effect.pull(gap, mass: model.mass)
        }
        let gained = simulator.swarm[world * perWorld + drone].velocity - states[drone].velocity
        let expected = (1 / 240 / model.mass) * force
        #expect((gained - expected).norm < 1e-12 * (1 + expected.norm), "\(world), \(drone)")
      }
    }
  }

  @Test("a drone alone in its world is never asked about pairs")
  func aloneIsNotAsked() throws {
    let effects: [any AerodynamicEffect] = [RotorDrag(), Attraction(strength: .nan)]
    let (own, ours) = try (fly(effects, .double), fly([RotorDrag()], .double))
    #expect(own.isIndependent && own.states == ours.states)
  }
}
