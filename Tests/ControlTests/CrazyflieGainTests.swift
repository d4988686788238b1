import Control
import Drone
import Randomness
import SpatialMath
import Testing

/// The gains of the Crazyflie's laws, when they are changed.
@Suite("gains of the Crazyflie's laws")
struct CrazyflieGainTests {
  private let model: QuadcopterModel

  init() throws { model = try CrazyflieTests.model() }

  /// What the PID asks for at its second run of a position, after 10 ms.
  private func requests(
    _ gains: CrazyfliePID.Gains, _ states: [DroneState<Double>], _ setpoint: Setpoint
  ) throws -> [CrazyflieMotors.Request] {
    var law = try CrazyfliePID(model: model, voltage: 3.7)
    law.gains = gains
    return states.map { state in
      _ = law.rotorSpeeds(for: state, tracking: setpoint, at: 0, every: 0.02)
      return law.request
    }
  }

  @Test("all four gains of each loop count, with the sign of the formula")
  func formula() throws {
    var gains = CrazyfliePID.Gains()
    gains.baseThrust = 40_000
    gains.velocity.z = .init(0, 0, 0, 3)
    gains.position.z = .init(0.5, 0, 0.25, 0.125)
    let setpoint = Setpoint(position: Vector(0, 0, 0.4))
    // The estimate of the second call is the state of the first, 20 ms before: a slope comes with the third.
    let states = [0.1, 0.1, 0.2, 0.2].map {
      DroneState<Double>(position: Vector(0, 0, $0))
    }
    let thrusts = try requests(gains, states, setpoint).map(\.thrust)
    func thrust(_ climb: Double) -> Double { 40_000 + 1000 * 3 * climb }
    let calm = 0.5 * 0.3 + 0.125 * 0.4
    #expect(abs(thrusts[0] - thrust(calm)) < 1e-6 && abs(thrusts[1] - thrust(calm)) < 1e-6)
    // −k_d · 0.1 m / 20 ms
    let rising = 0.5 * 0.2 + 0.125 * 0.4 - 0.25 * 0.1 / 0.02
    #expect(abs(thrusts[3] - thrust(max(rising, -1.1))) < 1e-6)
  }

  @Test("integrals grow by the error, and bounds are those that are written")
  func bounds() throws {
    var gains = CrazyfliePID.Gains()
    gains.fastest = Vector(0.3, 0.3, 0.3)
    gains.velocity.z = .init(1)
    gains.largestPitch = 4
    gains.rate.y = .init(1)
    gains.attitude.y = .init(1)
    let far = try requests(
      gains, [DroneState()], Setpoint(position: Vector(10, 0, 10)))[0]
    // The slowest climb that can be asked for is half a metre a second, and a tenth more.
    #expect(abs(far.thrust - 36_000 - 1000 * 0.55) < 1e-6)
    #expect(abs(far.pitch + 4) < 1e-9)
    gains.leastThrust = 39_000
    #expect(
      try requests(gains, [DroneState()], Setpoint(position: Vector(0, 0, -10)))[0].thrust == 39_000
    )
  }

  @Test("Mellinger's force and moment follow their gains")
  func mellinger() throws {
    var law = try CrazyflieMellinger(model: model, gravity: 9.81, voltage: 3.7)
    law.gains.height.proportional = 2
    law.gains.height.integral = 0
    (law.gains.mass, law.gains.countsPerNewton) = (0.04, 100_000)
    (law.gains.attitude.proportional, law.gains.attitude.integral) = (1000, 5000)
    law.gains.rateDerivative = 0
    let tilt = 0.1
    let state = DroneState<Double>(
      attitude: Rotation(RollPitchYaw(roll: tilt, pitch: 0, yaw: 0)))
    _ = law.rotorSpeeds(
      for: state, tracking: Setpoint(position: Vector(0, 0, 0.1)), at: 0, every: 0.002)
    let force = 2 * 0.1 + 0.04 * 9.81
    #expect(abs(law.request.thrust - 100_000 * force * tilt.sineAndCosine().cosine) < 1e-6)
    #expect(abs(law.request.roll + tilt.sineAndCosine().sine * (1000 + 5000 * 0.002)) < 1e-6)
  }

  @Test("no gains make a number that is none", arguments: 0..<40 as Range<UInt64>)
  func anything(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    func number() -> Double {
      let exponent = Double(random.next() % 40)
      let sign = random.next() % 2 == 0 ? 1.0 : -1
      return sign * (0..<Int(exponent)).reduce(1e-2) { x, _ in 10 * x }
    }
    var (pid, mellinger) = (
      try CrazyfliePID(model: model, voltage: 3.7),
      try CrazyflieMellinger(model: model, gravity: 9.81, voltage: 3.7)
    )
    for axes in [\CrazyfliePID.Gains.position, \.velocity, \.attitude, \.rate] {
      for axis in [\LoopGains.Axes.x, \.y, \.z] {
        pid.gains[keyPath: axes][keyPath: axis] = .init(number(), number(), number(), number())
      }
    }
    (mellinger.gains.plane.proportional, mellinger.gains.height.integral) = (number(), number())
    (mellinger.gains.attitude.derivative, mellinger.gains.rateDerivative) = (number(), number())
    for step in 0..<200 {
      let state = DroneState<Double>(
        position: Vector(random.normal(), random.normal(), 1), velocity: Vector(1, -1, 2),
        bodyRates: Vector(random.normal(), 2, 0.1))
      let setpoint = Setpoint(position: Vector(0, 1, 1), yaw: 0.3)
      let time = 0.001 * Double(step)
      let speeds =
        pid.rotorSpeeds(for: state, tracking: setpoint, at: time, every: 0.001).array
        + mellinger.rotorSpeeds(for: state, tracking: setpoint, at: time, every: 0.001).array
      #expect(speeds.allSatisfy { $0.isFinite && $0 >= 0 }, "seed \(seed)")
    }
  }

  @Test("rotors that are not where a Crazyflie's are cannot be flown")
  func layout() throws {
    for name in ["cf2p", "racer", "hummingbird"] {
      var other = try ModelCatalogue.standard.model(named: name)
      other.speedByVoltage = SpeedByVoltage(holding: other)
      let error = #expect(throws: ControllerError.self) {
        try CrazyfliePID(model: other, voltage: 3.7)
      }
      #expect(try #require(error).description.contains("front right, back right, back left"))
    }
  }

  @Test("a model that says nothing of its motors is held in the air by the base thrust")
  func motors() throws {
    for name in ["cf2x", "cf21B_500"] {
      var model = try ModelCatalogue.standard.model(named: name)
      model.speedByVoltage = SpeedByVoltage(holding: model)
      let motors = try CrazyflieMotors(model)
      let pulses = motors.pulses(for: .init(thrust: 36_000), battery: 3.7)
      let speed = motors.speeds(for: pulses, battery: 3.7)[0]
      #expect(abs(speed / model.hoverRotorSpeed(gravity: 9.81) - 1) < 1e-3)
    }
  }
}
