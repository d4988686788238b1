import Drone
import Gym
import Simulation
import Synchronization

/// What the booths of a batch are to do, and where they find it.
struct FrameJob: Sendable {
  /// Whether it follows a step, and not a reset.
  var isStep = true
  /// Which environments a reset has begun; without it, all.
  var mask: [Bool]?
  /// Whether the images are those of the job before.
  var isKnown = false
}

/// The images of the job under way, where threads find them.
final class FrameStage: Sendable {
  @safe
  private struct Scene: Sendable {
    let job: FrameJob
    // Of images that outlive the job for which alone the stage is set.
    let pointers: FramePointers
  }

  private let scene = Mutex<Scene?>(nil)

  /// Sets the stage for a job.
  @unsafe
  func set(_ job: FrameJob, _ pointers: FramePointers) {
    let fresh = unsafe Scene(job: job, pointers: pointers)
    scene.withLock { $0 = fresh }
  }

  /// Clears the stage.
  func clear() { scene.withLock { $0 = nil } }

  /// Does the job in one booth.
  func work<Task: DroneTask>(in booth: FrameBooth<Task>) {
    guard let scene = scene.withLock({ $0 }) else { return }
    // Each booth has environments of its own.
    unsafe booth.work(scene.job, scene.pointers)
  }
}

/// Where the images of the worlds of a block are drawn.
final class FrameBooth<Task: DroneTask>: Sendable {
  private let block: TaskBlock<Task>
  private let camera: OnboardCamera
  private let controlFrequency: Int
  private let artist: Mutex<FrameArtist>
  private let board: Mutex<Board>

  /// What a booth remembers of its worlds.
  private struct Board {
    /// Where things are in the images of now.
    var captured: Tableaux
    /// Which worlds have images of an episode before, to be cleared.
    var hasLast: [Bool]
  }

  init(
    _ camera: OnboardCamera, of block: TaskBlock<Task>, rules: TaskRules
  ) throws(TaskError) {
    (self.block, self.camera) = (block, camera)
    controlFrequency = rules.setup.controlFrequency
    artist = Mutex(try FrameArtist(camera, of: rules.setup, agentCount: rules.agentCount))
    let tableaux = Tableaux(
      environmentCount: block.environments.count, agentCount: rules.agentCount,
      obstacleCount: rules.setup.obstacles.count)
    let hasLast = Array(repeating: false, count: block.environments.count)
    board = Mutex(Board(captured: tableaux, hasLast: hasLast))
    if rules.autoresetMode == .sameStep {
      block.worlds.withLock { $0.endings = tableaux }
    }
  }

  /// Where things are in the images of now.
  var captured: Tableaux {
    get { board.withLock { $0.captured } }
    set { board.withLock { $0.captured = newValue } }
  }

  /// Draws what is due in its worlds.
  @unsafe
  func work(_ job: FrameJob, _ pointers: FramePointers) {
    block.worlds.withLock { worlds in
      board.withLock { board in
        artist.withLock { artist in
          for world in worlds.phases.indices {
            if unsafe !pointers.finalImages.isEmpty {
              unsafe drawLast(world, &worlds, job, &board, &artist, pointers)
              worlds.endings?.forget(world)
            }
            unsafe draw(world, worlds, job, &board, &artist, pointers)
          }
        }
      }
    }
  }

  /// Draws what was seen last where the step ended an episode and began the next.
  @unsafe
  private func drawLast(
    _ world: Int, _ worlds: inout TaskWorlds<Task>, _ job: FrameJob, _ board: inout Board,
    _ artist: inout FrameArtist, _ pointers: FramePointers
  ) {
    let (first, end) = (block.environments.lowerBound, worlds.endings?.steps[world] ?? -1)
    if job.isStep, end >= 0 {
      // The last frame may have been taken before the end.
      if !isDue(end) { worlds.endings?.move(world, to: board.captured) }
      guard let endings = worlds.endings else { return }
      artist.set(world, of: endings)
      for row in worlds.rows(of: world) {
        let place = first * worlds.rules.agentCount + row
        let agent = row - world * worlds.rules.agentCount
        unsafe artist.show(
          endings.isShown[row] ? agent : nil, row: place, isFinal: true, into: pointers)
      }
      board.hasLast[world] = true
    } else if board.hasLast[world] && job.begins(first + world) || !job.isKnown {
      for row in worlds.rows(of: world) {
        let place = first * worlds.rules.agentCount + row
        unsafe artist.show(nil, row: place, isFinal: true, into: pointers)
      }
      board.hasLast[world] = false
    }
  }

  /// Draws what is seen now, if a frame is due or the images are not those of before.
  @unsafe
  private func draw(
    _ world: Int, _ worlds: borrowing TaskWorlds<Task>, _ job: FrameJob, _ board: inout Board,
    _ artist: inout FrameArtist, _ pointers: FramePointers
  ) {
    let (first, agentCount) = (block.environments.lowerBound, worlds.rules.agentCount)
    let isStarted = worlds.phases[world] != .unstarted
    let isNew =
      isStarted && job.begins(first + world) && isDue(worlds.episodes[world].stepCount)
    if isNew {
      let shown = worlds.isShown.span.extracting(worlds.rows(of: world))
      board.captured.keep(world, worlds.episodes[world], shown: shown)
    }
    let isDrawn = isNew || !job.isKnown
    if isDrawn { artist.set(world, of: board.captured) }
    for row in worlds.rows(of: world) {
      let (place, isShown) = (first * agentCount + row, isStarted && worlds.isShown[row])
      unsafe pointers.isNew[place] = isNew && isShown
      if isDrawn || !isShown {
        unsafe artist.show(
          isShown ? row - world * agentCount : nil, row: place, isFinal: false, into: pointers)
      }
    }
  }

  private func isDue(_ step: Int) -> Bool {
    camera.isDue(atStep: step, controlFrequency: controlFrequency)
  }
}

extension FrameJob {
  /// Whether an environment has been stepped, or begins.
  func begins(_ environment: Int) -> Bool { mask?[environment] ?? true }
}

extension TaskSetup {
  /// A world of it, as far as it can be seen.
  func world(agentCount: Int) -> WorldDescription {
    WorldDescription(
      models: Array(repeating: model, count: agentCount),
      states: Array(repeating: DroneState(), count: agentCount), floor: floor, obstacles: obstacles)
  }
}
