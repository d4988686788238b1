import CSwiftlet
import Drone
import Foundation
import Geometry
import Rendering
import Simulation
import SpatialMath

/// Where the pixels of images go; `nil` for those that are not asked for.
@unsafe
struct ImagePointers {
  let colours: UnsafeMutablePointer<UInt8>?
  let depths: UnsafeMutablePointer<Float>?
  let ids: UnsafeMutablePointer<Int32>?

  /// Writes an image behind so many others.
  func write(_ images: Images, at index: Int) {
    let count = images.colours.count / 4
    if let colours = unsafe colours {
      // Alpha is left out.
      for pixel in 0..<count {
        for channel in 0..<3 {
          unsafe colours[3 * (index * count + pixel) + channel] =
            images.colours[4 * pixel + channel]
        }
      }
    }
    if let depths = unsafe depths {
      for pixel in 0..<count { unsafe depths[index * count + pixel] = images.depths[pixel] }
    }
    if let ids = unsafe ids {
      for pixel in 0..<count { unsafe ids[index * count + pixel] = images.ids[pixel] }
    }
  }
}

extension Simulations {
  /// Draws what every drone sees through a camera, an image a row.
  @unsafe
  func draw(_ camera: Camera, to pointers: ImagePointers) throws {
    var renderer = Renderer()
    var images = Images(of: camera)
    var scenes = try SceneBuilder(of: [start], appearance: .quadcopter)
    for world in 0..<batch.worldCount {
      batch.withWorld(world) { local, simulator in
        scenes.update(world: local, scene: 0, from: &simulator)
      }
      for drone in 0..<batch.dronesPerWorld {
        let row = world * batch.dronesPerWorld + drone
        let state = batch[row]
        let viewpoint = Viewpoint(
          carrier: Pose(position: state.position, attitude: state.attitude),
          hiding: scenes.id(ofDrone: drone))
        renderer.render(camera, from: [viewpoint], of: scenes.scenes, into: &images)
        unsafe pointers.write(images, at: row)
      }
    }
  }

  /// Draws what a camera sees that stands in a world.
  @unsafe
  func draw(_ camera: Camera, in world: Int, to pointers: ImagePointers) throws {
    var renderer = Renderer()
    var images = Images(of: camera)
    var scenes = try SceneBuilder(of: [start], appearance: .quadcopter)
    batch.withWorld(world) { local, simulator in
      scenes.update(world: local, scene: 0, from: &simulator)
    }
    renderer.render(
      camera, from: [Viewpoint(carrier: Pose())], of: scenes.scenes, into: &images)
    unsafe pointers.write(images, at: 0)
  }

  /// Measures how far all drones see along the rays of a sensor, row by row. [m]
  func ranges(_ sensor: RangeSensor, _ body: (Int, Double) -> Void) throws {
    var renderer = Renderer()
    var scenes = try SceneBuilder(of: [start], appearance: .outline)
    var rays = RayBundle(sensor)
    for drone in 0..<batch.dronesPerWorld { rays.add(id: scenes.id(ofDrone: drone)) }
    for world in 0..<batch.worldCount {
      batch.withWorld(world) { local, simulator in
        scenes.update(world: local, scene: 0, from: &simulator)
      }
      let first = world * batch.dronesPerWorld
      for drone in 0..<batch.dronesPerWorld {
        let state = batch[first + drone]
        rays.place(drone, at: Pose(position: state.position, attitude: state.attitude))
      }
      rays.cast(with: &renderer, in: scenes.scenes)
      for drone in 0..<batch.dronesPerWorld {
        for ray in 0..<rays.rayCount {
          body((first + drone) * rays.rayCount + ray, rays.distance(drone, ray: ray))
        }
      }
    }
  }

  /// Where an obstacle of a world is.
  func pose(ofObstacle index: Int, in world: Int) -> Pose<Double> {
    batch.withWorld(world) { [start] local, simulator in
      simulator.motion(ofObstacle: index, inWorld: local)?.pose ?? start.obstacles[index].pose
    }
  }
}

extension Camera {
  /// The camera that C describes.
  @unsafe
  init(_ camera: UnsafePointer<swiftlet_camera>?) throws {
    guard let camera = unsafe camera?.pointee else { throw Failure.null("camera") }
    try checkSize(camera.struct_size, of: swiftlet_camera.self, "camera")
    let (p, q) = (camera.position, camera.attitude)
    let attitude = Rotation<Body, Body, Double>(x: q.0, y: q.1, z: q.2, w: q.3)
    guard [p.0, p.1, p.2].allSatisfy({ abs($0) <= 1e6 }) else {
      throw Failure.argument("camera.position is beyond 1000 km, or not finite")
    }
    guard abs(attitude.squaredNorm - 1) < 1e-3 else {
      throw Failure.argument("camera.attitude is not of length 1")
    }
    guard camera.nearest < camera.farthest else {
      throw Failure.argument("camera.nearest is not below camera.farthest")
    }
    try self.init(
      width: Int(camera.width), height: Int(camera.height),
      verticalFieldOfView: camera.vertical_field_of_view, range: camera.nearest...camera.farthest,
      mount: Mount(position: Vector(p.0, p.1, p.2), attitude: attitude.normalized))
  }
}
