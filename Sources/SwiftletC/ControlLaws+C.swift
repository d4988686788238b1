public import CSwiftlet
import Control
import Drone
import Foundation
import SpatialMath

/// Fills in what is known of a model, and forgets all that happened.
@c @implementation
public func swiftlet_cascaded_pid_begin(
  _ model: UnsafePointer<CChar>!, _ gravity: Double,
  _ pid: UnsafeMutablePointer<swiftlet_cascaded_pid>!
) -> swiftlet_status {
  status {
    let pid = unsafe try require(pid, "pid")
    unsafe try checkSize(pid.pointee.struct_size, of: swiftlet_cascaded_pid.self, "pid")
    let model = try ModelCatalogue.standard.model(named: unsafe text(model, "model"))
    guard gravity.isFinite else { throw Failure.argument("gravity is \(gravity); expected m/s²") }
    guard CascadedPID.fits(model) else {
      throw Failure.argument(
        "the cascaded PID is for a Crazyflie 2.x with cf2x's rotors; \(model.name) has others")
    }
    unsafe pid.pointee.write(CascadedLaw(model: model, gravity: gravity))
    unsafe pid.pointee.memory = LoopMemory()
  }
}

/// Works out the rotor speeds that the cascaded PID asks for.
@c @implementation
public func swiftlet_cascaded_pid_command(
  _ pid: UnsafeMutablePointer<swiftlet_cascaded_pid>!,
  _ tracking: UnsafePointer<swiftlet_tracking>!,
  _ rotorSpeeds: UnsafeMutablePointer<Double>!, _ wantedAngles: UnsafeMutablePointer<Double>!
) -> swiftlet_status {
  status {
    let pid = unsafe try require(pid, "pid")
    unsafe try checkSize(pid.pointee.struct_size, of: swiftlet_cascaded_pid.self, "pid")
    let speeds = unsafe try require(rotorSpeeds, "rotor_speeds")
    let asked = unsafe try checked(tracking)
    guard asked.period > 0 else {
      throw Failure.argument("tracking.period is \(asked.period); expected seconds above 0")
    }
    let (law, goal) = (unsafe try pid.pointee.law, Goal(asked.setpoint))
    var memory = unsafe pid.pointee.memory
    if let angles = unsafe wantedAngles {
      let wanted = law.wantedAttitude(
        for: asked.state, towards: goal, memory: memory, every: asked.period)
      unsafe put(wanted.intrinsicXYZ, at: angles)
    }
    // The law differences angles; a rate that they should have is as if the last ones had been farther on.
    memory.lastAngles = memory.lastAngles + asked.period * Vector(asked.goal_angle_rates)
    let found = law.rotorSpeeds(
      for: asked.state, towards: goal, memory: &memory, factors: .one, every: asked.period)
    unsafe pid.pointee.memory = memory
    for rotor in 0..<4 { unsafe speeds[rotor] = found[rotor] }
  }
}

/// Works out collective thrust and body rates.
@c @implementation
public func swiftlet_thrust_and_rates(
  _ tracking: UnsafePointer<swiftlet_tracking>!, _ gravity: Double,
  _ thrust: UnsafeMutablePointer<Double>!, _ rates: UnsafeMutablePointer<Double>!
) -> swiftlet_status {
  status {
    let thrust = unsafe try require(thrust, "thrust")
    let rates = unsafe try require(rates, "rates")
    let asked = unsafe try checked(tracking)
    guard gravity.isFinite else { throw Failure.argument("gravity is \(gravity); expected m/s²") }
    let command = CTBRController.command(
      for: asked.state, tracking: asked.setpoint, gravity: gravity)
    unsafe thrust.pointee = command.thrust
    unsafe put(command.rates, at: rates)
  }
}

/// Writes the angles of drones, and their angular velocities along the world's axes.
@c @implementation
public func swiftlet_angles(
  _ states: UnsafePointer<swiftlet_states>!, _ count: Int32,
  _ rollPitchYaw: UnsafeMutablePointer<Double>!, _ angularVelocities: UnsafeMutablePointer<Double>!
) -> swiftlet_status {
  status {
    guard count >= 0 else { throw Failure.argument("count is \(count); expected 0 or more") }
    guard let places = unsafe try statePointers(states, rowCount: Int(count)) else {
      throw Failure.null("states")
    }
    for row in 0..<Int(count) {
      var state = DroneState<Double>()
      unsafe places.read(row, into: &state)
      let angles = RollPitchYaw(state.attitude)
      if let start = unsafe rollPitchYaw {
        unsafe put(Vector<Body, _>(angles.roll, angles.pitch, angles.yaw), at: start + 3 * row)
      }
      if let start = unsafe angularVelocities {
        unsafe put(state.angularVelocity, at: start + 3 * row)
      }
    }
  }
}

/// Writes three numbers.
@unsafe
private func put<F: Frame>(_ vector: Vector<F, Double>, at start: UnsafeMutablePointer<Double>) {
  for (index, number) in vector.array.enumerated() { unsafe start[index] = number }
}

