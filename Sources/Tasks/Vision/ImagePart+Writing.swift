import Gym
import Rendering

extension ImagePart {
  /// Writes what a camera drew into the room of an image.
  func write(_ drawn: Images, into image: MutableImage) {
    switch element {
    case .uint8: unsafe image.withBytes { writeBytes(drawn, into: &$0) }
    case .float32: unsafe image.withNumbers { writeNumbers(drawn, into: &$0) }
    }
  }

  private func writeBytes(_ drawn: Images, into bytes: inout MutableSpan<UInt8>) {
    switch content {
    case .colour:
      let colours = drawn.colours.span
      for pixel in 0..<bytes.count / 3 {
        bytes[3 * pixel] = colours[4 * pixel]
        bytes[3 * pixel + 1] = colours[4 * pixel + 1]
        bytes[3 * pixel + 2] = colours[4 * pixel + 2]
      }
    case .colourAndAlpha:
      let colours = drawn.colours.span
      for index in bytes.indices { bytes[index] = colours[index] }
    case .grey:
      let colours = drawn.colours.span
      for pixel in bytes.indices { bytes[pixel] = brightness(of: pixel, in: colours) }
    case .depth(let reach):
      let (depths, scale) = (drawn.depths.span, 255 / Float(reach))
      for pixel in bytes.indices { bytes[pixel] = UInt8(min(255, scale * depths[pixel]) + 0.5) }
    case .segmentation:
      let ids = drawn.ids.span
      for pixel in bytes.indices { bytes[pixel] = UInt8(min(255, ids[pixel] &+ 1)) }
    }
  }

  private func writeNumbers(_ drawn: Images, into numbers: inout MutableSpan<Float>) {
    switch content {
    case .colour:
      let colours = drawn.colours.span
      for pixel in 0..<numbers.count / 3 {
        numbers[3 * pixel] = Self.shares[Int(colours[4 * pixel])]
        numbers[3 * pixel + 1] = Self.shares[Int(colours[4 * pixel + 1])]
        numbers[3 * pixel + 2] = Self.shares[Int(colours[4 * pixel + 2])]
      }
    case .colourAndAlpha:
      let colours = drawn.colours.span
      for index in numbers.indices { numbers[index] = Self.shares[Int(colours[index])] }
    case .grey:
      let colours = drawn.colours.span
      for pixel in numbers.indices {
        numbers[pixel] = Self.shares[Int(brightness(of: pixel, in: colours))]
      }
    case .depth(let reach):
      let (depths, reach) = (drawn.depths.span, Float(reach))
      for pixel in numbers.indices { numbers[pixel] = min(reach, depths[pixel]) }
    case .segmentation:
      let ids = drawn.ids.span
      for pixel in numbers.indices { numbers[pixel] = Float(ids[pixel] &+ 1) }
    }
  }

  /// The shares of 255 that bytes are.
  private static let shares: [Float] = (0...255).map { Float($0) / 255 }

  /// 0.299 R + 0.587 G + 0.114 B, in parts of 256.
  private func brightness(of pixel: Int, in colours: Span<UInt8>) -> UInt8 {
    let red = 77 * UInt32(colours[4 * pixel])
    let green = 150 * UInt32(colours[4 * pixel + 1])
    let blue = 29 * UInt32(colours[4 * pixel + 2])
    return UInt8(truncatingIfNeeded: (red + green + blue + 128) >> 8)
  }
}

extension [ImagePart] {
  /// Room for one image of a camera, as far as these parts need it.
  func room(for camera: Camera) -> Images {
    var images = Images(of: camera)
    func needs(_ isNeeded: (ImagePart.Content) -> Bool) -> Bool {
      contains { isNeeded($0.content) }
    }
    if !needs({ [.colour, .colourAndAlpha, .grey].contains($0) }) { images.colours = [] }
    if !needs({ if case .depth = $0 { true } else { false } }) { images.depths = [] }
    if !needs({ $0 == .segmentation }) { images.ids = [] }
    return images
  }
}
