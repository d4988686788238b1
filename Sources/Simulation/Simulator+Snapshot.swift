import Bullet
public import Drone
public import SpatialMath

extension Simulator {
  /// The state of a world as it stands now.
  ///
  /// Taking it changes nothing. Contacts have no memory, so that a world which is put back in the
  /// middle of one goes on as it did, to the last bit.
  public mutating func snapshot(ofWorld world: Int = 0) -> WorldSnapshot {
    let drones = swarm.drones(ofWorld: world).map { drone in
      let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
      return WorldSnapshot.Drone(
        state: swarm[drone], linkFrame: swarm.stepValues[group].linkFrame[lane: lane],
        command: commands[group][lane: lane], push: pushes[drone],
        contactCount: contactCounts[drone],
        turbulence: windFields[world].filters.isEmpty
          ? nil : windFields[world].filters[drone - world * swarm.dronesPerWorld],
        noise: noise.isUsed ? noise[drone] : nil, pastCommands: delay[drone])
    }
    return WorldSnapshot(
      steps: steps[world], fingerprint: fingerprint(ofWorld: world), drones: drones,
      obstacles: contacts?.motions(ofWorld: world) ?? [])
  }

  /// Puts a world back to where it was, or where another world of its kind is.
  ///
  /// - Parameters:
  ///   - snapshot: Where to.
  ///   - world: Which world.
  /// - Throws: ``SnapshotError/otherWorld`` if the snapshot has more or fewer drones or obstacles than the
  ///   world, or the world's parameters, wind or length of a step are not those of the snapshot's.
  public mutating func restore(
    _ snapshot: WorldSnapshot, toWorld world: Int = 0
  ) throws(SnapshotError) {
    let obstacleCount = contacts?.obstacles.free(ofWorld: world).count ?? 0
    guard snapshot.drones.count == swarm.dronesPerWorld,
      snapshot.obstacles.count == obstacleCount,
      snapshot.fingerprint.map({ $0 == fingerprint(ofWorld: world) }) ?? true,
      snapshot.drones.allSatisfy({
        ($0.turbulence == nil) == windFields[world].filters.isEmpty
          && ($0.noise != nil) == noise.isUsed && $0.pastCommands.count == delay.length
      })
    else { throw .otherWorld }
    do throws(BulletError) {
      try contacts?.setMotions(snapshot.obstacles, ofWorld: world)
    } catch { throw .damaged }
    steps[world] = snapshot.steps
    for (drone, saved) in zip(swarm.drones(ofWorld: world), snapshot.drones) {
      let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
      swarm[drone] = saved.state
      swarm.bringBack(drone)
      swarm.setLinkFrame(saved.linkFrame, of: drone)
      commands[group][lane: lane] = saved.command
      pushes[drone] = saved.push
      contactCounts[drone] = saved.contactCount
      if let state = saved.noise { noise[drone] = state }
      delay[drone] = saved.pastCommands
    }
    windFields[world].filters = snapshot.drones.compactMap(\.turbulence)
  }

  private func fingerprint(ofWorld world: Int) -> UInt64 {
    let parameters = swarm.drones(ofWorld: world).lazy.map { [swarm] drone in
      swarm.parameters[drone / DroneLanes.laneCount][lane: drone % DroneLanes.laneCount]
    }
    return WorldSnapshot.fingerprint(
      parameters, meanWind: windFields[world].mean, period: period)
  }

  /// Starts a world anew: drones in some states and at rest otherwise, obstacles where they were at
  /// first, but for those whose motion is scheduled.
  ///
  /// - Parameters:
  ///   - world: Which world.
  ///   - states: How its drones move.
  ///   - count: How many steps it is to have made, by which schedules and gusts go: none unless said otherwise.
  public mutating func reset(world: Int = 0, states: [DroneState<Double>], after count: Int = 0) {
    precondition(states.count == swarm.dronesPerWorld, "a state for each drone")
    contacts?.resetObstacles(ofWorld: world)
    if hasUnsteadyWind { windFields[world].reset() }
    noise.reset(world: world)
    steps[world] = count
    let first = swarm.drones(ofWorld: world).lowerBound
    for agent in states.indices {
      let (drone, state) = (first + agent, states[agent])
      let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
      swarm[drone] = state
      swarm.bringBack(drone)
      swarm.setLinkFrame(RotationMatrix(state.attitude), of: drone)
      commands[group][lane: lane] = PerRotor(repeating: 0)
      pushes[drone] = .zero
      contactCounts[drone] = 0
      delay.start(drone, at: state.rotorSpeeds)
    }
  }
}
