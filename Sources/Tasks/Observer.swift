import Bullet
import Control
import Drone
import Gym
import Randomness
import SpatialMath

/// Writes what drones see.
struct Observer: Sendable {
  let space: BoxSpace
  /// How many of the last actions are shown. [–]
  let actionsShown: Int
  private let parts: [ObservationPart]
  private let actionCount: Int
  private let rangeNoise: Double

  init(_ setup: TaskSetup) {
    parts = setup.observation
    actionCount = setup.actionMode.count
    rangeNoise = setup.noise.range
    actionsShown = parts.map(\.actionsShown).max() ?? 0
    let counts = parts.map { $0.count(actionCount: setup.actionMode.count) }
    var high: [Float] = []
    for (part, count) in zip(parts, counts) {
      high += Array(repeating: part.isBounded ? 1 : .infinity, count: count)
    }
    guard let space = try? BoxSpace(low: high.map { -$0 }, high: high) else {
      preconditionFailure("bounds on either side of 0 leave room between them")
    }
    self.space = space
  }

  /// Writes what one drone sees.
  ///
  /// - Parameters:
  ///   - agent: The drone.
  ///   - task: What it is to do.
  ///   - episode: Where it has come to.
  ///   - past: Its last actions, the oldest first.
  ///   - ranges: How far it sees, as shares of how far it could, ray by ray.
  ///   - column: Where to start.
  ///   - random: Where the noise of ranges comes from.
  ///   - observations: The numbers.
  func write<Task: DroneTask>(
    _ agent: Int, of task: Task, in episode: Episode<Task.Memory>, past: Span<Float>,
    ranges: Span<Float>, at column: Int, random: inout SplitMix64,
    into observations: inout MutableSpan<Float>
  ) {
    var writer = RowWriter(at: column)
    var ray = 0
    let state = episode.states[agent]
    for part in parts {
      switch part {
      case .positionError(let scale):
        let goal = task.goal(of: agent, in: episode).position
        writer.appendBounded(goal - state.position, over: scale, to: &observations)
      case .lastActions(let count):
        for index in past.count - count * actionCount..<past.count {
          writer.append(Double(past[index]), to: &observations)
        }
      case .neighbours(let count, let scale):
        writeNeighbours(count, of: agent, in: episode, scale: scale, &writer, &observations)
      case .ranges(_, let reach), .multiranger(let reach), .altitude(let reach):
        for _ in 0..<part.count(actionCount: actionCount) {
          var share = Double(ranges[ray])
          if rangeNoise > 0 { share = max(0, share + rangeNoise / reach * random.normal()) }
          writer.appendBounded(share, to: &observations)
          ray += 1
        }
      case .features(let count):
        for index in 0..<count {
          let feature = task.feature(index, of: agent, in: episode)
          writer.appendBounded(feature, to: &observations)
        }
      default: state.write(part, with: &writer, to: &observations)
      }
    }
  }

  /// Writes the nearest others, by distance and, where that is equal, by index.
  private func writeNeighbours<Memory>(
    _ count: Int, of agent: Int, in episode: Episode<Memory>, scale: Double,
    _ writer: inout RowWriter, _ observations: inout MutableSpan<Float>
  ) {
    let own = episode.states[agent]
    var last = (distance: -1.0, index: -1)
    for _ in 0..<count {
      var nearest = (distance: Double.infinity, index: Int.max)
      for other in episode.states.indices where other != agent && episode.isPresent[other] {
        let found = ((episode.states[other].position - own.position).squaredNorm, other)
        if found > last, found < nearest { nearest = found }
      }
      guard nearest.index < Int.max else {
        for _ in 0..<2 { writer.append(Vector<World, Double>.zero, to: &observations) }
        continue
      }
      last = nearest
      let other = episode.states[nearest.index]
      writer.appendBounded(other.position - own.position, over: scale, to: &observations)
      writer.appendBounded(other.velocity - own.velocity, over: scale, to: &observations)
    }
  }
}

extension DroneState<Double> {
  /// Writes what is seen of the state alone.
  fileprivate func write(
    _ part: ObservationPart, with writer: inout RowWriter,
    to observations: inout MutableSpan<Float>
  ) {
    switch part {
    case .rotationMatrix:
      let matrix = RotationMatrix(attitude)
      writer.appendBounded(matrix.xRow, to: &observations)
      writer.appendBounded(matrix.yRow, to: &observations)
      writer.appendBounded(matrix.zRow, to: &observations)
    case .quaternion:
      let (q, sign) = (attitude, attitude.w < 0 ? -1.0 : 1)
      writer.appendBounded(Vector<World, Double>(q.x, q.y, q.z), over: sign, to: &observations)
      writer.appendBounded(sign * q.w, to: &observations)
    case .rollPitchYaw: writer.appendBounded(angles, over: .pi, to: &observations)
    case .velocity(.world, let scale):
      writer.appendBounded(velocity, over: scale, to: &observations)
    case .velocity(.body, let scale):
      let seen = RotationMatrix(attitude).inverse(velocity)
      writer.appendBounded(seen, over: scale, to: &observations)
    case .angularVelocity(.world, let scale):
      writer.appendBounded(angularVelocity, over: scale, to: &observations)
    case .angularVelocity(.body, let scale):
      writer.appendBounded(bodyRates, over: scale, to: &observations)
    case .height(let scale): writer.appendBounded(position.z / scale, to: &observations)
    case .gpdState:
      writer.append(position, to: &observations)
      writer.append(angles, to: &observations)
      writer.append(velocity, to: &observations)
      writer.append(angularVelocity, to: &observations)
    case .positionError, .lastActions, .neighbours, .ranges, .multiranger, .altitude, .features:
      break
    }
  }

  /// Roll, pitch and yaw as a vector. [rad]
  private var angles: Vector<Body, Double> {
    let angles = RollPitchYaw(attitude)
    return Vector(angles.roll, angles.pitch, angles.yaw)
  }
}
