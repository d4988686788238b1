import Control
import Drone
import Randomness
import SpatialMath
import Testing

/// Drones that are told in a group are told what each would be told alone, to the last bit.
struct LawLanesTests {
  static let names = ["cf2x", "cf2x_L250", "cf2x_phoenix_2021_12", "hummingbird", "racer"]

  /// States and goals as far as they go: upside down, rotors standing or at full speed, goals far off,
  /// one where the drone is, and some numbers that are none.
  private struct Cases {
    var random = SplitMix64(seed: 1)
    let model: QuadcopterModel
    var index = 0

    init(_ model: QuadcopterModel) { self.model = model }

    mutating func vector<F: Frame>(_ size: Double) -> Vector<F, Double> {
      Vector(
        random.uniform(in: -size...size), random.uniform(in: -size...size),
        random.uniform(in: -size...size))
    }

    mutating func nextState() -> DroneState<Double> {
      index += 1
      let turn: Vector<Body, Double> = vector(3)
      var state = DroneState<Double>(
        position: vector(2), attitude: Rotation(RollPitchYaw(roll: turn.x, pitch: 0, yaw: turn.z)),
        velocity: vector(3), bodyRates: vector(index.isMultiple(of: 3) ? 50 : 5))
      let top = model.maximumRotorSpeed
      state.rotorSpeeds = PerRotor(0, 1, 2, 3).map { _ in random.uniform(in: 0...top) }
      if index.isMultiple(of: 5) { state.rotorSpeeds = PerRotor(repeating: top) }
      if index.isMultiple(of: 7) { state.rotorSpeeds = PerRotor(repeating: 0) }
      if index.isMultiple(of: 11) { state.attitude = Rotation(x: 1, y: 0, z: 0, w: 0) }
      if index.isMultiple(of: 13) { state.attitude = .identity }
      if index.isMultiple(of: 17) { state.bodyRates.y = .nan }
      if index.isMultiple(of: 19) { state.attitude.w = .nan }
      return state
    }

    mutating func nextGoal(_ state: DroneState<Double>) -> Goal<Double> {
      let way: Vector<World, Double> = vector(index.isMultiple(of: 2) ? 0.1 : 30)
      var goal = Goal(
        position: state.position + way, velocity: vector(1), yaw: random.uniform(in: -3...3),
        yawRate: random.uniform(in: -5...5))
      if index.isMultiple(of: 23) { goal.position.x = .nan }
      if index.isMultiple(of: 29) { goal.position = state.position }
      return goal
    }
  }

  private func model(_ name: String) throws -> QuadcopterModel {
    try ModelCatalogue.standard.model(named: name)
  }

  @Test("by the derived law, which remembers", arguments: names, [1.0 / 30, 1.0 / 500])
  func derived(name: String, period: Double) throws {
    let model = try model(name)
    let law = try DerivedLaw(model: model, gravity: 9.8, period: period)
    var cases = Cases(model)
    for _ in 0..<300 {
      var group = Group()
      var feedforward = Vector<World, DroneLanes>.zero
      let memories = (0..<4).map { _ -> LoopMemory<Double> in
        LoopMemory(positionIntegral: cases.vector(1), attitudeIntegral: .zero, lastAngles: .zero)
      }
      for lane in 0..<4 {
        feedforward[lane: lane] = cases.vector(3)
        group.set(lane, cases.nextState())
        group.goal.set(lane, cases.nextGoal(group.alone[lane]))
        group.memory[lane: lane] = memories[lane]
      }
      let speeds = law.rotorSpeeds(
        for: group.states, towards: group.goal, feedforward: feedforward,
        integral: &group.memory.positionIntegral)
      for lane in 0..<4 {
        var own = memories[lane]
        let alone = law.rotorSpeeds(
          for: group.alone[lane], towards: group.goal.alone(lane),
          feedforward: feedforward[lane: lane], integral: &own.positionIntegral)
        #expect(speeds[lane: lane].bits == alone.bits)
        #expect(group.memory[lane: lane].bits == own.bits)
      }
    }
  }

  @Test("by the laws of attitudes and body rates", arguments: names)
  func attitudes(name: String) throws {
    let model = try model(name)
    let law = try DerivedLaw(model: model, gravity: 9.8, period: 1.0 / 48)
    var cases = Cases(model)
    for _ in 0..<300 {
      var group = Group()
      var rates = Vector<Body, DroneLanes>.zero
      var (thrust, wanted) = (DroneLanes.zero, Rotation<Body, World, DroneLanes>.identity)
      for lane in 0..<4 {
        group.set(lane, cases.nextState())
        rates[lane: lane] = cases.vector(5)
        thrust[lane: lane] = cases.random.uniform(in: -1...3) * model.mass * 9.8
        wanted[lane: lane] = cases.nextState().attitude
      }
      let turned = law.rotorSpeeds(
        for: group.states, attitude: wanted, thrust: thrust, rates: rates)
      let spun = law.rotorSpeeds(for: group.states, rates: rates, thrust: thrust)
      for (lane, state) in group.alone.enumerated() {
        let alone = law.rotorSpeeds(
          for: state, attitude: wanted[lane: lane], thrust: thrust[lane: lane],
          rates: rates[lane: lane])
        #expect(turned[lane: lane].bits == alone.bits)
        let spunAlone = law.rotorSpeeds(
          for: state, rates: rates[lane: lane], thrust: thrust[lane: lane])
        #expect(spun[lane: lane].bits == spunAlone.bits)
      }
    }
  }

