import Gym
import Pictures
import Tasks
import TestSupport
import Testing

/// First frames of the vision tasks, which have been looked at and must not change.
struct FrameGoldenTests {
  @Test(
    "frames are as they were when they were looked at", arguments: ["ours", "gpd", "depth", "ids"])
  func unchanged(name: String) throws {
    try GoldenImage(name).expect(frame(name))
  }

  private func frame(_ name: String) throws -> PNGImage {
    switch name {
    case "gpd": try frame(of: GPDHoverTask.visionHover(), .rgb, pixel: .colour)
    case "depth":
      try frame(of: HoverTask.vision(), ImagePart(.depth(reach: 5)), pixel: .grey)
    case "ids":
      // Ids are small: those of four landmarks are 2 to 5.
      try frame(of: HoverTask.vision(), .segmentation, pixel: .grey, scale: 50)
    default: try frame(of: HoverTask.vision(), .rgb, pixel: .colour)
    }
  }

  /// What the drone sees at the start of an episode.
  private func frame(
    of task: some DroneTask, _ part: ImagePart, pixel: PNGImage.Pixel, scale: UInt8 = 1
  ) throws -> PNGImage {
    var camera = try #require(task.setup.camera)
    camera.images = [part]
    var environment = try VisionEnvironment(task, camera: camera)
    var batch = StepBatch(layout: environment.layout)
    var images = environment.makeFrames()
    try environment.reset(seed: 3, into: &batch, images: &images)
    let bytes = images.bytes(ofImage: 0)
    return PNGImage(
      width: 64, height: 48, pixel: pixel, rows: bytes.indices.map { bytes[$0] &* scale })
  }
}
