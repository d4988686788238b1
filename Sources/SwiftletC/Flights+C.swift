public import CSwiftlet
import Configuration
import Drone
import Foundation
import Recording
import Scenario
import SpatialMath
import Tasks

/// Creates a flight at its start.
@c @implementation
public func swiftlet_flight_create(
  _ scenario: UnsafePointer<CChar>!, _ isFile: Bool,
  _ settings: UnsafePointer<UnsafePointer<CChar>?>!, _ settingCount: Int32,
  _ flight: UnsafeMutablePointer<swiftlet_handle>!
) -> swiftlet_status {
  status {
    let handle = unsafe try require(flight, "flight")
    let words = unsafe try text(scenario, "scenario")
    let settings = unsafe try texts(settings, settingCount)
    let specification =
      isFile
      ? try FlightSpecification(contentsOf: words, settings: settings)
      : try FlightSpecification(
        text: words, named: "scenario", folder: currentFolder, settings: settings)
    unsafe handle.pointee = Handles.shared.add(try Flights(specification))
  }
}

/// Where relative paths start.
var currentFolder: URL {
  URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true)
}

@unsafe
private func texts(
  _ start: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int32
) throws -> [String] {
  guard count > 0 else { return [] }
  guard let start = unsafe start else { throw Failure.null("settings") }
  return try (0..<Int(count)).map { unsafe try text(start[$0], "settings[\($0)]") }
}

/// Has the caller fly a drone from now on.
@c @implementation
public func swiftlet_flight_take(_ flight: swiftlet_handle, _ drone: Int32) -> swiftlet_status {
  status {
    try Handles.shared.with(flight, Flights.self) { held in
      guard 0..<held.droneCount ~= Int(drone) else {
        throw Failure.argument("drone is \(drone); expected less than \(held.droneCount)")
      }
      held.take(Int(drone))
    }
  }
}

/// Where the flight is.
@c @implementation
public func swiftlet_flight_where(
  _ flight: swiftlet_handle, _ state: UnsafeMutablePointer<swiftlet_flight_state>!
) -> swiftlet_status {
  status {
    let state = unsafe try require(state, "state")
    unsafe try checkSize(state.pointee.struct_size, of: swiftlet_flight_state.self, "state")
    try Handles.shared.with(flight, Flights.self) { held in
      unsafe state.pointee.drone_count = Int32(held.droneCount)
      unsafe state.pointee.is_over = held.isOver
      unsafe (state.pointee.time, state.pointee.duration) = (held.time, held.duration)
      unsafe state.pointee.control_period = held.controlPeriod
      unsafe state.pointee.row_count = Int64(held.rowCount)
      unsafe state.pointee.column_count = Int32(held.columns.count)
    }
  }
}

/// Writes how all drones move now.
@c @implementation
public func swiftlet_flight_read(
  _ flight: swiftlet_handle, _ states: UnsafePointer<swiftlet_states>!
) -> swiftlet_status {
  status {
    try Handles.shared.with(flight, Flights.self) { held in
      guard let places = unsafe try taskStatePointers(states, rowCount: held.droneCount) else {
        throw Failure.null("states")
      }
      for drone in 0..<held.droneCount {
        unsafe places.states.write(held.state(of: drone), row: drone)
        if let contacts = unsafe places.states.contacts {
          unsafe contacts[drone] = Int32(clamping: held.contactCount(of: drone))
        }
        if let time = unsafe places.states.time { unsafe time[drone] = held.time }
        let reference = held.reference(of: drone)
        let nowhere = Vector<World, Double>(.nan, .nan, .nan)
        unsafe places.states.put(
          reference?.position ?? nowhere, at: places.goalPosition, row: drone)
        unsafe places.states.put(
          reference?.velocity ?? nowhere, at: places.goalVelocity, row: drone)
        if let yaw = unsafe places.goalYaw { unsafe yaw[drone] = reference?.yaw ?? .nan }
      }
    }
  }
}

/// Flies on to the next command, or to the end.
@c @implementation
public func swiftlet_flight_advance(
  _ flight: swiftlet_handle, _ rotorSpeeds: UnsafePointer<Double>!
) -> swiftlet_status {
  status {
    try Handles.shared.with(flight, Flights.self) { held in
      guard unsafe rotorSpeeds != nil || !held.hasTaken else { throw Failure.null("rotor_speeds") }
      unsafe try checkFinite(rotorSpeeds, 4 * held.droneCount, width: 4, "rotor_speeds")
      try held.advance { drone in
        guard let speeds = unsafe rotorSpeeds else { return PerRotor(repeating: 0) }
        return unsafe PerRotor(
          speeds[4 * drone], speeds[4 * drone + 1], speeds[4 * drone + 2], speeds[4 * drone + 3])
      }
    }
  }
}

/// The names of the columns of a row, as JSON.
@c @implementation
public func swiftlet_flight_columns(
  _ flight: swiftlet_handle, _ buffer: UnsafeMutablePointer<CChar>!, _ capacity: Int,
  _ length: UnsafeMutablePointer<Int>!
) -> swiftlet_status {
  status {
    let columns = try Handles.shared.with(flight, Flights.self) { $0.columns }
    unsafe try write(try json(columns), to: buffer, capacity: capacity, length: length)
  }
}

/// Copies rows of the recording.
@c @implementation
public func swiftlet_flight_rows(
  _ flight: swiftlet_handle, _ first: Int64, _ count: Int64,
  _ numbers: UnsafeMutablePointer<Double>!
) -> swiftlet_status {
  status {
    let numbers = unsafe try require(numbers, "numbers")
    try Handles.shared.with(flight, Flights.self) { held in
      guard first >= 0, count >= 0, first <= Int64(held.rowCount),
        count <= Int64(held.rowCount) - first
      else {
        throw Failure.argument(
          "rows \(first) and \(count) more are not all among \(held.rowCount)")
      }
      let width = held.columns.count
      for row in 0..<Int(count) {
        for (column, number) in held.numbers(ofRow: Int(first) + row).enumerated() {
          unsafe numbers[row * width + column] = number
        }
      }
    }
  }
}

/// How each drone has followed its reference, as JSON.
@c @implementation
public func swiftlet_flight_summary(
  _ flight: swiftlet_handle, _ buffer: UnsafeMutablePointer<CChar>!, _ capacity: Int,
  _ length: UnsafeMutablePointer<Int>!
) -> swiftlet_status {
  status {
    let summary = try Handles.shared.with(flight, Flights.self) { try json($0.summary) }
    unsafe try write(summary, to: buffer, capacity: capacity, length: length)
  }
}

/// Writes the recording into a new folder.
@c @implementation
public func swiftlet_flight_write(
  _ flight: swiftlet_handle, _ folder: UnsafePointer<CChar>!, _ pictures: Bool
) -> swiftlet_status {
  status {
    let path = unsafe try text(folder, "folder")
    try Handles.shared.with(flight, Flights.self) {
      try $0.write(to: path, pictures: pictures)
    }
  }
}
