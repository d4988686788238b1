/// Room for what cameras see, image after image, each row by row from the upper left.
package struct Images: Sendable, Equatable {
  /// Red, green, blue and an alpha of 255 for each pixel.
  package var colours: [UInt8]
  /// The depth of each pixel along the direction of view. [m]
  package var depths: [Float]
  /// The id of the body at each pixel, or -1.
  package var ids: [Int32]

  /// Room for some images of a camera.
  package init(of camera: Camera, count: Int = 1) {
    let pixels = camera.pixelCount * count
    colours = [UInt8](repeating: 0, count: 4 * pixels)
    depths = [Float](repeating: 0, count: pixels)
    ids = [Int32](repeating: 0, count: pixels)
  }
}

extension Renderer {
  /// Draws one image for each viewpoint.
  package mutating func render(
    _ camera: Camera, from viewpoints: [Viewpoint], of scenes: [Scene], into images: inout Images
  ) {
    render(camera, viewpoints, scenes, &images.colours, &images.depths, &images.ids)
  }

  /// Measures the distances along all rays of a sensor into arrays that have room for them.
  package mutating func measure(
    _ sensor: RangeSensor, from viewpoints: [Viewpoint], of scenes: [Scene],
    distances: inout [Float], ids: inout [Int32]
  ) {
    var distanceSpan = distances.mutableSpan
    var idSpan = ids.mutableSpan
    measure(
      sensor, from: viewpoints.span, of: scenes.span, distances: &distanceSpan, ids: &idSpan)
  }

  private mutating func render(
    _ camera: Camera, _ viewpoints: [Viewpoint], _ scenes: [Scene], _ colours: inout [UInt8],
    _ depths: inout [Float], _ ids: inout [Int32]
  ) {
    var colourSpan = colours.mutableSpan
    var depthSpan = depths.mutableSpan
    var idSpan = ids.mutableSpan
    render(
      camera, from: viewpoints.span, of: scenes.span, colours: &colourSpan, depths: &depthSpan,
      ids: &idSpan)
  }
}
