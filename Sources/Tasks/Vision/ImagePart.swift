public import Gym
import Rendering

/// One of the images that a camera gives.
public struct ImagePart: Sendable, Hashable {
  /// What its pixels tell.
  public enum Content: Sendable, Hashable {
    /// Red, green and blue; as numbers from 0 to 1.
    case colour
    /// Red, green, blue and an alpha that is always full; as numbers from 0 to 1.
    case colourAndAlpha
    /// How bright it is, by the weights of Rec. 601; as numbers from 0 to 1.
    case grey
    /// The depth along the direction of view, and `reach` where it is more: as numbers in metres, as
    /// bytes from 0 to 255 at the reach. [m]
    case depth(reach: Double)
    /// What it is: 0 for nothing, 1 for the floor, from 2 on the obstacles in order, then the drones;
    /// as bytes no more than 255.
    case segmentation
  }

  /// What its pixels tell.
  package var content: Content
  /// What its numbers are.
  package var element: ImageSpace.Element

  /// An image of this content.
  public init(_ content: Content, as element: ImageSpace.Element = .uint8) {
    (self.content, self.element) = (content, element)
  }

  /// Red, green and blue as bytes.
  public static let rgb = ImagePart(.colour)
  /// Red, green, blue and alpha as bytes.
  public static let rgba = ImagePart(.colourAndAlpha)
  /// Brightness as bytes.
  public static let grey = ImagePart(.grey)
  /// What things are, as bytes.
  public static let segmentation = ImagePart(.segmentation)

  /// Depth in metres.
  public static func depth(reach: Double) -> ImagePart {
    ImagePart(.depth(reach: reach), as: .float32)
  }

  /// How many numbers a pixel has. [–]
  private var channelCount: Int {
    switch content {
    case .colour: 3
    case .colourAndAlpha: 4
    case .grey, .depth, .segmentation: 1
    }
  }

  /// The largest number where they are of single precision. [–]
  private var highest: Float {
    switch content {
    case .colour, .colourAndAlpha, .grey: 1
    case .depth(let reach): Float(reach)
    case .segmentation: 0x1p24
    }
  }

  /// All that a camera of some size may show in it.
  func space(width: Int, height: Int) -> ImageSpace {
    ImageSpace(
      width: width, height: height, channelCount: channelCount, element: element,
      high: element == .uint8 ? 255 : highest)
  }
}

extension ImagePart: CustomStringConvertible {
  public var description: String {
    switch content {
    case .colour: "red, green, blue"
    case .colourAndAlpha: "red, green, blue, alpha"
    case .grey: "brightness"
    case .depth(let reach): element == .uint8 ? "depth / \(reach) m" : "depth up to \(reach) m"
    case .segmentation: "0 nothing, 1 floor, 2 and on obstacles, then drones"
    }
  }
}
