import Control
import Drone
import Randomness
import SpatialMath
import Testing

import Crazyflie

/// A drone on board of which the firmware runs, and which stays where it is put.
private struct Bench {
  var firmware: CrazyflieFirmware
  var state = DroneState<Double>(position: Vector(0, 0, 1))
  private var steps = 0

  init(_ configuration: CrazyflieFirmware.Configuration = .init(version: "test")) throws {
    let model = try ModelCatalogue.standard.model(named: "cf2x_L250")
    firmware = try CrazyflieFirmware(model: model, gravity: 9.81, configuration)
  }

  /// Lets time go by. [s]
  mutating func wait(_ time: Double) -> PerRotor<Double> {
    var speeds = PerRotor(repeating: 0.0)
    for _ in 0..<Int((1000 * time).rounded()) {
      speeds = firmware.rotorSpeeds(for: state, at: Double(steps) / 1000, every: 0.001)
      steps += 1
    }
    return speeds
  }

  mutating func send(_ port: CRTPPort, channel: UInt8 = 0, _ data: [UInt8]) -> [CRTPPacket] {
    firmware.answers(to: CRTPPacket(port, channel: channel, data))
  }
}

/// The bytes of floats.
private func floats(_ values: Float...) -> [UInt8] {
  values.flatMap { CRTPNumber.float.bytes(of: Double($0)) }
}

/// What the firmware does.
struct FirmwareTests {
  @Test func aDroneArmsItselfAndFliesWhenTold() throws {
    var bench = try Bench()
    #expect(bench.wait(0.01).array == [0, 0, 0, 0])
    // Three steps of the supervisor after the first, at 25 Hz.
    _ = bench.wait(0.2)
    #expect(bench.firmware.supervisor.state == .readyToFly && bench.firmware.supervisor.isArmed)
    let answer = bench.send(
      .highLevelCommander, [7, 0] + floats(2, 0) + [0] + floats(1))
    #expect(answer == [CRTPPacket(.highLevelCommander, [7, 0, 0, 0])])
    #expect(bench.wait(0.5).array.allSatisfy { $0 > 10_000 })
    #expect(bench.firmware.supervisor.state == .flying)
    // A second takeoff is refused in the air.
    let again = bench.send(.highLevelCommander, [7, 0] + floats(2, 0) + [0] + floats(1))
    #expect(again.first?.data.last == 1)
  }

  @Test func silenceLevelsThenStopsThenLocks() throws {
    var bench = try Bench()
    _ = bench.wait(0.3)
    _ = bench.send(.genericCommander, [9] + floats(20, 0, 0, 1))
    _ = bench.wait(0.4)
    #expect(abs(bench.firmware.setpoint.roll - 20 * .pi / 180) < 1e-6)
    _ = bench.wait(0.2)
    #expect(bench.firmware.supervisor.state == .levelingOut && bench.firmware.setpoint.roll == 0)
    #expect(bench.wait(1.3).array.allSatisfy { $0 > 0 })
    #expect(bench.wait(0.3).array == [0, 0, 0, 0])
    #expect(bench.firmware.supervisor.state == .locked)
  }

  @Test func thrustIsLockedUntilItHasBeenZero() throws {
    var bench = try Bench()
    _ = bench.wait(0.3)
    let rise = floats(0, 0, 0) + [0x40, 0x9c]
    // The high-level commander has spoken, so that the first setpoint is none that locks; a new bench has none.
    var fresh = AttitudeSetpoints()
    #expect(fresh.setpoint(rise, isFirst: true)?.thrust == 0)
    #expect(fresh.setpoint(rise, isFirst: false)?.thrust == 0)
    #expect(fresh.setpoint(floats(0, 0, 0) + [0, 0], isFirst: false)?.thrust == 0)
    #expect(fresh.setpoint(rise, isFirst: false)?.thrust == 40_000)
    _ = bench.send(.commander, floats(0, 0, 0) + [0, 0])
    _ = bench.send(.commander, rise)
    #expect(bench.wait(0.1).array.allSatisfy { $0 > 10_000 })
  }

