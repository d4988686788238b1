internal import CRendering
internal import SpatialMath

/// A camera without lens errors: how many pixels, how wide a view, and where it is mounted.
///
/// It looks along the x axis of its mount, with z up and y to the left of the image. Surfaces nearer
/// than its range are cut away, and one looks through the cut: parts are seen from outside alone, each
/// by itself, and a camera that is inside of a part does not see it.
public struct Camera: Sendable, Equatable {
  /// How many pixels a row has.
  package let width: Int
  /// How many rows there are.
  package let height: Int
  /// The angle between the upper and lower edge of the view. [rad]
  package let verticalFieldOfView: Double
  /// The width of the view over its height; pixels are square where it is that of the image. [–]
  package let aspect: Double
  /// The depths between which things are seen. [m]
  package let range: ClosedRange<Double>
  /// Where it is on the body that carries it.
  package var mount: Mount

  private let halfHeight: Double

  /// A camera with these properties.
  ///
  /// - Throws: ``RenderingError`` if an image is larger than 4096 pixels either way, a view wider than
  ///   170°, or another number out of range.
  public init(
    width: Int, height: Int, verticalFieldOfView: Double, aspect: Double? = nil,
    range: ClosedRange<Double> = 0.01...1000, mount: Mount = Mount()
  ) throws(RenderingError) {
    let edges = 1...Double(CR_MAXIMUM_EDGE)
    try check(Double(width), "the width of an image", in: edges)
    try check(Double(height), "the height of an image", in: edges)
    try check(verticalFieldOfView, "a vertical field of view", in: 0.001...(170 * .pi / 180))
    let aspect = aspect ?? Double(width) / Double(height)
    try check(aspect, "an aspect", in: 1e-4...1e4)
    try check(range, "depth of a camera")
    self.width = width
    self.height = height
    self.verticalFieldOfView = verticalFieldOfView
    self.aspect = aspect
    self.range = range
    self.mount = mount
    let (sine, cosine) = (0.5 * verticalFieldOfView).sineAndCosine()
    halfHeight = sine / cosine
  }

  /// The number of pixels.
  package var pixelCount: Int { width * height }

  /// The slope across the view of the ray through the centre of a pixel, per unit of depth: to the left
  /// and up. [–]
  package func slopes(column: Int, row: Int) -> (left: Double, up: Double) {
    let left = 1 - 2 * (Double(column) + 0.5) / Double(width)
    let up = 1 - 2 * (Double(row) + 0.5) / Double(height)
    return (left * halfHeight * aspect, up * halfHeight)
  }

  /// The camera as C has it.
  var lens: cr_lens {
    cr_lens(
      width: Int32(width), height: Int32(height), half_width: halfHeight * aspect,
      half_height: halfHeight, nearest: range.lowerBound, farthest: range.upperBound)
  }
}
