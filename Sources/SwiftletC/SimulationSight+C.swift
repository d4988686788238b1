public import CSwiftlet
import Foundation
import Geometry
import Rendering
import Simulation
import SpatialMath

/// Writes where the obstacles are.
@c @implementation
public func swiftlet_simulation_obstacles(
  _ simulation: swiftlet_handle, _ poses: UnsafeMutablePointer<Double>!
) -> swiftlet_status {
  status {
    let poses = unsafe try require(poses, "poses")
    try Handles.shared.with(simulation, Simulations.self) { held in
      let count = held.start.obstacles.count
      for world in 0..<held.batch.worldCount {
        for index in 0..<count {
          let pose = held.pose(ofObstacle: index, in: world)
          for (place, number) in (pose.position.array + pose.attitude.array).enumerated() {
            unsafe poses[7 * (world * count + index) + place] = number
          }
        }
      }
    }
  }
}

/// Measures how far drones see along some rays.
@c @implementation
public func swiftlet_simulation_ranges(
  _ simulation: swiftlet_handle, _ rays: UnsafePointer<Double>!, _ rayCount: Int32,
  _ nearest: Double, _ farthest: Double, _ distances: UnsafeMutablePointer<Double>!
) -> swiftlet_status {
  status {
    guard let rays = unsafe rays else { throw Failure.null("rays") }
    let distances = unsafe try require(distances, "distances")
    guard 1...100_000 ~= rayCount else {
      throw Failure.argument("ray_count is \(rayCount); expected 1 to 100000")
    }
    guard nearest < farthest else {
      throw Failure.argument("nearest is \(nearest); expected less than farthest, \(farthest)")
    }
    let directions = (0..<Int(rayCount)).map { unsafe vector(rays, $0, of: Body.self) }
    let sensor = try RangeSensor(directions: directions, range: nearest...farthest)
    try Handles.shared.with(simulation, Simulations.self) { held in
      try held.ranges(sensor) { index, distance in unsafe distances[index] = distance }
    }
  }
}

/// Draws what every drone sees through a camera that it carries.
@c @implementation
public func swiftlet_simulation_images(
  _ simulation: swiftlet_handle, _ camera: UnsafePointer<swiftlet_camera>!,
  _ colours: UnsafeMutablePointer<UInt8>!, _ depths: UnsafeMutablePointer<Float>!,
  _ ids: UnsafeMutablePointer<Int32>!
) -> swiftlet_status {
  status {
    let camera = unsafe try Camera(camera)
    let pointers = unsafe ImagePointers(colours: colours, depths: depths, ids: ids)
    try Handles.shared.with(simulation, Simulations.self) { held in
      unsafe try held.draw(camera, to: pointers)
    }
  }
}

/// Draws what a camera sees that stands in a world.
@c @implementation
public func swiftlet_simulation_view(
  _ simulation: swiftlet_handle, _ world: Int32, _ camera: UnsafePointer<swiftlet_camera>!,
  _ colours: UnsafeMutablePointer<UInt8>!, _ depths: UnsafeMutablePointer<Float>!,
  _ ids: UnsafeMutablePointer<Int32>!
) -> swiftlet_status {
  status {
    let camera = unsafe try Camera(camera)
    let pointers = unsafe ImagePointers(colours: colours, depths: depths, ids: ids)
    try Handles.shared.with(simulation, Simulations.self) { held in
      unsafe try held.draw(camera, in: try checked(world, in: held), to: pointers)
    }
  }
}

/// Keeps one world, or all.
@c @implementation
public func swiftlet_simulation_snapshot(
  _ simulation: swiftlet_handle, _ world: Int32, _ snapshot: UnsafeMutablePointer<swiftlet_handle>!
) -> swiftlet_status {
  status {
    let handle = unsafe try require(snapshot, "snapshot")
    let kept = try Handles.shared.with(simulation, Simulations.self) { held in
      held.keep(world == -1 ? nil : try checked(world, in: held))
    }
    unsafe handle.pointee = Handles.shared.add(kept)
  }
}

/// Puts worlds back to a snapshot.
@c @implementation
public func swiftlet_simulation_restore(
  _ simulation: swiftlet_handle, _ world: Int32, _ snapshot: swiftlet_handle
) -> swiftlet_status {
  status {
    try Handles.shared.with(snapshot, SimulationSnapshot.self) { kept in
      try Handles.shared.with(simulation, Simulations.self) { held in
        try held.goBack(world == -1 ? nil : try checked(world, in: held), to: kept)
      }
    }
  }
}

/// A world that there is.
private func checked(_ world: Int32, in held: Simulations) throws -> Int {
  guard 0..<held.batch.worldCount ~= Int(world) else {
    throw Failure.argument("world is \(world); expected less than \(held.batch.worldCount)")
  }
  return Int(world)
}