  @Test func aDroneOnItsBackStopsAndFliesAgainAfterARecovery() throws {
    var bench = try Bench()
    _ = bench.wait(0.3)
    _ = bench.send(.highLevelCommander, [7, 0] + floats(2, 0) + [0] + floats(1))
    _ = bench.wait(0.3)
    bench.state.attitude = Rotation(RollPitchYaw(roll: .pi, pitch: 0, yaw: 0))
    _ = bench.wait(0.3)
    #expect(bench.firmware.supervisor.state == .crashed)
    #expect(bench.send(.supervisor, channel: 1, [2]).first?.data == [0x82, 0, 0])
    bench.state.attitude = .identity
    _ = bench.wait(0.1)
    #expect(bench.send(.supervisor, channel: 1, [2]).first?.data == [0x82, 1, 1])
    // What it flew is forgotten; it waits for another command.
    #expect(bench.wait(0.3).array == [0, 0, 0, 0] && bench.firmware.supervisor.canFly)
    _ = bench.send(.highLevelCommander, [7, 0] + floats(2, 0) + [0] + floats(1))
    #expect(bench.wait(0.3).array.allSatisfy { $0 > 10_000 })
    let text = bench.firmware.reports().filter { $0.port == CRTPPort.console.rawValue }
      .flatMap(\.data)
    #expect(String(decoding: text, as: UTF8.self).contains("crashed"))
  }

  @Test func aClientThatHangsUpLeavesADroneThatFliesAgain() throws {
    var bench = try Bench()
    _ = bench.wait(0.3)
    for _ in 0..<5 {
      _ = bench.send(.genericCommander, [10] + floats(0, 0, 0, 1))
      _ = bench.wait(0.1)
    }
    #expect(bench.firmware.supervisor.state == .flying)
    // What cflib says when it closes a link.
    _ = bench.send(.commander, floats(0, 0, 0) + [0, 0])
    #expect(bench.wait(0.1).array == [0, 0, 0, 0])
    _ = bench.wait(10)
    #expect(bench.firmware.supervisor.state == .readyToFly)
    _ = bench.send(.highLevelCommander, [7, 0] + floats(2, 0) + [0] + floats(1))
    #expect(bench.wait(0.3).array.allSatisfy { $0 > 10_000 })
  }

  @Test func logsComeWhenTheyAreDueAndWrongBlocksAreRefused() throws {
    var bench = try Bench()
    let z = try #require(
      LogVariable.all.firstIndex { $0.group == "stateEstimate" && $0.name == "z" })
    let item: [UInt8] = [0x77, UInt8(z), 0]
    func answer(_ data: [UInt8]) -> UInt8? {
      bench.send(.log, channel: 1, data).first?.data.last
    }
    #expect(answer([6, 1] + item) == 0)
    #expect(answer([6, 1] + item) == CRTPError.exists.rawValue)
    #expect(answer([6, 2, 7, 255, 255]) == CRTPError.noEntry.rawValue)
    #expect(
      answer([7, 1] + Array(repeating: item, count: 6).flatMap { $0 }) == CRTPError.tooBig.rawValue)
    #expect(answer([3, 9, 1]) == CRTPError.noEntry.rawValue)
    #expect(answer([3, 1, 2]) == 0)
    var times: [UInt8] = []
    for _ in 0..<100 {
      _ = bench.wait(0.001)
      for report in bench.firmware.reports() where report.port == CRTPPort.log.rawValue {
        times.append(report.data[1])
        #expect(CRTPNumber.float.number(in: report.data[4...]) == 1)
      }
    }
    #expect(times == [20, 40, 60, 80])
    #expect(answer([5]) == 0)
  }

  @Test("no bytes stop a drone or put a number into its motors that is none", arguments: 0..<20)
  func anything(seed: UInt64) throws {
    var bench = try Bench(.init(version: "test", usesMellinger: seed % 2 == 1, isLockStepped: true))
    var random = SplitMix64(seed: seed)
    for _ in 0..<2000 {
      let count = Int(random.next() % 33)
      var bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      // Half of them are commands that exist.
      if count > 1, random.next() % 2 == 0 { bytes[1] = UInt8(random.next() % 14) }
      if let packet = CRTPPacket(datagram: bytes) {
        let answers = bench.firmware.answers(to: packet)
        #expect(answers.allSatisfy { $0.data.count <= CRTPPacket.longestData })
        _ = bench.firmware.takeRequest()
      }
      let speeds = bench.wait(0.002)
      #expect(speeds.array.allSatisfy { $0.isFinite && $0 >= 0 }, "seed \(seed)")
      _ = bench.firmware.reports()
    }
  }
}
