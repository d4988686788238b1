package import Drone
package import Gym
public import Rendering
import SpatialMath

/// A camera that every drone of a task carries, and what it shows.
///
/// It looks ahead. A frame is taken when an episode begins, and from then on with the first action after
/// it is due; between two frames the last one stands.
public struct OnboardCamera: Sendable, Equatable {
  /// How a camera is attached to its drone.
  public enum Attachment: Sendable, Hashable {
    /// Fixed to the body, where the camera's mount is.
    case fixed
    /// So far above the centre of mass along the world's z axis, its upper edge level with the floor,
    /// looking where the drone's x axis points: as in gym-pybullet-drones. [m]
    case levelled(rise: Double)
  }

  /// How many pixels it has, and how wide it sees.
  package var camera: Camera
  /// How it is attached.
  package var attachment: Attachment
  /// How many frames it takes in a second, or fewer where there are fewer actions. [Hz]
  package var frequency: Int
  /// The images of a frame.
  package var images: [ImagePart]
  /// The colours of the setup's first obstacles; the others get colours that tell them apart.
  package var colours: [Colour]

  /// A camera.
  public init(
    _ camera: Camera, attachment: Attachment = .fixed, frequency: Int = 24,
    images: [ImagePart] = [.rgb],
    colours: [Colour] = []
  ) {
    (self.camera, self.attachment, self.frequency) = (camera, attachment, frequency)
    (self.images, self.colours) = (images, colours)
  }

  /// A small camera at the nose: 64 × 48 square pixels, 60 degrees high, 24 frames a second.
  public static let front = OnboardCamera(
    lens(aspect: 4.0 / 3, from: 0.01, mount: Mount(position: Vector(0.03, 0, 0.01))))

  /// The camera of gym-pybullet-drones: 64 × 48 pixels that show a square view of 60 degrees, 24 frames a
  /// second, raised by the length of the drone's arm, within which nothing is seen.
  package static func gpd(of model: QuadcopterModel) -> OnboardCamera {
    let hub = model.rotors.array[0].position
    let arm = (hub.x * hub.x + hub.y * hub.y).squareRoot()
    return OnboardCamera(
      lens(aspect: 1, from: arm, mount: Mount()), attachment: .levelled(rise: arm), images: [.rgba])
  }

  private static func lens(aspect: Double, from nearest: Double, mount: Mount) -> Camera {
    let lens = try? Camera(
      width: 64, height: 48, verticalFieldOfView: .pi / 3, aspect: aspect, range: nearest...1000,
      mount: mount)
    guard let lens else { preconditionFailure("a camera whose numbers are in range") }
    return lens
  }

  /// What its images are.
  package var spaces: [ImageSpace] {
    images.map { $0.space(width: camera.width, height: camera.height) }
  }

  /// Whether a frame is due with an action, counted from the episode's start, at so many actions a
  /// second.
  package func isDue(atStep step: Int, controlFrequency: Int) -> Bool {
    guard step > 0, frequency < controlFrequency else { return true }
    return step * frequency / controlFrequency > (step - 1) * frequency / controlFrequency
  }

  /// What stands in the way of drawing with it, if anything does.
  var fault: String? {
    if images.isEmpty { return "a camera gives at least one image" }
    if !(1...1_000_000).contains(frequency) { return "a camera takes 1 to 10⁶ frames a second" }
    for case .depth(let reach) in images.map(\.content) where !(reach > 0 && reach <= 1e6) {
      return "a depth reaches up to 10⁶ m, not \(reach) m"
    }
    if case .levelled(let rise) = attachment, !(abs(rise) <= 1e3) {
      return "a camera is raised by up to 10³ m, not \(rise) m"
    }
    return nil
  }

  /// Where it looks from, and which way, when a drone is somewhere.
  func carrier(on drone: Pose<Double>) -> Pose<Double> {
    guard case .levelled(let rise) = attachment else { return drone }
    let eye = drone.position + Vector(0, 0, rise)
    let far = drone.position + 1000 * drone.attitude.normalized(Vector<Body, Double>(1, 0, 0))
    return .looking(from: eye, at: far)
  }
}
