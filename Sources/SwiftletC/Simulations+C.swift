public import CSwiftlet
import Configuration
import Drone
import Foundation
import Rendering
import Scenario
import Simulation
import SpatialMath

/// The flight that a text describes, checked wholly.
func specification(_ pointer: UnsafePointer<CChar>?) throws -> FlightSpecification {
  let text = unsafe try text(pointer, "scenario")
  return try FlightSpecification(text: text, named: "scenario", folder: currentFolder)
}

/// Creates worlds from a scenario.
@c @implementation
public func swiftlet_simulation_create(
  _ scenario: UnsafePointer<CChar>!, _ options: UnsafePointer<swiftlet_simulation_options>!,
  _ simulation: UnsafeMutablePointer<swiftlet_handle>!
) -> swiftlet_status {
  status {
    let handle = unsafe try require(simulation, "simulation")
    let specification = unsafe try specification(scenario)
    guard let options = unsafe options?.pointee else { throw Failure.null("options") }
    try checkSize(options.struct_size, of: swiftlet_simulation_options.self, "options")
    guard options.worlds >= 1 else {
      throw Failure.argument("options.worlds is \(options.worlds); expected 1 or more")
    }
    guard 0...1024 ~= options.threads else {
      throw Failure.argument("options.threads is \(options.threads); expected 0 to 1024")
    }
    unsafe handle.pointee = Handles.shared.add(
      try Simulations(
        specification, worlds: Int(options.worlds), threads: max(1, Int(options.threads))))
  }
}

/// The shape of the worlds.
@c @implementation
public func swiftlet_simulation_shape(
  _ simulation: swiftlet_handle, _ layout: UnsafeMutablePointer<swiftlet_simulation_layout>!
) -> swiftlet_status {
  status {
    let layout = unsafe try require(layout, "layout")
    unsafe try checkSize(
      layout.pointee.struct_size, of: swiftlet_simulation_layout.self, "layout")
    try Handles.shared.with(simulation, Simulations.self) { held in
      unsafe layout.pointee.world_count = Int32(held.batch.worldCount)
      unsafe layout.pointee.drone_count = Int32(held.batch.dronesPerWorld)
      unsafe layout.pointee.obstacle_count = Int32(held.start.obstacles.count)
      unsafe layout.pointee.period = held.period
    }
  }
}

/// Writes the rotor speeds at which each drone hovers.
@c @implementation
public func swiftlet_simulation_hover(
  _ simulation: swiftlet_handle, _ rotorSpeeds: UnsafeMutablePointer<Double>!
) -> swiftlet_status {
  status {
    let speeds = unsafe try require(rotorSpeeds, "rotor_speeds")
    try Handles.shared.with(simulation, Simulations.self) { held in
      for row in 0..<held.rowCount {
        let model = held.start.models[row % held.start.models.count]
        let speed = model.hoverRotorSpeed(gravity: held.gravity)
        for rotor in 0..<4 { unsafe speeds[4 * row + rotor] = speed }
      }
    }
  }
}

/// Advances all worlds by some physics steps.
@c @implementation
public func swiftlet_simulation_step(
  _ simulation: swiftlet_handle, _ rotorSpeeds: UnsafePointer<Double>!, _ steps: Int32,
  _ states: UnsafePointer<swiftlet_states>!, _ faults: UnsafeMutablePointer<Bool>!
) -> swiftlet_status {
  status {
    guard 0...1_000_000 ~= steps else {
      throw Failure.argument("steps is \(steps); expected 0 to 1000000")
    }
    try Handles.shared.with(simulation, Simulations.self) { held in
      let count = held.rowCount
      unsafe try checkFinite(rotorSpeeds, 4 * count, width: 4, "rotor_speeds")
      let places = unsafe try statePointers(states, rowCount: count)
      let found = unsafe held.batch.step(
        rotorSpeeds: rotorSpeeds, steps: Int(steps), states: places)
      unsafe try held.tell(found, in: faults)
    }
  }
}

extension Simulations {
  /// Says in which worlds something has become infinite or not a number, and refuses to go on from there.
  @unsafe
  fileprivate func tell(_ found: StepFaults, in faults: UnsafeMutablePointer<Bool>?) throws {
    let worlds = found.isEmpty ? [] : self.faults()
    if let faults = unsafe faults {
      for world in 0..<batch.worldCount {
        unsafe faults[world] = worlds.indices.contains(world) && worlds[world]
      }
    }
    guard let world = worlds.firstIndex(of: true) else { return }
    throw Failure(.notFinite, "a number in world \(world) has become infinite or not a number")
  }
}