  @Test("by the Crazyflie's law, each with gains of its own")
  func cascaded() throws {
    let model = try model("cf2x")
    let law = CascadedLaw(model: model, gravity: 9.8)
    var cases = Cases(model)
    for _ in 0..<300 {
      var group = Group()
      var factors = CascadedFactors<DroneLanes>.one
      let memories = (0..<4).map { _ -> LoopMemory<Double> in
        LoopMemory(
          positionIntegral: cases.vector(1), attitudeIntegral: cases.vector(1),
          lastAngles: cases.vector(1))
      }
      for lane in 0..<4 {
        group.set(lane, cases.nextState())
        group.goal.set(lane, cases.nextGoal(group.alone[lane]))
        group.memory[lane: lane] = memories[lane]
        factors.position.p[lane: lane] = cases.random.uniform(in: 0...2)
        factors.attitude.d[lane: lane] = cases.random.uniform(in: 0...2)
      }
      let speeds = law.rotorSpeeds(
        for: group.states, towards: group.goal, memory: &group.memory, factors: factors,
        every: 1.0 / 48)
      for lane in 0..<4 {
        var own = memories[lane]
        var ownFactors = CascadedFactors<Double>.one
        ownFactors.position.p = factors.position.p[lane: lane]
        ownFactors.attitude.d = factors.attitude.d[lane: lane]
        let alone = law.rotorSpeeds(
          for: group.alone[lane], towards: group.goal.alone(lane), memory: &own,
          factors: ownFactors, every: 1.0 / 48)
        #expect(speeds[lane: lane].bits == alone.bits)
        #expect(group.memory[lane: lane].bits == own.bits)
      }
    }
  }

  @Test("a place or an attitude that is no number is not flown to in silence", arguments: names)
  func showsWhatIsNoNumber(name: String) throws {
    let law = try DerivedLaw(model: try model(name), gravity: 9.8, period: 1.0 / 48)
    var integral = Vector<World, Double>.zero
    let nowhere = Goal<Double>(position: Vector(0, .nan, 0), yaw: 0)
    let speeds = law.rotorSpeeds(for: DroneState(), towards: nowhere, integral: &integral)
    #expect(speeds.array.contains { $0.isNaN })
    let lost = DroneState<Double>(attitude: Rotation(x: .nan, y: 0, z: 0, w: 1))
    let here = Goal<Double>(position: .zero, yaw: 0)
    let blind = law.rotorSpeeds(for: lost, towards: here, integral: &integral)
    #expect(blind.array.contains { $0.isNaN })
  }
}

/// Four drones in lanes, and each alone.
private struct Group {
  var states = DroneState<DroneLanes>()
  var alone: [DroneState<Double>] = []
  var goal = Goal<DroneLanes>(position: .zero, velocity: .zero, yaw: .zero)
  var memory = LoopMemory<DroneLanes>()

  mutating func set(_ lane: Int, _ state: DroneState<Double>) {
    states[lane: lane] = state
    alone.append(state)
  }
}

extension Goal {
  fileprivate mutating func set(_ lane: Int, _ goal: Goal<Double>) {
    position[lane: lane] = goal.position
    velocity[lane: lane] = goal.velocity
    yaw[lane: lane] = goal.yaw
    yawRate[lane: lane] = goal.yawRate
  }

  fileprivate func alone(_ lane: Int) -> Goal<Double> {
    Goal<Double>(
      position: position[lane: lane], velocity: velocity[lane: lane], yaw: yaw[lane: lane],
      yawRate: yawRate[lane: lane])
  }
}

extension Double {
  /// What tells numbers apart; those that are none are all alike.
  fileprivate var bits: UInt64 { isNaN ? .max : bitPattern }
}

extension PerRotor<Double> {
  fileprivate var bits: [UInt64] { array.map(\.bits) }
}

extension Vector<World, Double> {
  fileprivate var bits: [UInt64] { [x.bits, y.bits, z.bits] }
}

extension LoopMemory<Double> {
  fileprivate var bits: [UInt64] {
    let (a, b) = (attitudeIntegral, lastAngles)
    return positionIntegral.bits + [a.x.bits, a.y.bits, a.z.bits, b.x.bits, b.y.bits, b.z.bits]
  }
}
