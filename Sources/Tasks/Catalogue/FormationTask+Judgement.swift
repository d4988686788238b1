import Drone
package import Gym
import SpatialMath

/// How the drones of a formation stand after a step: one, or each of a group.
struct FormationStep<S: Lanes> {
  let position: Vector<World, S>
  /// Where they were before. [m]
  let before: Vector<World, S>
  /// Where they are to go. [m]
  let target: Vector<World, S>
  /// How many others are too near. [–]
  let near: S
  /// Where they have hit something or turned over.
  let hasCrashed: S.Mask
}

extension FormationTask {
  /// What drones gained by a step. [–]
  @inline(__always)
  func reward<S: Lanes>(_ step: FormationStep<S>, isTerminated: S.Mask) -> S {
    let progress = (step.target - step.before).norm - (step.target - step.position).norm
    return progress - S(penalty) * step.near
      - S.zero.replacing(with: S(crash), where: isTerminated)
  }

  /// Where the episodes of drones are over.
  @inline(__always)
  func isTerminated<S: Lanes>(_ step: FormationStep<S>) -> S.Mask {
    let isFar = S(bound * bound) .< (step.target - step.position).squaredNorm
    return step.hasCrashed .| isFar
  }

  /// How one drone stands.
  func step(of agent: Int, in episode: Episode<NoMemory>) -> FormationStep<Double> {
    FormationStep(
      position: episode.position(of: agent), before: episode.positionBefore(of: agent),
      target: targets[agent],
      near: Double(episode.countOthers(near: agent, within: distance)),
      hasCrashed: episode.hasCrashed(agent))
  }
}

// A group of drones at a time.
extension FormationTask {
  package func judge(_ episodes: inout Episodes<NoMemory>, into rows: inout StepRows) {
    for world in 0..<episodes.worldCount where episodes.isRunning(world) {
      episodes.move(to: world)
      for group in SwarmGroups<DroneLanes>.groups(of: episodes.current.rows) {
        judge(group, in: episodes.current, into: &rows)
      }
    }
  }

  /// Judges those drones of a group that are of the episode's world.
  @inline(__always)
  private func judge(_ group: Int, in episode: Episode<NoMemory>, into rows: inout StepRows) {
    let step = step(ofGroup: group, in: episode)
    let isTerminated = isTerminated(step)
    let rewards = reward(step, isTerminated: isTerminated)
    let first = group * DroneLanes.laneCount
    for row in episode.rows.clamped(to: first..<first + DroneLanes.laneCount)
    where episode.records.statuses[row] == .active {
      let reward = Float(rewards[lane: row - first])
      rows.rewards[row] = reward
      guard reward.isFinite else { continue }
      rows.terminations[row] = isTerminated[lane: row - first]
      rows.truncations[row] = false
    }
  }

  /// How the drones of a group stand; of those of other worlds nothing is said.
  @inline(__always)
  private func step(ofGroup group: Int, in episode: Episode<NoMemory>) -> FormationStep<DroneLanes>
  {
    let agent = group * DroneLanes.laneCount - episode.rows.lowerBound
    func target(_ lane: Int) -> Vector<World, Double> {
      targets[min(max(agent + lane, 0), targets.count - 1)]
    }
    return FormationStep(
      position: episode.states[group].position,
      before: episode.records.statesBefore[group].position,
      target: Vector(target(0), target(1), target(2), target(3)),
      near: episode.countOthers(nearGroup: group, within: distance),
      hasCrashed: episode.haveCrashed(inGroup: group))
  }
}