/// Refuses numbers that are not finite, if there are numbers.
@unsafe
func checkFinite(
  _ numbers: UnsafePointer<Double>?, _ count: Int, width: Int, _ name: String
) throws {
  guard let numbers = unsafe numbers, unsafe hasOthers(numbers, count) else { return }
  for index in 0..<count where unsafe !numbers[index].isFinite {
    throw unsafe Failure.argument(
      "\(name) has \(numbers[index]) in row \(index / width), column \(index % width); "
        + "expected finite numbers")
  }
}

/// Whether some numbers are not finite: what is finite less itself is zero, eight at a time.
@unsafe
private func hasOthers(_ numbers: UnsafePointer<Double>, _ count: Int) -> Bool {
  var sums = SIMD8<Double>.zero
  let whole = count & ~7
  for index in stride(from: 0, to: whole, by: 8) {
    let eight = unsafe UnsafeRawPointer(numbers + index).loadUnaligned(as: SIMD8<Double>.self)
    sums += eight - eight
  }
  for index in whole..<count { sums[0] += unsafe numbers[index] - numbers[index] }
  return sums != .zero
}

/// Writes how drones move now.
@c @implementation
public func swiftlet_simulation_read(
  _ simulation: swiftlet_handle, _ states: UnsafePointer<swiftlet_states>!
) -> swiftlet_status {
  status {
    try Handles.shared.with(simulation, Simulations.self) { held in
      guard let places = unsafe try statePointers(states, rowCount: held.rowCount) else {
        throw Failure.null("states")
      }
      unsafe held.batch.read(into: places)
    }
  }
}

/// Puts drones where some states say.
@c @implementation
public func swiftlet_simulation_write(
  _ simulation: swiftlet_handle, _ mask: UnsafePointer<Bool>!,
  _ states: UnsafePointer<swiftlet_states>!
) -> swiftlet_status {
  status {
    try Handles.shared.with(simulation, Simulations.self) { held in
      guard let places = unsafe try statePointers(states, rowCount: held.rowCount) else {
        throw Failure.null("states")
      }
      unsafe try held.write(where: unsafe list(mask, held.batch.worldCount), places)
    }
  }
}

/// Begins anew in some worlds, or in all.
@c @implementation
public func swiftlet_simulation_reset(
  _ simulation: swiftlet_handle, _ mask: UnsafePointer<Bool>!, _ seeds: UnsafePointer<UInt64>!
) -> swiftlet_status {
  status {
    try Handles.shared.with(simulation, Simulations.self) { held in
      let count = held.batch.worldCount
      held.reset(where: unsafe list(mask, count), seeds: unsafe list(seeds, count))
    }
  }
}

/// Pushes drones until they are pushed otherwise.
@c @implementation
public func swiftlet_simulation_push(
  _ simulation: swiftlet_handle, _ forces: UnsafePointer<Double>!,
  _ torques: UnsafePointer<Double>!
) -> swiftlet_status {
  status {
    guard let forces = unsafe forces else { throw Failure.null("forces") }
    try Handles.shared.with(simulation, Simulations.self) { held in
      let count = held.rowCount
      unsafe try checkFinite(forces, 3 * count, width: 3, "forces")
      unsafe try checkFinite(torques, 3 * count, width: 3, "torques")
      for row in 0..<count {
        let torque = unsafe torques.map { unsafe vector($0, row, of: World.self) }
        held.push(row, force: unsafe vector(forces, row, of: World.self), torque: torque ?? .zero)
      }
    }
  }
}

/// The vector in a row.
@unsafe
func vector<F: Frame>(
  _ start: UnsafePointer<Double>, _ row: Int, of frame: F.Type
) -> Vector<F, Double> {
  unsafe Vector(start[3 * row], start[3 * row + 1], start[3 * row + 2])
}

/// Sets the mean wind of each world.
@c @implementation
public func swiftlet_simulation_set_wind(
  _ simulation: swiftlet_handle, _ velocities: UnsafePointer<Double>!,
  _ seeds: UnsafePointer<UInt64>!
) -> swiftlet_status {
  status {
    guard let velocities = unsafe velocities else { throw Failure.null("velocities") }
    guard let seeds = unsafe seeds else { throw Failure.null("seeds") }
    try Handles.shared.with(simulation, Simulations.self) { held in
      let worlds = (0..<held.batch.worldCount).map { world in
        unsafe (vector(velocities, world, of: World.self), seeds[world])
      }
      for (world, wind) in worlds.enumerated() where !(wind.0.norm <= 1000) {
        throw Failure.argument(
          "the wind in world \(world) is \(wind.0.norm) m/s; expected at most 1000 m/s")
      }
      for (world, wind) in worlds.enumerated() {
        held.setWind(wind.0, seed: wind.1, of: world)
      }
    }
  }
}
