import Drone
import Gym
import Simulation
import Synchronization

/// What is to be drawn of an environment.
struct FrameOrder: Sendable {
  /// What becomes of some images.
  enum Part: Sendable {
    /// They stay as they are, but those of agents that are not there become black.
    case held
    /// They are drawn.
    case drawn
    /// They become black.
    case cleared
  }

  /// What becomes of the images of now.
  var now = Part.held
  /// What becomes of those of the episode before.
  var last = Part.held
}

/// What is to be drawn of all environments.
struct FrameOrders: Sendable {
  /// By environment.
  var orders: [FrameOrder]
  /// Which agents are there now, by row.
  var isShown: [Bool]
  /// Which agents were there when their episode ended, by row.
  var wasShown: [Bool]
  /// Where things are in the images of now.
  var captured: Tableaux
  /// Where things were in the last images of the episodes before.
  var endings: Tableaux

  init(_ layout: BatchLayout, thingCount: Int) {
    orders = Array(repeating: FrameOrder(), count: layout.environmentCount)
    isShown = Array(repeating: false, count: layout.rowCount)
    wasShown = isShown
    captured = Tableaux(environmentCount: layout.environmentCount, thingCount: thingCount)
    endings = captured
  }
}

/// Where the images of some neighbouring environments are drawn, by one thread at a time.
final class FrameBooth: Sendable {
  private let environments: Range<Int>
  private let agentCount: Int
  private let artist: Mutex<FrameArtist>

  init(
    _ camera: OnboardCamera, of setup: TaskSetup, agentCount: Int, environments: Range<Int>
  ) throws(TaskError) {
    (self.environments, self.agentCount) = (environments, agentCount)
    artist = Mutex(try FrameArtist(camera, of: setup, agentCount: agentCount))
  }

  /// Draws what is ordered of its environments.
  func work(on orders: FrameOrders, for pointers: FramePointers) {
    artist.withLock { artist in
      for environment in environments {
        let order = orders.orders[environment]
        // unsafe: nobody else has the rows of these environments.
        if unsafe order.last != .held && !pointers.finalImages.isEmpty {
          unsafe draw(
            order.last, environment, orders.endings, orders.wasShown, isFinal: true, &artist,
            pointers)
        }
        unsafe draw(
          order.now, environment, orders.captured, orders.isShown, isFinal: false, &artist, pointers
        )
      }
    }
  }

  @unsafe
  private func draw(
    _ part: FrameOrder.Part, _ environment: Int, _ tableaux: Tableaux, _ isShown: [Bool],
    isFinal: Bool, _ artist: inout FrameArtist, _ pointers: FramePointers
  ) {
    if part == .drawn { artist.set(environment, of: tableaux) }
    for agent in 0..<agentCount {
      let row = environment * agentCount + agent
      if part == .cleared || !isShown[row] {
        for image in unsafe pointers.spaces.indices {
          unsafe pointers.row(row, ofImage: image, isFinal: isFinal).clear()
        }
      } else if part == .drawn {
        unsafe artist.draw(agent, row: row, isFinal: isFinal, into: pointers)
      }
    }
  }
}

extension TaskSetup {
  /// A world of it, as far as it can be seen.
  func world(agentCount: Int) -> WorldDescription {
    WorldDescription(
      models: Array(repeating: model, count: agentCount),
      states: Array(repeating: DroneState(), count: agentCount), floor: floor, obstacles: obstacles)
  }
}
