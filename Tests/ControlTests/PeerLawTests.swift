import Control
import Drone
import SpatialMath
import Testing

/// Laws of gym-pybullet-drones, against numbers that were worked out apart from this code.
struct PeerLawTests {
  @Test("the hummingbird's PID to 1e-9, least squares included")
  func hummingbird() throws {
    let model = try ModelCatalogue.standard.model(named: "hummingbird")
    var pid = try HummingbirdPID(model: model, gravity: 9.8)
    for call in LawFixtures.hummingbird {
      let (p, q) = (call.position, call.quaternion)
      let state = DroneState<Double>(
        position: Vector(p[0], p[1], p[2]),
        attitude: Rotation(x: q[0], y: q[1], z: q[2], w: q[3]))
      let speeds = pid.rotorSpeeds(
        for: state, tracking: Setpoint(position: Vector(0.3, 0.1, 1.2)), at: 0, every: 1.0 / 48)
      for (ours, theirs) in zip(speeds.array, call.speeds) {
        #expect(abs(ours - theirs) <= 1e-9 * max(theirs, 1))
      }
    }
    #expect(LawFixtures.hummingbird.contains { $0.speeds.contains(0) })
  }

  @Test("collective thrust and body rates to 1e-9, whatever the quaternion's sign")
  func ctbr() {
    for call in LawFixtures.ctbr {
      let v = call.input
      let state = DroneState<Double>(
        position: Vector(v[0], v[1], v[2]),
        attitude: Rotation(x: v[3], y: v[4], z: v[5], w: v[6]),
        velocity: Vector(v[7], v[8], v[9]))
      let setpoint = Setpoint(
        position: Vector(v[10], v[11], v[12]), velocity: Vector(v[13], v[14], v[15]))
      let command = CTBRController.command(for: state, tracking: setpoint, gravity: 9.8)
      let ours = [command.thrust, command.rates.x, command.rates.y, command.rates.z]
      for (ours, theirs) in zip(ours, call.output) { #expect(abs(ours - theirs) < 1e-9) }
    }
  }

  @Test("the hummingbird's PID refuses what is no plus, with the reason")
  func refusesOthers() throws {
    let racer = try ModelCatalogue.standard.model(named: "racer")
    #expect {
      try HummingbirdPID(model: racer, gravity: 9.8)
    } throws: { "\($0)".contains("plus frames") }
  }
}
