import Configuration
import Gym
import Parameters
import Rendering
import SpatialMath
import Tasks

/// The numbers of a camera while its file is read.
struct CameraDraft: Sendable {
  var size: SIMD2<Int>
  var fieldOfView: Double
  var aspect: Double
  var range: ClosedRange<Double>
  var position: Vector<World, Double>
  var attitude: Rotation<Body, Body, Double>
  var attachment: OnboardCamera.Attachment
  var frequency: Int
  var images: [ImagePart]
  var colours: [Vector<World, Double>]

  init(_ onboard: OnboardCamera) {
    let camera = onboard.camera
    size = SIMD2(camera.width, camera.height)
    (fieldOfView, aspect, range) = (camera.verticalFieldOfView, camera.aspect, camera.range)
    let place = camera.mount.position
    position = Vector(place.x, place.y, place.z)
    (attitude, attachment) = (camera.mount.attitude, onboard.attachment)
    (frequency, images) = (onboard.frequency, onboard.images)
    colours = onboard.colours.map {
      Vector(Double("\($0.red)") ?? 0, Double("\($0.green)") ?? 0, Double("\($0.blue)") ?? 0)
    }
  }

  /// The camera of these numbers.
  func camera() throws(RenderingError) -> OnboardCamera {
    let mount = Mount(position: Vector(position.x, position.y, position.z), attitude: attitude)
    let camera = try Camera(
      width: size.x, height: size.y, verticalFieldOfView: fieldOfView, aspect: aspect,
      range: range, mount: mount)
    return OnboardCamera(
      camera, attachment: attachment, frequency: frequency, images: images,
      colours: colours.map { Colour(Float($0.x), Float($0.y), Float($0.z)) })
  }

  static let fields: [Field<CameraDraft>] = [
    Field(
      .integer("width", "pixels of a row", in: 1...4096), get: { $0.size.x },
      set: { $0.resize(to: SIMD2($1, $0.size.y)) }),
    Field(
      .integer("height", "rows of pixels", in: 1...4096), get: { $0.size.y },
      set: { $0.resize(to: SIMD2($0.size.x, $1)) }),
    Field(
      .number(
        "field_of_view", "the angle between the upper and the lower edge of the view", unit: "rad",
        in: .within(0.001...(170 * .pi / 180))), \.fieldOfView),
    Field(
      .number("aspect", "the width of the view over its height", in: .within(1e-4...1e4)),
      \.aspect),
    Field(
      .interval("range", "the depths between which things are seen", unit: "m", in: depths),
      \.range),
    Field(.vector("at", "where it is on the drone", unit: "m"), \.position),
    attitudeField,
    Field(
      .choice("attachment", "how it is attached to the drone", among: attachments), \.attachment),
    Field(.integer("frequency", "frames a second [Hz]", in: 1...1_000_000), \.frequency),
    Field(
      .list(
        "images", "the images of a frame", of: .choice("", "", among: contents), count: 1...100),
      \.images),
    Field(
      .list(
        "colours", "red, green and blue of the first obstacles, from 0 to 1",
        of: .vector("", "", in: .within(0...1))), \.colours),
  ]

  private static let depths = NumberRange.within(1e-6...1e6)

  /// Pixels stay square, unless the aspect is said too.
  private mutating func resize(to size: SIMD2<Int>) {
    self.size = size
    aspect = Double(size.x) / Double(size.y)
  }

  private static let attachments: [Form<OnboardCamera.Attachment>] = [
    Form("fixed", "to the body", .fixed),
    Form(
      "levelled", "above the centre of mass, level with the floor as in gym-pybullet-drones",
      .number("rise", "how far above", unit: "m", in: .within(-1000...1000), default: 0),
      make: { .levelled(rise: $0) },
      fields: { if case .levelled(let rise) = $0 { rise } else { nil } }),
  ]

  private static let contents: [Form<ImagePart>] = [
    content("rgb", "red, green and blue", .colour),
    content("rgba", "red, green, blue and alpha", .colourAndAlpha),
    content("grey", "brightness", .grey),
    content("segmentation", "what things are", .segmentation),
    Form(
      "depth", "the depth along the direction of view",
      .number("reach", "the largest", unit: "m", in: .positive(upTo: 1e6), default: 10),
      element(.float32), make: { ImagePart(.depth(reach: $0), as: $1) },
      fields: { part in
        if case .depth(let reach) = part.content { (reach, part.element) } else { nil }
      }),
  ]

  private static func content(
    _ name: String, _ summary: String, _ content: ImagePart.Content
  ) -> Form<ImagePart> {
    Form(
      name, summary, element(.uint8), make: { ImagePart(content, as: $0) },
      fields: { $0.content == content ? $0.element : nil })
  }

  private static func element(_ initial: ImageSpace.Element) -> Parameter<ImageSpace.Element> {
    .word("as", "bytes, or numbers of single precision", default: initial)
  }

  private static let attitudeField = Field<CameraDraft>(
    "attitude", "from the camera's axes to the drone's", expected: "a unit quaternion x, y, z, w",
    read: { draft, value, _ in
      guard let q = value.unitQuaternion() else { return }
      draft.attitude = Rotation(x: q.x, y: q.y, z: q.z, w: q.w)
    },
    write: { draft in
      let q = draft.attitude
      return [q.x, q.y, q.z, q.w]
    })
}
