import CSwiftlet
import Drone
import Gym
import Tasks

/// The buffers of a call: those of the caller, and room of our own for those that are left out.
@safe
struct StepBuffers {
  /// What the caller gave.
  let given: swiftlet_step_buffers
  /// Where everything is, with room of our own where nothing was given.
  let pointers: StepPointers

  init(
    _ buffers: UnsafePointer<swiftlet_step_buffers>?, for layout: BatchLayout,
    else spare: borrowing StepBatch, needsActions: Bool
  ) throws {
    guard let buffers = unsafe buffers else { throw Failure.null("buffers") }
    unsafe try checkSize(
      buffers.pointee.struct_size, of: swiftlet_step_buffers.self, "buffers")
    unsafe given = unsafe buffers.pointee
    guard let observations = unsafe given.observations else {
      throw Failure.null("buffers.observations")
    }
    guard let rewards = unsafe given.rewards else { throw Failure.null("buffers.rewards") }
    guard let terminations = unsafe given.terminations else {
      throw Failure.null("buffers.terminations")
    }
    guard let truncations = unsafe given.truncations else {
      throw Failure.null("buffers.truncations")
    }
    let own = unsafe spare.pointers
    var actions = unsafe own.actions
    if let theirs = unsafe given.actions {
      unsafe actions = unsafe UnsafeMutablePointer(mutating: theirs)
    } else if needsActions {
      throw Failure.null("buffers.actions")
    }
    unsafe pointers = unsafe StepPointers(
      layout: layout, observations: observations, actions: actions, rewards: rewards,
      terminations: terminations, truncations: truncations,
      participations: given.participations ?? own.participations,
      finalObservations: given.final_observations ?? own.finalObservations)
  }
}

/// The buffers of a struct of the caller's for states; `nil` where there is none.
@unsafe
func statePointers(
  _ states: UnsafePointer<swiftlet_states>?, rowCount: Int
) throws -> StatePointers? {
  guard let states = unsafe states?.pointee else { return nil }
  unsafe try checkSize(states.struct_size, of: swiftlet_states.self, "states")
  var pointers = unsafe StatePointers(rowCount: rowCount)
  unsafe (pointers.position, pointers.attitude) = unsafe (states.position, states.attitude)
  unsafe (pointers.velocity, pointers.bodyRates) = unsafe (states.velocity, states.body_rates)
  unsafe (pointers.rotorSpeeds, pointers.contacts) = unsafe (states.rotor_speeds, states.contacts)
  unsafe pointers.time = unsafe states.time
  return unsafe pointers
}

/// The same, with where drones should be.
@unsafe
func taskStatePointers(
  _ states: UnsafePointer<swiftlet_states>?, rowCount: Int
) throws -> TaskStatePointers? {
  guard let places = unsafe try statePointers(states, rowCount: rowCount),
    let states = unsafe states?.pointee
  else { return nil }
  var pointers = unsafe TaskStatePointers(states: places)
  unsafe (pointers.goalPosition, pointers.goalVelocity) = unsafe (
    states.goal_position, states.goal_velocity
  )
  unsafe pointers.goalYaw = unsafe states.goal_yaw
  return unsafe pointers
}
