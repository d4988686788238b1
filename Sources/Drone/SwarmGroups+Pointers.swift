public import SpatialMath

// What passes over all groups.
extension SwarmGroups {
  /// The groups and their numbers where they are.
  ///
  /// Arrays that are written where they are kept are asked at every element whether they are shared, and
  /// what is read of them may be copied whole, which costs a step a quarter of its speed.
  @unsafe
  @usableFromInline
  package struct Pointers {
    /// The state of the first group.
    @usableFromInline package let states: UnsafeMutablePointer<DroneState<S>>
    /// What the step works out for it.
    @usableFromInline package let values: UnsafeMutablePointer<StepValues<S>>
    @usableFromInline let parameters: UnsafePointer<DroneParameters<S>>
    /// How many groups there are.
    @usableFromInline package let count: Int
    @usableFromInline let presence: UnsafePointer<S>
    @usableFromInline let areAlike: Bool
    @usableFromInline let areAllPresent: Bool
    @usableFromInline let droneCount: Int

    @inlinable @inline(__always)
    init(
      _ states: UnsafeMutablePointer<DroneState<S>>, _ values: UnsafeMutablePointer<StepValues<S>>,
      _ parameters: UnsafePointer<DroneParameters<S>>, _ presence: UnsafePointer<S>,
      of swarm: borrowing SwarmGroups<S>, count: Int
    ) {
      unsafe (self.states, self.values, self.parameters) = (states, values, parameters)
      unsafe (self.presence, areAllPresent) = (presence, swarm.presence.areAll)
      unsafe self.count = count
      unsafe areAlike = swarm.areAlike
      unsafe droneCount = swarm.count
    }

    /// The drones of a group.
    @inlinable @inline(__always)
    func drones(ofGroup group: Int) -> Range<Int> {
      let first = group * S.laneCount
      return unsafe first..<min(first + S.laneCount, droneCount)
    }

    /// Whether any drone of a group is in its world.
    @inlinable @inline(__always)
    package func isAnyPresent(in group: Int) -> Bool {
      unsafe areAllPresent || (S.zero .< presence[group]).any
    }

    /// Whether a drone is in its world.
    @inlinable @inline(__always)
    func isPresent(_ drone: Int) -> Bool {
      unsafe areAllPresent || 0 < presence[drone / S.laneCount][lane: drone % S.laneCount]
    }

    /// What the drones of a group are.
    @inlinable @inline(__always)
    package func parameters(of group: Int) -> UnsafePointer<DroneParameters<S>> {
      unsafe parameters + (areAlike ? 0 : group)
    }

    /// The drones of a group as effects see them.
    @inlinable @inline(__always)
    package func condition(of group: Int) -> FlightCondition<S> {
      unsafe FlightCondition(
        UnsafePointer(states + group), UnsafePointer(values + group), parameters(of: group))
    }
  }

  /// Works on all groups.
  @inlinable @inline(__always)
  package mutating func withGroups(_ body: (Pointers) -> Void) {
    var (states, values): ([DroneState<S>], [StepValues<S>]) = ([], [])
    swap(&states, &self.states)
    swap(&values, &stepValues)
    unsafe states.withUnsafeMutableBufferPointer { states in
      unsafe values.withUnsafeMutableBufferPointer { values in
        unsafe parameters.withUnsafeBufferPointer { parameters in
          unsafe presence.numbers.withUnsafeBufferPointer { presence in
            guard let state = states.baseAddress, let value = values.baseAddress,
              let numbers = parameters.baseAddress, let present = presence.baseAddress
            else { return }
            unsafe body(
              Pointers(state, value, numbers, present, of: self, count: states.count))
          }
        }
      }
    }
    swap(&states, &self.states)
    swap(&values, &stepValues)
  }
}
