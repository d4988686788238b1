import Control
import Drone
import Simulation
import SpatialMath

extension ActionDecoder {
  /// Writes the action that brings a drone towards its goal, as well as the action mode can.
  ///
  /// - Parameters:
  ///   - goal: Where the drone should be.
  ///   - state: How it moves.
  ///   - memory: What its position control remembers, where the action is rotor speeds.
  ///   - action: The numbers, all overwritten.
  func encode(
    _ goal: Setpoint, from state: DroneState<Double>, memory: inout LoopMemory<Double>,
    into action: inout MutableSpan<Float>
  ) {
    func write(_ index: Int, _ value: Double) {
      action[index] = Float(value.clamped(from: -1, to: 1))
    }
    let error = goal.position - state.position
    let way = Self.step(from: state.position, towards: goal.position)
    switch mode {
    case .rotorSpeeds(let authority):
      let speeds = speeds(towards: way, goal: goal, from: state, memory: &memory)
      for rotor in 0..<4 { write(rotor, (speeds[rotor] / hoverSpeed - 1) / authority) }
    case .collective(let authority):
      let speeds = speeds(towards: way, goal: goal, from: state, memory: &memory)
      write(0, (0.25 * speeds.sum / hoverSpeed - 1) / authority)
    case .wholeRange, .throttles:
      let speeds = speeds(towards: way, goal: goal, from: state, memory: &memory)
      let places = mode == .throttles ? throttles : PerRotor(0, 1, 2, 3)
      for rotor in 0..<4 { write(places[rotor], 2 * speeds[rotor] / highestSpeed - 1) }
    case .waypoint: writeVector(goal.position, over: 1, to: &action)
    case .displacement(let reach): writeVector(error, over: reach, to: &action)
    case .climb(let reach): write(0, error.z / reach)
    case .velocity(let limit):
      let velocity = goal.velocity + error
      let speed = velocity.norm
      writeVector(velocity, over: max(speed, 1e-9), to: &action)
      write(3, speed / limit)
    case .attitude(let tilt):
      let wanted = acceleration(to: way, goal: goal, from: state)
      let yaw = RollPitchYaw(state.attitude).yaw
      let (sine, cosine) = yaw.sineAndCosine()
      write(0, (sine * wanted.x - cosine * wanted.y) / gravity / tilt)
      write(1, (cosine * wanted.x + sine * wanted.y) / gravity / tilt)
      write(2, yaw / .pi)
      write(3, thrustShare(wanted, state))
    case .bodyRates(let limit):
      let target = Setpoint(position: way, velocity: goal.velocity)
      let command = CTBRController.command(for: state, tracking: target, gravity: gravity)
      writeVector(command.rates, over: limit, to: &action)
      write(3, command.thrust / gravity - 1)
    case .gains: for index in 0..<6 { write(index, 0) }
    }
  }

  private func speeds(
    towards place: Vector<World, Double>, goal: Setpoint, from state: DroneState<Double>,
    memory: inout LoopMemory<Double>
  ) -> PerRotor<Double> {
    let target = Goal(position: place, velocity: goal.velocity, yaw: goal.yaw)
    return positionControl.rotorSpeeds(
      for: state, towards: target, memory: &memory, factors: .one)
  }

  /// The acceleration that takes a drone to a place, as a damped spring would. [m/s²]
  private func acceleration(
    to place: Vector<World, Double>, goal: Setpoint, from state: DroneState<Double>
  ) -> Vector<World, Double> {
    3 * (place - state.position) + 3 * (goal.velocity - state.velocity)
  }

  /// The thrust that a position controller asks for, as the share of the weight beyond hovering.
  private func thrustShare(_ acceleration: Vector<World, Double>, _ state: DroneState<Double>)
    -> Double
  {
    let up = RotationMatrix(state.attitude).zAxis
    return (acceleration + Vector(0, 0, gravity)).dot(up) / gravity - 1
  }

  private func writeVector<F: Frame>(
    _ v: Vector<F, Double>, over scale: Double, to action: inout MutableSpan<Float>
  ) {
    action[0] = Float((v.x / scale).clamped(from: -1, to: 1))
    action[1] = Float((v.y / scale).clamped(from: -1, to: 1))
    action[2] = Float((v.z / scale).clamped(from: -1, to: 1))
  }
}
