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
  mutating func load(_ other: Swarm) {
    if !other.areAlike {
      swarm.areAlike = false
      for group in swarm.groups {
        swarm.parameters[group] = other.parameters(from: group * S.groupCount)
      }
    }
    swarm.presence.update(from: other.doubles.presence, count: swarm.count)
    for group in swarm.groups {
      S.forEachPart { part in
        let index = group * S.groupCount + part
        guard index < other.groups.count else { return }
        let values = other.stepValues[index]
        swarm.states[group].update(from: other.states[index]) { $0[group: part] = $1 }
        swarm.stepValues[group].wind.update(from: values.wind) { $0[group: part] = $1 }
        swarm.stepValues[group].surfaceHeight[group: part] = values.surfaceHeight
        swarm.stepValues[group].linkFrame.update(from: values.linkFrame) { $0[group: part] = $1 }
      }
    }
  }

  /// Hands back how drones move and moved.
  func store(in other: inout Swarm) {
    for index in other.groups {
      let (group, part) = (index / S.groupCount, index % S.groupCount)
      other.states[index].update(from: swarm.states[group]) { $0 = $1[group: part] }
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
