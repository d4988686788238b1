import Drone
import FlightLogs
import Identification
import SpatialMath
import Testing

/// What predictors and observers make of flights whose truth is known.
struct ModelTests {
  static func model() throws -> QuadcopterModel {
    try ModelCatalogue.standard.model(named: "cf2x_phoenix_2021_12")
  }

  @Test("the model that made a flight predicts it, and explains its accelerations")
  func twin() throws {
    let model = try Self.model()
    let flight = try MadeFlight(model, duration: 12, seed: 3, noisy: false)
    let score = try ModelScore(
      of: model, on: [flight.log], .init(observers: ObserverPair.all[0]) { _ in nil },
      pool: RealFlights.pool)
    let (found, naive) = (score.openLoop.errors[1], score.naive.errors[1])
    #expect(score.openLoop.starts > 15)
    // The body's gyroscopic term and explicit steps of 2 ms are what differs: 0.02, 0.03, 0.064 and 0.066.
    #expect(found.position < 0.03 * naive.position && found.rates < 0.09 * naive.rates)
    #expect(found.velocity < 0.05 * naive.velocity && found.attitude < 0.09 * naive.attitude)
    for channel in [InputResponse.Channel.roll, .pitch, .yaw, .thrust] {
      #expect(try #require(score.response[channel]) > 0.995, "\(channel)")
    }
  }

  @Test("a flight made by other constants is told from it")
  func otherTwin() throws {
    let model = try Self.model()
    let flight = try MadeFlight(model, duration: 12, seed: 3, noisy: false)
    func rates(_ change: (inout QuadcopterModel) -> Void) throws -> Double {
      var other = model
      change(&other)
      return try ModelScore(
        of: other, on: [flight.log], .init(observers: ObserverPair.all[0]) { _ in nil },
        pool: RealFlights.pool
      ).openLoop.errors[1].rates
    }
    let own = try rates { _ in }
    #expect(try rates { $0.air.speedMoment = .zero } > 3 * own)
    #expect(try rates { $0.rotorLag.riseRate = 7.36 } > 3 * own)
    #expect(try rates { $0.deadTime += 0.01 } > 3 * own)
    #expect(try rates { $0.inertia.x *= 1.2 } > 2 * own)
  }

  @Test("starts are each half second, but not beside gaps")
  func starts() throws {
    func log(_ times: [Double]) -> LoggedMotion? {
      let (n, still) = (times.count, DroneState<Double>())
      return LoggedMotion(
        FlightLog(
          path: "a.csv", times: times, positions: Array(repeating: still.position, count: n),
          attitudes: Array(repeating: still.attitude, count: n),
          velocities: Array(repeating: still.velocity, count: n),
          bodyRates: Array(repeating: still.bodyRates, count: n),
          pulses: Array(repeating: PerRotor(repeating: 1), count: n),
          voltages: Array(repeating: 3.7, count: n)))
    }
    let whole = try #require(log((0...500).map { 0.01 * Double($0) }))
    #expect(OpenLoopScore.starts(of: whole) == [1, 1.5, 2, 2.5, 3, 3.5, 4])
    let torn = try #require(
      log((0...500).filter { !(300..<306).contains($0) }.map { 0.01 * Double($0) }))
    // A gap begins at 2.99 s: within 0.5 s after 2.5 s, and within 1.05 s before 4 s.
    #expect(OpenLoopScore.starts(of: torn) == [1, 1.5, 2])
  }

  @Test("a model without its motors' speed by voltage is refused")
  func refuses() throws {
    let model = try ModelCatalogue.standard.model(named: "cf2x")
    let error = #expect(throws: IdentificationError.self) { try FlightEquations(model) }
    #expect(
      try #require(error).description
        == "the model cf2x does not say how fast its motors turn at a voltage; expected "
        + "speed_at_zero_volt and speed_per_volt in its file")
  }
}
