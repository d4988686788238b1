public import CSwiftlet
import Gym
import Tasks

/// Begins an episode in all environments, or in some.
@c @implementation
public func swiftlet_environments_reset(
  _ environments: swiftlet_handle, _ seeds: UnsafePointer<UInt64>!,
  _ mask: UnsafePointer<Bool>!, _ buffers: UnsafePointer<swiftlet_step_buffers>!
) -> swiftlet_status {
  status {
    try Handles.shared.with(environments, Environments.self) { held in
      let count = held.layout.environmentCount
      unsafe try held.reset(
        seeds: unsafe list(seeds, count), where: unsafe list(mask, count), buffers)
    }
  }
}

/// Advances every environment by one step.
@c @implementation
public func swiftlet_environments_step(
  _ environments: swiftlet_handle, _ buffers: UnsafePointer<swiftlet_step_buffers>!
) -> swiftlet_status {
  status {
    try Handles.shared.with(environments, Environments.self) { unsafe try $0.step(buffers) }
  }
}

/// Begins a step whose rewards and endings the caller judges.
@c @implementation
public func swiftlet_environments_step_begin(
  _ environments: swiftlet_handle, _ buffers: UnsafePointer<swiftlet_step_buffers>!,
  _ states: UnsafePointer<swiftlet_states>!
) -> swiftlet_status {
  status {
    try Handles.shared.with(environments, Environments.self) {
      unsafe try $0.beginStep(buffers, states)
    }
  }
}

/// Ends a step that has begun.
@c @implementation
public func swiftlet_environments_step_end(
  _ environments: swiftlet_handle, _ states: UnsafePointer<swiftlet_states>!
) -> swiftlet_status {
  status {
    try Handles.shared.with(environments, Environments.self) { unsafe try $0.endStep(states) }
  }
}

/// Writes how drones move now.
@c @implementation
public func swiftlet_environments_read_states(
  _ environments: swiftlet_handle, _ states: UnsafePointer<swiftlet_states>!
) -> swiftlet_status {
  status {
    try Handles.shared.with(environments, Environments.self) { held in
      try held.checkIsWhole()
      let rowCount = held.layout.rowCount
      guard let places = unsafe try taskStatePointers(states, rowCount: rowCount) else {
        throw Failure.null("states")
      }
      unsafe try held.read(into: places)
    }
  }
}

/// Draws an environment from outside.
@c @implementation
public func swiftlet_environments_render(
  _ environments: swiftlet_handle, _ environment: Int32, _ width: Int32, _ height: Int32,
  _ pixels: UnsafeMutablePointer<UInt8>!
) -> swiftlet_status {
  status {
    let pixels = unsafe try require(pixels, "pixels")
    try Handles.shared.with(environments, Environments.self) { held in
      try held.checkIsWhole()
      guard 0..<held.layout.environmentCount ~= Int(environment) else {
        throw Failure.argument(
          "environment is \(environment); expected less than \(held.layout.environmentCount)")
      }
      try held.render(Int(environment), width: Int(width), height: Int(height)) { colours in
        // Alpha is left out.
        for pixel in 0..<colours.count / 4 {
          for channel in 0..<3 {
            unsafe pixels[3 * pixel + channel] = colours[4 * pixel + channel]
          }
        }
      }
    }
  }
}

/// Keeps all that the future of environments depends on.
@c @implementation
public func swiftlet_environments_snapshot(
  _ environments: swiftlet_handle, _ snapshot: UnsafeMutablePointer<swiftlet_handle>!
) -> swiftlet_status {
  status {
    let handle = unsafe try require(snapshot, "snapshot")
    let kept = try Handles.shared.with(environments, Environments.self) { try $0.keep() }
    unsafe handle.pointee = Handles.shared.add(kept)
  }
}

/// Goes back to a snapshot of environments.
@c @implementation
public func swiftlet_environments_restore(
  _ environments: swiftlet_handle, _ snapshot: swiftlet_handle
) -> swiftlet_status {
  status {
    try Handles.shared.with(snapshot, EnvironmentsSnapshot.self) { kept in
      try Handles.shared.with(environments, Environments.self) { try $0.goBack(to: kept) }
    }
  }
}
