import Foundation
import Pictures
import Swiftlet

/// Files of what the drones of an episode see.
final class FrameSaver<Task: DroneTask> {
  private var renderer: FrameRenderer
  private let camera: OnboardCamera
  private let controlFrequency: Int
  private let droneCount: Int
  private let folder: String
  private var folders: [RunFolder] = []
  private var episode = -1
  private var frame = 0
  /// Who took part before the last action: a drone that leaves has a last frame.
  private var isPresent: [Bool] = []

  /// Files below a new folder, of what a task's own camera sees, or one at the nose where it has none.
  init(_ task: Task, folder: RunFolder) throws {
    let setup = task.setup
    var camera = setup.camera ?? .front
    camera.images = [.rgb, .depth(reach: 60), .segmentation]
    renderer = try FrameRenderer(camera, of: setup, agentCount: task.agentCount)
    (self.camera, self.folder) = (camera, folder.path)
    (controlFrequency, droneCount) = (setup.controlFrequency, task.agentCount)
  }

  /// Saves the frame that is due now, if one is: of each drone that takes part colours, depth in
  /// millimetres, and what things are.
  func save(_ now: Episode<Task.Memory>) throws {
    if now.stepCount == 0 { try begin(now) }
    defer { isPresent = (0..<droneCount).map(now.isPresent) }
    guard camera.isDue(atStep: now.stepCount, controlFrequency: controlFrequency) else { return }
    renderer.set(now)
    for drone in 0..<droneCount where isPresent[drone] {
      renderer.draw(drone)
      do throws(PictureError) {
        try write(renderer.drawn, to: folders[drone].file(String(format: "%05d", frame)))
      } catch { throw CommandFailure(error) }
    }
    frame += 1
  }

  private func begin(_ now: Episode<Task.Memory>) throws(RecordingError) {
    (episode, frame, isPresent) = (episode + 1, 0, (0..<droneCount).map(now.isPresent))
    folders = []
    for drone in 0..<droneCount {
      folders.append(try RunFolder(at: "\(folder)/episode-\(episode)/drone-\(drone)"))
    }
  }

  private func write(_ images: Images, to path: String) throws(PictureError) {
    let (width, height) = (camera.camera.width, camera.camera.height)
    func image(
      _ pixel: PNGImage.Pixel, _ rows: [UInt8], _ ending: String
    ) throws(PictureError) {
      try PNGImage(width: width, height: height, pixel: pixel, rows: rows)
        .write(to: "\(path)\(ending).png")
    }
    let colours = (0..<width * height).flatMap { images.colours[4 * $0..<4 * $0 + 3] }
    try image(.colour, colours, "")
    let depths = images.depths.flatMap { depth -> [UInt8] in
      let millimetres = UInt16(min(65535, 1000 * depth))
      return [UInt8(millimetres >> 8), UInt8(truncatingIfNeeded: millimetres)]
    }
    try image(.deepGrey, depths, "-depth")
    try image(.grey, images.ids.map { UInt8(min(255, $0 &+ 1)) }, "-ids")
  }
}
