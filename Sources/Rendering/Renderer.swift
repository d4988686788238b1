internal import CRendering

/// Draws what cameras see, and measures what range sensors do.
///
/// A renderer is memory to work in. It has one owner and is freed with it; for
/// several threads, make several. What it draws depends on scene, camera and viewpoint alone: an image
/// among others has the bits of the image alone, on every processor of an architecture. It allocates only
/// when a scene or an image is larger than those before.
///
/// It is `Sendable`, though the compiler cannot see why: it may move between threads but never be used
/// by two at once, as `~Copyable` and `mutating` enforce, and C keeps no state beside it.
@safe
package struct Renderer: ~Copyable, @unchecked Sendable {
  private let handle: OpaquePointer

  /// A renderer that uses what the processor can do, or less.
  ///
  /// - Parameter instructions: One of ``InstructionSet/available``; the widest of them if left out.
  package init(instructions: InstructionSet? = nil) {
    let level = instructions?.rawValue ?? cr_best_level()
    precondition(level <= cr_best_level(), "this processor does not have \(level)")
    // unsafe: C makes what this struct owns.
    guard let handle = unsafe cr_renderer_create(level) else {
      fatalError("no memory for a renderer")
    }
    unsafe self.handle = handle
  }

  // unsafe: the handle is this struct's alone, and ends here.
  deinit { unsafe cr_renderer_destroy(handle) }

  /// Draws one image for each viewpoint, one after the other and row by row from the upper left.
  ///
  /// A buffer without elements is left out; others have room for all images exactly.
  ///
  /// - Parameters:
  ///   - camera: What all of them look through.
  ///   - viewpoints: Who looks.
  ///   - scenes: The worlds, as the viewpoints count them.
  ///   - colours: Red, green, blue and an alpha of 255 for each pixel.
  ///   - depths: The depth along the direction of view; where there is nothing, the end of the camera's
  ///     range. [m]
  ///   - ids: The ids of bodies; where there is nothing, -1.
  package mutating func render(
    _ camera: Camera, from viewpoints: Span<Viewpoint>, of scenes: Span<Scene>,
    colours: inout MutableSpan<UInt8>, depths: inout MutableSpan<Float>,
    ids: inout MutableSpan<Int32>
  ) {
    let pixels = camera.pixelCount
    expect(colours.count, 4 * pixels * viewpoints.count, "colours")
    expect(depths.count, pixels * viewpoints.count, "depths")
    expect(ids.count, pixels * viewpoints.count, "ids")
    // unsafe: C writes as many elements as were counted above, and keeps no pointer.
    unsafe colours.withUnsafeMutableBufferPointer { colours in
      unsafe depths.withUnsafeMutableBufferPointer { depths in
        unsafe ids.withUnsafeMutableBufferPointer { ids in
          for i in viewpoints.indices {
            unsafe draw(
              camera, from: viewpoints[i], of: scenes[viewpoints[i].scene],
              colours: row(i, of: 4 * pixels, in: colours), depths: row(i, of: pixels, in: depths),
              ids: row(i, of: pixels, in: ids))
          }
        }
      }
    }
  }

  /// Measures the distances along all rays of a sensor, viewpoint by viewpoint.
  ///
  /// A buffer without elements is left out; others have room for all rays exactly.
  ///
  /// - Parameters:
  ///   - sensor: Whose rays they are.
  ///   - viewpoints: Who carries it.
  ///   - scenes: The worlds, as the viewpoints count them.
  ///   - distances: The distances to what is met first; where there is nothing, the end of the sensor's
  ///     range. [m]
  ///   - ids: The ids of the bodies that are met; where there is nothing, -1.
  package mutating func measure(
    _ sensor: RangeSensor, from viewpoints: Span<Viewpoint>, of scenes: Span<Scene>,
    distances: inout MutableSpan<Float>, ids: inout MutableSpan<Int32>
  ) {
    let rays = sensor.directions.count
    expect(distances.count, rays * viewpoints.count, "distances")
    expect(ids.count, rays * viewpoints.count, "ids")
    // unsafe: as in `render`.
    unsafe distances.withUnsafeMutableBufferPointer { distances in
      unsafe ids.withUnsafeMutableBufferPointer { ids in
        for i in viewpoints.indices {
          unsafe measure(
            sensor, from: viewpoints[i], of: scenes[viewpoints[i].scene],
            distances: row(i, of: rays, in: distances), ids: row(i, of: rays, in: ids))
        }
      }
    }
  }

  private mutating func draw(
    _ camera: Camera, from viewpoint: Viewpoint, of scene: Scene,
    colours: UnsafeMutablePointer<UInt8>?, depths: UnsafeMutablePointer<Float>?,
    ids: UnsafeMutablePointer<Int32>?
  ) {
    let handle = unsafe handle
    let isDrawn = unsafe scene.withDescription { scene in
      unsafe withUnsafePointer(to: viewpoint.viewer(through: camera.mount)) { viewer in
        unsafe withUnsafePointer(to: camera.lens) { lens in
          // unsafe: C reads the descriptions and writes the buffers before it returns.
          unsafe cr_render(handle, scene, viewer, lens, colours, depths, ids)
        }
      }
    }
    guard isDrawn else { fatalError("no memory for an image") }
  }

  private mutating func measure(
    _ sensor: RangeSensor, from viewpoint: Viewpoint, of scene: Scene,
    distances: UnsafeMutablePointer<Float>?, ids: UnsafeMutablePointer<Int32>?
  ) {
    let handle = unsafe handle
    let isMeasured = unsafe scene.withDescription { scene in
      unsafe withUnsafePointer(to: viewpoint.viewer(through: sensor.mount)) { viewer in
        unsafe sensor.withDescription { rays in
          // unsafe: C reads the descriptions and writes the buffers before it returns.
          unsafe cr_measure(handle, scene, viewer, rays, distances, ids)
        }
      }
    }
    guard isMeasured else { fatalError("no memory for ranges") }
  }
}

/// The elements of one viewpoint, or nothing of a buffer that is left out.
private func row<Element>(
  _ index: Int, of count: Int, in buffer: UnsafeMutableBufferPointer<Element>
) -> UnsafeMutablePointer<Element>? {
  guard let start = buffer.baseAddress, !buffer.isEmpty else { return nil }
  return unsafe start + index * count
}

/// Stops on a buffer that has some room, but not the right one.
private func expect(_ count: Int, _ expected: Int, _ name: String) {
  precondition(
    count == 0 || count == expected, "there is room for \(count) \(name), not for \(expected)")
}

extension RangeSensor {
  /// Calls `body` with what C reads of the sensor, valid until it returns.
  fileprivate func withDescription<Result>(_ body: (UnsafePointer<cr_rays>) -> Result) -> Result {
    // unsafe: the pointer goes no farther than `body`.
    unsafe blocks.withUnsafeBufferPointer { blocks in
      guard let start = blocks.baseAddress else { fatalError("rays without memory") }
      var rays = unsafe cr_rays(
        directions: start, count: Int32(directions.count), nearest: range.lowerBound,
        farthest: range.upperBound)
      return unsafe body(&rays)
    }
  }
}