/// How a drone moves and should move, every number of which has to be finite.
@unsafe
private func checked(_ tracking: UnsafePointer<swiftlet_tracking>?) throws -> swiftlet_tracking {
  guard let asked = unsafe tracking?.pointee else { throw Failure.null("tracking") }
  try checkSize(asked.struct_size, of: swiftlet_tracking.self, "tracking")
  if !asked.isFinite,
    let (name, _) = asked.named.first(where: { !$0.1.allSatisfy(\.isFinite) })
  {
    throw Failure.argument("tracking.\(name) has a number that is not finite")
  }
  guard asked.rotation.squaredNorm > 1e-12 else {
    throw Failure.argument("tracking.attitude has no length; expected a quaternion x, y, z, w")
  }
  return asked
}

extension swiftlet_tracking {
  fileprivate var rotation: Rotation<Body, World, Double> {
    Rotation(x: attitude.0, y: attitude.1, z: attitude.2, w: attitude.3)
  }

  fileprivate var state: DroneState<Double> {
    DroneState(
      position: Vector(position), attitude: rotation.renormalized, velocity: Vector(velocity))
  }

  fileprivate var setpoint: Setpoint {
    Setpoint(position: Vector(goal_position), velocity: Vector(goal_velocity), yaw: goal_yaw)
  }

  fileprivate var isFinite: Bool {
    state.isFinite && Vector<World, _>(goal_position).isFinite
      && Vector<World, _>(goal_velocity).isFinite && Vector<Body, _>(goal_angle_rates).isFinite
      && goal_yaw.isFinite && period.isFinite
  }

  fileprivate var named: [(String, [Double])] {
    [
      ("position", Vector<World, _>(position).array), ("attitude", rotation.array),
      ("velocity", Vector<World, _>(velocity).array),
      ("goal_position", Vector<World, _>(goal_position).array),
      ("goal_velocity", Vector<World, _>(goal_velocity).array), ("goal_yaw", [goal_yaw]),
      ("goal_angle_rates", Vector<Body, _>(goal_angle_rates).array), ("period", [period]),
    ]
  }
}

extension swiftlet_cascaded_pid {
  fileprivate var memory: LoopMemory<Double> {
    get {
      LoopMemory(
        positionIntegral: Vector(position_integral), attitudeIntegral: Vector(attitude_integral),
        lastAngles: Vector(last_angles))
    }
    set {
      position_integral = newValue.positionIntegral.triple
      attitude_integral = newValue.attitudeIntegral.triple
      last_angles = newValue.lastAngles.triple
    }
  }

  /// The law with these gains.
  fileprivate var law: CascadedLaw {
    get throws {
      guard signal_range.0 <= signal_range.1 else {
        throw Failure.argument(
          "pid.signal_range is \(signal_range.0) to \(signal_range.1); expected the lowest first")
      }
      var gains = CascadedGains.crazyflie
      (gains.position.p, gains.position.i) = (Vector(position_p), Vector(position_i))
      gains.position.d = Vector(position_d)
      (gains.attitude.p, gains.attitude.i) = (Vector(attitude_p), Vector(attitude_i))
      gains.attitude.d = Vector(attitude_d)
      gains.signalRange = signal_range.0...signal_range.1
      (gains.speedPerSignal, gains.idleSpeed) = (speed_per_signal, idle_speed)
      let rows = mixer
      return CascadedLaw(
        gains: gains, weight: weight, thrustCoefficient: thrust_coefficient,
        mixer: PerRotor(
          Vector(rows.0, rows.1, rows.2), Vector(rows.3, rows.4, rows.5),
          Vector(rows.6, rows.7, rows.8), Vector(rows.9, rows.10, rows.11)))
    }
  }

  fileprivate mutating func write(_ law: CascadedLaw) {
    (weight, thrust_coefficient) = (law.weight, law.thrustCoefficient)
    let m = law.mixer
    mixer = (
      m[0].x, m[0].y, m[0].z, m[1].x, m[1].y, m[1].z, m[2].x, m[2].y, m[2].z, m[3].x, m[3].y, m[3].z
    )
    let (position, attitude) = (law.gains.position, law.gains.attitude)
    (position_p, position_i, position_d) = (
      position.p.triple, position.i.triple, position.d.triple
    )
    (attitude_p, attitude_i, attitude_d) = (
      attitude.p.triple, attitude.i.triple, attitude.d.triple
    )
    signal_range = (law.gains.signalRange.lowerBound, law.gains.signalRange.upperBound)
    (speed_per_signal, idle_speed) = (law.gains.speedPerSignal, law.gains.idleSpeed)
  }
}

extension Vector where S == Double {
  /// The vector with the three numbers of an array in C.
  fileprivate init(_ numbers: (Double, Double, Double)) {
    self.init(numbers.0, numbers.1, numbers.2)
  }

  /// The components as an array in C.
  fileprivate var triple: (Double, Double, Double) { (x, y, z) }
}

extension RotationMatrix where S == Double {
  /// The angles about the x, the new y and the new z axis, R = Rx Ry Rz. [rad]
  fileprivate var intrinsicXYZ: Vector<Body, Double> {
    Vector(
      atan2(-yRow.z, zRow.z), asin(min(max(xRow.z, -1), 1)), atan2(-xRow.y, xRow.x))
  }
}
