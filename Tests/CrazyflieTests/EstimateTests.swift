import Drone
import Randomness
import SpatialMath
import Testing

import Crazyflie

/// How measurements from outside move the estimate.
@Suite("the estimate and poses from outside")
struct EstimateTests {
  private let state = DroneState<Double>(
    position: Vector(1, 2, 3), attitude: Rotation(RollPitchYaw(roll: 0.2, pitch: 0.1, yaw: 0.5)),
    velocity: Vector(0.4, 0, 0))

  @Test("without measurements it is how the drone moves")
  func nothing() {
    let shift = EstimateShift()
    let estimate = shift.estimate(state)
    #expect(estimate.position == state.position && estimate.velocity == state.velocity)
    #expect(shift.variance(at: 10) == 0)
  }

  @Test("the first position is believed, and each of many moves it by a tenth of the way")
  func gains() {
    var shift = EstimateShift()
    let there = Vector<World, Double>(1.5, 2, 3)
    shift.take(position: there, deviation: 0.01, of: state, at: 0)
    // 1 / (1 + 10⁻⁴)
    #expect(abs(shift.shift.x - 0.5 / (1 + 1e-4)) < 1e-12)
    for step in 1...1000 {
      shift.take(position: there, deviation: 0.01, of: state, at: 0.01 * Double(step))
    }
    let before = shift.shift.x
    shift.take(
      position: there + Vector(1, 0, 0), deviation: 0.01, of: state, at: 10.01)
    // With r = σ² = 10⁻⁴ and q = 10⁻⁶ each time, K = (q + √(q² + 4 q r)) / 2 / r at rest.
    let (q, r) = (1e-6, 1e-4)
    let prior = (q + (q * q + 4 * q * r).squareRoot()) / 2
    #expect(abs(shift.shift.x - before - prior / (prior + r)) < 1e-3)
    #expect(abs(prior / (prior + r) - 0.095) < 1e-3)
    // Nothing is measured any more: the shift stays, and the variance grows.
    #expect(abs(shift.variance(at: 110.01) - shift.variance(at: 10.01) - 0.01) < 1e-9)
    #expect(shift.variance(at: 1e9) == 1)
  }

  @Test("noise is averaged")
  func noise() {
    var shift = EstimateShift()
    var random = SplitMix64(seed: 3)
    var squares = 0.0
    for step in 0..<4000 {
      let noise = Vector<World, Double>(0.05 * random.normal(), 0, 0)
      shift.take(
        position: state.position + noise, deviation: 0.05, of: state, at: 0.01 * Double(step))
      if step >= 1000 { squares += shift.shift.x * shift.shift.x / 3000 }
    }
    #expect(squares.squareRoot() < 0.02 && squares > 0)
  }

  @Test("a turned frame turns position, velocity and attitude alike")
  func turned() {
    let (turn, step) = (
      Rotation<World, World, Double>(rotationVector: Vector(0, 0, 2)),
      Vector<World, Double>(5, -1, 0)
    )
    var shift = EstimateShift()
    for count in 0..<50 {
      let time = 0.01 * Double(count)
      shift.take(attitude: turn.after(state.attitude), deviation: 0.0045, of: state, at: time)
      shift.take(position: turn(state.position) + step, deviation: 0.01, of: state, at: time)
    }
    let estimate = shift.estimate(state)
    #expect((estimate.position - turn(state.position) - step).norm < 1e-3)
    #expect((estimate.velocity - turn(state.velocity)).norm < 1e-3)
    // Wherever it flies to, the frame stays.
    var elsewhere = state
    elsewhere.position = Vector(-2, 7, 1)
    #expect((shift.estimate(elsewhere).position - turn(elsewhere.position) - step).norm < 0.02)
  }

  @Test("an attitude alone turns the estimate about the drone")
  func aboutTheDrone() {
    var shift = EstimateShift()
    let measured = Rotation<World, World, Double>(rotationVector: Vector(0, 0, 1)).after(
      state.attitude)
    shift.take(attitude: measured, deviation: 0.0045, of: state, at: 0)
    #expect((shift.estimate(state).position - state.position).norm < 1e-12)
    let yaw = RollPitchYaw(shift.estimate(state).attitude).yaw
    #expect(abs(yaw - RollPitchYaw(measured).yaw) < 1e-3)
  }

  @Test("a reset forgets what was measured, and begins where the client says")
  func reset() {
    var shift = EstimateShift()
    shift.take(position: .zero, deviation: 0.01, of: state, at: 0)
    shift.reset(to: InitialPose(), of: state)
    #expect((shift.estimate(state).position - state.position).norm < 1e-12)
    #expect(shift.variance(at: 0) == 0)
    var initial = InitialPose()
    (initial.x, initial.yaw) = (7, -1)
    shift.reset(to: initial, of: state)
    let estimate = shift.estimate(state)
    #expect((estimate.position - Vector(7, 2, 3)).norm < 1e-12)
    #expect(abs(RollPitchYaw(estimate.attitude).yaw + 1) < 1e-12)
    #expect(abs(RollPitchYaw(estimate.attitude).roll - 0.2) < 1e-12)
  }
}
