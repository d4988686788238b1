public import CSwiftlet
import Gym
import Tasks

/// Creates environments that play a task.
@c @implementation
public func swiftlet_environments_create(
  _ task: UnsafePointer<CChar>!, _ settings: UnsafePointer<CChar>!,
  _ options: UnsafePointer<swiftlet_environments_options>!,
  _ environments: UnsafeMutablePointer<swiftlet_handle>!
) -> swiftlet_status {
  status {
    let handle = unsafe try require(environments, "environments")
    let name = unsafe try text(task, "task")
    let words = unsafe settings == nil ? nil : unsafe try text(settings, "settings")
    guard let options = unsafe options else { throw Failure.null("options") }
    let choice = unsafe try EnvironmentsOptions(options.pointee)
    unsafe handle.pointee = Handles.shared.add(
      try makeEnvironments(
        task: name, settings: words, count: choice.count, autoresetMode: choice.autoresetMode,
        threads: choice.threads))
  }
}

/// How environments are stepped, checked.
private struct EnvironmentsOptions {
  let count: Int
  let threads: Int
  let autoresetMode: AutoresetMode

  init(_ options: swiftlet_environments_options) throws {
    try checkSize(options.struct_size, of: swiftlet_environments_options.self, "options")
    guard options.count >= 1 else {
      throw Failure.argument("options.count is \(options.count); expected 1 or more environments")
    }
    guard 0...1024 ~= options.threads else {
      throw Failure.argument("options.threads is \(options.threads); expected 0 to 1024")
    }
    switch Int(options.autoreset) {
    case SWIFTLET_NEXT_STEP: autoresetMode = .nextStep
    case SWIFTLET_SAME_STEP: autoresetMode = .sameStep
    case SWIFTLET_AUTORESET_DISABLED: autoresetMode = .disabled
    default:
      throw Failure.argument(
        "options.autoreset is \(options.autoreset); expected SWIFTLET_NEXT_STEP, "
          + "SWIFTLET_SAME_STEP or SWIFTLET_AUTORESET_DISABLED")
    }
    (count, threads) = (Int(options.count), max(1, Int(options.threads)))
  }
}

/// The shape of the batches of environments.
@c @implementation
public func swiftlet_environments_layout(
  _ environments: swiftlet_handle, _ layout: UnsafeMutablePointer<swiftlet_layout>!
) -> swiftlet_status {
  status {
    let layout = unsafe try require(layout, "layout")
    unsafe try checkSize(layout.pointee.struct_size, of: swiftlet_layout.self, "layout")
    try Handles.shared.with(environments, Environments.self) { held in
      unsafe layout.pointee.environment_count = Int32(held.layout.environmentCount)
      unsafe layout.pointee.agent_count = Int32(held.layout.agentCount)
      unsafe layout.pointee.observation_count = Int32(held.layout.observationCount)
      unsafe layout.pointee.action_count = Int32(held.layout.actionCount)
      unsafe layout.pointee.image_count = Int32(held.imageSpaces.count)
    }
  }
}

/// The bounds of observations and actions.
@c @implementation
public func swiftlet_environments_bounds(
  _ environments: swiftlet_handle, _ observationLow: UnsafeMutablePointer<Float>!,
  _ observationHigh: UnsafeMutablePointer<Float>!, _ actionLow: UnsafeMutablePointer<Float>!,
  _ actionHigh: UnsafeMutablePointer<Float>!
) -> swiftlet_status {
  status {
    try Handles.shared.with(environments, Environments.self) { held in
      unsafe copy(held.observationSpace.low, to: observationLow)
      unsafe copy(held.observationSpace.high, to: observationHigh)
      guard case .box(let box) = held.actionSpace else { return }
      unsafe copy(box.low, to: actionLow)
      unsafe copy(box.high, to: actionHigh)
    }
  }
}

private func copy(_ numbers: [Float], to start: UnsafeMutablePointer<Float>?) {
  guard let start = unsafe start else { return }
  for (index, number) in numbers.enumerated() { unsafe start[index] = number }
}

/// What the images of one kind are.
@c @implementation
public func swiftlet_environments_image_space(
  _ environments: swiftlet_handle, _ image: Int32,
  _ space: UnsafeMutablePointer<swiftlet_image_space>!
) -> swiftlet_status {
  status {
    let space = unsafe try require(space, "space")
    unsafe try checkSize(space.pointee.struct_size, of: swiftlet_image_space.self, "space")
    try Handles.shared.with(environments, Environments.self) { held in
      guard held.imageSpaces.indices.contains(Int(image)) else {
        throw Failure.argument(
          "image is \(image); expected less than image_count, \(held.imageSpaces.count)")
      }
      let its = held.imageSpaces[Int(image)]
      unsafe (space.pointee.height, space.pointee.width) = (Int32(its.height), Int32(its.width))
      unsafe space.pointee.channel_count = Int32(its.channelCount)
      unsafe space.pointee.element_size = Int32(its.element.size)
      unsafe space.pointee.high = its.high
    }
  }
}

/// All about the task that is played, as JSON.
@c @implementation
public func swiftlet_environments_description(
  _ environments: swiftlet_handle, _ buffer: UnsafeMutablePointer<CChar>!, _ capacity: Int,
  _ length: UnsafeMutablePointer<Int>!
) -> swiftlet_status {
  status {
    try Handles.shared.with(environments, Environments.self) { held in
      unsafe try write(
        try json(held.description), to: buffer, capacity: capacity, length: length)
    }
  }
}
