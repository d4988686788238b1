package import SpatialMath

extension HoverTask {
  /// Hovering with a camera at the nose and four landmarks around the goal.
  ///
  /// | | |
  /// | --- | --- |
  /// | Images | 64 × 48 pixels of red, green and blue as bytes, 24 frames a second |
  /// | Observation | as ``HoverTask`` has it, beside the images |
  /// | Action | 4 rotor speeds, hover speed ± 20 %, 24 a second |
  /// | Landmarks | a box, a cylinder, a capsule and a ball at (2, 0), (0, 2), (−2, 0) and (0, −2) |
  public static func vision() -> HoverTask {
    var task = HoverTask()
    task.setup.addVision(through: .front, of: .large)
    return task
  }
}

extension GPDHoverTask {
  /// The vision hover of gym-pybullet-drones: its camera, its landmarks, and 24 actions a second, since its
  /// own 30 do not go with 24 frames; 194 steps.
  ///
  /// Images are bytes, as its space has it. Its landmarks, small things on the floor 1 m away, are dynamic;
  /// here they stand still. From the goal none of them can be seen.
  package static func visionHover(
    action: ActionMode = .rotorSpeeds(authority: 0.05),
    at target: Vector<World, Double> = Vector(0, 0, 1)
  ) -> GPDHoverTask {
    var task = GPDHoverTask.hover(action: action, at: target)
    task.setup.timeLimit = 194.0 / 24
    task.setup.addVision(through: .gpd(of: task.setup.model), of: .small)
    return task
  }
}

extension TaskSetup {
  /// Puts landmarks into the world, gives drones a camera, and makes an action last as long as a frame.
  fileprivate mutating func addVision(through camera: OnboardCamera, of landmarks: Landmarks) {
    controlFrequency = camera.frequency
    obstacles += landmarks.bodies
    self.camera = camera
    self.camera?.colours = landmarks.colours
  }
}
