public import CSwiftlet
import Configuration
import Control
import Drone
import Foundation
import Scenario
import SpatialMath

/// What flies the drones of some worlds, each with a memory of its own.
final class Controllers: Held {
  private let initial: [any Controller]
  private let references: [any Reference]
  private var controllers: [any Controller]
  /// How many worlds there are.
  let worldCount: Int

  override class var kind: String { "handle of controllers" }

  init(_ specification: FlightSpecification, worlds count: Int) throws {
    guard
      count.multipliedReportingOverflow(by: specification.drones.count).partialValue <= 1_000_000
    else { throw Failure.argument("\(count) worlds are more than 1000000 drones") }
    initial = specification.drones.map { $0.controller.controller }
    references = specification.drones.map(\.followed)
    controllers = (0..<count).flatMap { [initial] _ in initial }
    worldCount = count
  }

  /// How many drones there are in all.
  var rowCount: Int { controllers.count }

  /// Forgets all that happened in some worlds.
  func reset(where mask: [Bool]?) {
    for row in controllers.indices where mask?[row / initial.count] ?? true {
      controllers[row] = initial[row % initial.count]
    }
  }

  /// Where the reference of a row is at a time. [s]
  func setpoint(of row: Int, at time: Double) -> Setpoint {
    references[row % references.count].setpoint(at: time)
  }

  /// The speeds that the rotors of a row should take. [rpm]
  func rotorSpeeds(
    of row: Int, _ state: DroneState<Double>, tracking setpoint: Setpoint, at time: Double,
    every period: Double
  ) -> PerRotor<Double> {
    controllers[row].rotorSpeeds(for: state, tracking: setpoint, at: time, every: period)
  }
}

extension swiftlet_setpoints {
  /// The setpoint of a row, of so many.
  @unsafe
  func setpoint(_ row: Int, of count: Int) -> Setpoint {
    unsafe Setpoint(
      position: components(position, row, count), velocity: components(velocity, row, count),
      acceleration: components(acceleration, row, count), yaw: yaw?[row] ?? 0,
      yawRate: yaw_rate?[row] ?? 0)
  }

  @unsafe
  private func components(
    _ start: UnsafeMutablePointer<Double>?, _ row: Int, _ count: Int
  ) -> Vector<World, Double> {
    guard let start = unsafe start else { return .zero }
    return unsafe Vector(start[row], start[count + row], start[2 * count + row])
  }

  /// Writes the setpoint of a row, of so many.
  @unsafe
  func write(_ setpoint: Setpoint, _ row: Int, of count: Int) {
    unsafe put(setpoint.position, at: position, row, count)
    unsafe put(setpoint.velocity, at: velocity, row, count)
    unsafe put(setpoint.acceleration, at: acceleration, row, count)
    if let start = unsafe yaw { unsafe start[row] = setpoint.yaw }
    if let start = unsafe yaw_rate { unsafe start[row] = setpoint.yawRate }
  }

  @unsafe
  private func put(
    _ vector: Vector<World, Double>, at start: UnsafeMutablePointer<Double>?, _ row: Int,
    _ count: Int
  ) {
    guard let start = unsafe start else { return }
    for (component, number) in vector.array.enumerated() {
      unsafe start[component * count + row] = number
    }
  }
}

extension Setpoint {
  /// Whether all of its numbers are finite.
  fileprivate var isFinite: Bool {
    (position.array + velocity.array + acceleration.array + [yaw, yawRate])
      .allSatisfy(\.isFinite)
  }
}

/// Creates the controllers and references of a scenario's drones.
@c @implementation
public func swiftlet_controllers_create(
  _ scenario: UnsafePointer<CChar>!, _ worlds: Int32,
  _ controllers: UnsafeMutablePointer<swiftlet_handle>!
) -> swiftlet_status {
  status {
    let handle = unsafe try require(controllers, "controllers")
    guard worlds >= 1 else { throw Failure.argument("worlds is \(worlds); expected 1 or more") }
    unsafe handle.pointee = Handles.shared.add(
      try Controllers(try specification(scenario), worlds: Int(worlds)))
  }
}

/// Works out the rotor speeds of all drones.
@c @implementation
public func swiftlet_controllers_command(
  _ controllers: swiftlet_handle, _ states: UnsafePointer<swiftlet_states>!,
  _ setpoints: UnsafePointer<swiftlet_setpoints>!, _ time: Double, _ period: Double,
  _ rotorSpeeds: UnsafeMutablePointer<Double>!
) -> swiftlet_status {
  status {
    let speeds = unsafe try require(rotorSpeeds, "rotor_speeds")
    guard time.isFinite, period > 0, period.isFinite else {
      throw Failure.argument(
        "time is \(time) and period \(period); expected seconds, period above 0")
    }
    try Handles.shared.with(controllers, Controllers.self) { held in
      guard let places = unsafe try statePointers(states, rowCount: held.rowCount) else {
        throw Failure.null("states")
      }
      let given = unsafe try setpointBuffers(setpoints)
      var wanted: [(DroneState<Double>, Setpoint)] = []
      for row in 0..<held.rowCount {
        var state = DroneState<Double>()
        unsafe places.read(row, into: &state)
        let setpoint =
          unsafe given.map { unsafe $0.setpoint(row, of: held.rowCount) }
          ?? held.setpoint(of: row, at: time)
        guard setpoint.isFinite else {
          throw Failure.argument("the setpoint in row \(row) has a number that is not finite")
        }
        wanted.append((try state.checked(row), setpoint))
      }
      for (row, (state, setpoint)) in wanted.enumerated() {
        let rotors = held.rotorSpeeds(
          of: row, state, tracking: setpoint, at: time, every: period)
        for rotor in 0..<4 { unsafe speeds[4 * row + rotor] = rotors[rotor] }
      }
    }
  }
}

/// Writes where the references of the scenario are at a time.
@c @implementation
public func swiftlet_controllers_follow(
  _ controllers: swiftlet_handle, _ time: Double, _ setpoints: UnsafePointer<swiftlet_setpoints>!
) -> swiftlet_status {
  status {
    guard time.isFinite else { throw Failure.argument("time is \(time); expected seconds") }
    guard let places = unsafe try setpointBuffers(setpoints) else {
      throw Failure.null("setpoints")
    }
    try Handles.shared.with(controllers, Controllers.self) { held in
      for row in 0..<held.rowCount {
        unsafe places.write(held.setpoint(of: row, at: time), row, of: held.rowCount)
      }
    }
  }
}

/// The buffers of a struct of the caller's, if there is one.
@unsafe
private func setpointBuffers(
  _ setpoints: UnsafePointer<swiftlet_setpoints>?
) throws -> swiftlet_setpoints? {
  guard let setpoints = unsafe setpoints?.pointee else { return nil }
  unsafe try checkSize(setpoints.struct_size, of: swiftlet_setpoints.self, "setpoints")
  return unsafe setpoints
}

/// Forgets all that happened, in some worlds or in all.
@c @implementation
public func swiftlet_controllers_reset(
  _ controllers: swiftlet_handle, _ mask: UnsafePointer<Bool>!
) -> swiftlet_status {
  status {
    try Handles.shared.with(controllers, Controllers.self) { held in
      held.reset(where: unsafe list(mask, held.worldCount))
    }
  }
}
