import Bullet
import Drone
import Geometry
import Simulation
import SpatialMath

extension TaskSetup {
  /// Refuses what cannot be played.
  func check(agentCount: Int) throws(TaskError) {
    try require(agentCount > 0, "a task needs a drone, not \(agentCount)", at: "drones")
    try require(
      controlFrequency > 0 && physicsFrequency > 0
        && physicsFrequency.isMultiple(of: controlFrequency),
      "the physics frequency is a multiple of the control frequency, not "
        + "\(physicsFrequency) Hz and \(controlFrequency) Hz", at: "rates.control")
    try require(
      timeLimit > 0 && timeLimit < 1e6, "a time limit between 0 and 10⁶ s, not \(timeLimit) s",
      at: "time_limit")
    try require(
      obstacles.allSatisfy { $0.mass == 0 },
      "the obstacles of a task have no mass: they stand, or move as scheduled",
      at: "world.obstacles")
    try require(
      sensors.allSatisfy { $0.scale > 0 && $0.scale.isFinite }, "scales of sensors above 0",
      at: "sensors")
    try require(
      !observation.isEmpty || !sensors.isEmpty, "a drone that sees nothing cannot learn",
      at: "observation")
    try require(
      actionMode != .gains || positionLaw == .crazyflie,
      "gains can be set in the Crazyflie's law alone", at: "action")
    try require(
      actionMode == .throttles || !randomisation.drawsAirframes,
      "airframes can be drawn where actions are throttles", at: "randomisation.airframes")
    if let fault = camera?.fault { throw TaskError(fault, at: "camera") }
    try checkRandomisation()
    try checkAir()
  }

  private func checkRandomisation() throws(TaskError) {
    try require(
      randomisation.motors.lowerBound > 0 && randomisation.motors.upperBound.isFinite,
      "factors on motors are above 0", at: "randomisation.motors")
    try checkRotorAndAirFactors()
    for (mass, inertia) in [
      (randomisation.mass.lowerBound, randomisation.inertia.lowerBound),
      (randomisation.mass.upperBound, randomisation.inertia.upperBound),
    ] {
      do throws(BulletError) {
        try BulletWorld.checkVehicle(mass: mass * model.mass, inertia: inertia * model.inertia)
      } catch {
        throw TaskError("at a bound of randomisation, \(error)", at: "randomisation.mass")
      }
    }
    try require(
      (0...1000).contains(randomisation.delay.lowerBound)
        && randomisation.delay.upperBound <= 1000, "a delay from 0 to 1000 actions",
      at: "randomisation.delay")
  }

  private func checkAir() throws(TaskError) {
    try require(
      randomisation.windSpeed.lowerBound >= 0 && randomisation.windSpeed.upperBound <= 1000
        && wind.isFlyable, "a wind of at most 1000 m/s, in numbers that are finite",
      at: "wind")
    try require(
      noise.deviations.allSatisfy { (0...1e6).contains($0) },
      "deviations of sensor noise from 0 to 10⁶", at: "noise")
  }

  private func require(
    _ isTrue: Bool, _ sentence: String, at key: String
  ) throws(TaskError) {
    guard isTrue else { throw TaskError(sentence, at: key) }
  }
}

extension TaskSetup {
  private func checkRotorAndAirFactors() throws(TaskError) {
    let r = randomisation
    let ranges = [
      r.rotorTorque, r.rotorInertia, r.rotorLag, r.deadTime, r.speedMoment, r.rateDamping,
      r.torqueNoise,
    ]
    guard ranges.allSatisfy({ $0.lowerBound >= 0 && $0.upperBound <= 1000 }) else {
      throw TaskError("factors on rotors and air are from 0 to 1000", at: "randomisation")
    }
    guard r.rotorLag.lowerBound > 0 else {
      throw TaskError("factors on rotor lag are above 0", at: "randomisation.rotor_lag")
    }
    let longest = r.deadTime.upperBound * model.deadTime
    guard longest <= QuadcopterModel.longestDeadTime else {
      throw TaskError(
        "at a bound of randomisation, a dead time up to \(QuadcopterModel.longestDeadTime) s, not "
          + "\(longest) s", at: "randomisation.dead_time")
    }
  }
}

extension Wind {
  /// Whether all numbers make sense, and no speed is beyond 1 km/s.
  fileprivate var isFlyable: Bool {
    let speeds = [mean] + gusts.map(\.peak) + (turbulence.map { [$0.intensity] } ?? [])
    let lengths = turbulence.map { [$0.length.x, $0.length.y, $0.length.z, $0.airspeed] } ?? []
    return speeds.allSatisfy { $0.norm <= 1000 }
      && lengths.allSatisfy { $0 > 0 && $0.isFinite }
      && gusts.allSatisfy { $0.start.isFinite && $0.duration.isFinite }
  }
}
