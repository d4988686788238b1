import Control
import Drone
import FlightLogs
import SpatialMath
import TestSupport
import Testing

/// Logs of real flights as what is flown and what is followed.
struct PulseReplayTests {
  private static let rows = """
    t,x,y,z,pwm0,pwm1,pwm2,pwm3,vbat,ref_x,ref_y,ref_z,ref_yaw
    5,9,9,9,20000,0,65535,40000,3.5,0,0,1,0
    5.01,9,9,9,20001,0,65535,40000,3.6,0.1,0,1,0.2
    5.02,9,9,9,20000,0,65535,40000,3.6,0.2,0,1,0.4
    """

  @Test("pulses tell speeds by the voltage of their row, held until the next")
  func speeds() throws {
    let folder = try TemporaryFolder()
    let log = try FlightLog(contentsOf: folder.write(Self.rows, to: "log.csv"))
    let model = try CrazyflieTests.model()
    var replay = try ReplayController(log, for: model)
    #expect(abs(replay.duration - 0.02) < 1e-12)
    func speeds(_ time: Double) -> PerRotor<Double> {
      replay.rotorSpeeds(for: DroneState(), tracking: Setpoint(), at: time, every: 0.001)
    }
    let first = speeds(0.004)
    #expect(abs(first[0] - (2968.1791506049194 + 6647.948592402306 * 3.5 * 20_000 / 65_535)) < 1e-6)
    #expect(first[1] == 0 && abs(first[2] - (2968.1791506049194 + 6647.948592402306 * 3.5)) < 1e-6)
    #expect(abs(speeds(0.01)[2] - (2968.1791506049194 + 6647.948592402306 * 3.6)) < 1e-6)
    #expect(speeds(0.021) == PerRotor(repeating: 0))
  }

  @Test("a log's setpoints are a reference, from its first row on; not where it flew")
  func reference() throws {
    let folder = try TemporaryFolder()
    let log = try FlightLog(contentsOf: folder.write(Self.rows, to: "log.csv"))
    let reference = try SampledReference(log)
    let setpoint = reference.setpoint(at: 0.015)
    #expect((setpoint.position - Vector(0.15, 0, 1)).norm < 1e-9 && abs(setpoint.yaw - 0.3) < 1e-9)
  }
}
