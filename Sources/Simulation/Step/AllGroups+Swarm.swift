import Drone
import SpatialMath

// A swarm in other lanes than those in which it is kept.
extension AllGroups {
  /// The drones of a swarm that may touch something.
  init(of swarm: Swarm, contacts: borrowing ContactSolver?) {
    let starts = stride(from: 0, to: swarm.groups.count, by: S.groupCount)
    self.init(
      SwarmGroups(
        parameters: starts.map { swarm.parameters(from: $0) }, count: swarm.count,
        dronesPerWorld: swarm.dronesPerWorld, areAlike: swarm.areAlike),
      reach: contacts?.reach(dronesPerWorld: swarm.dronesPerWorld))
  }

  /// Takes over how drones move, what they are, and the air and the surface about them.
  ///
  /// - Parameters:
  ///   - other: The drones.
  ///   - hasLinkFrames: Whether forces turn with the attitude of the step before.
  mutating func load(_ other: Swarm, hasLinkFrames: Bool) {
    if !other.areAlike { loadParameters(of: other) }
    swarm.presence.update(from: other.doubles.presence, count: swarm.count)
    for index in other.groups {
      let (group, part) = (index / S.groupCount, index % S.groupCount)
      swarm.states[group].update(from: other.states[index]) { $0[group: part] = $1 }
      swarm.stepValues[group].wind.update(from: other.stepValues[index].wind) {
        $0[group: part] = $1
      }
      swarm.stepValues[group].surfaceHeight[group: part] = other.stepValues[index].surfaceHeight
      guard hasLinkFrames else { continue }
      swarm.stepValues[group].linkFrame.update(from: other.stepValues[index].linkFrame) {
        $0[group: part] = $1
      }
    }
  }

  private mutating func loadParameters(of other: Swarm) {
    swarm.areAlike = false
    swarm.parametersVersion = other.doubles.parametersVersion
    for group in swarm.groups {
      swarm.parameters[group] = other.parameters(from: group * S.groupCount)
    }
  }

  /// Hands back how drones move, and with `hasLinkFrames` how they were turned in the step before.
  func store(in other: inout Swarm, hasLinkFrames: Bool) {
    for index in other.groups {
      let (group, part) = (index / S.groupCount, index % S.groupCount)
      other.states[index].update(from: swarm.states[group]) { $0 = $1[group: part] }
      guard hasLinkFrames else { continue }
      other.stepValues[index].linkFrame.update(from: swarm.stepValues[group].linkFrame) {
        $0 = $1[group: part]
      }
    }
  }
}

extension Simulator {
  /// The speeds that the drones of neighbouring groups are told; the last group stands in for those that would
  /// follow it. [rpm]
  @inline(__always)
  borrowing func commands<S: FlightLanes>(from first: Int) -> PerRotor<S> {
    var all = PerRotor(repeating: S.zero)
    S.forEachPart { part in
      all.update(from: commands[min(first + part, commands.count - 1)]) { $0[group: part] = $1 }
    }
    return all
  }
}
