import Drone
import Gym
import TaskFiles
import Tasks

/// All about a task for those who learn it, as JSON.
struct TaskDescription: Encodable {
  /// A kind of image.
  struct Image: Encodable {
    let name: String
    let shape: [Int]
    let dtype: String
    let high: Double
    let meaning: String
  }

  let task: String
  /// All its keys and values, as a JSON object that reads as the same task.
  let settings: String
  let summary, start, reward, terminated, truncated: String
  let drones: Int
  let model: String
  /// In Hz.
  let physicsFrequency, controlFrequency: Int
  /// How long an action lasts. [s]
  let stepPeriod: Double
  /// How long an episode lasts. [s]
  let timeLimit: Double
  /// How many actions an episode has. [–]
  let stepLimit: Int
  /// The rotor speed at which a drone hovers. [rpm]
  let hoverRotorSpeed: Double
  let action: String
  let observation: [RowColumns]
  let images: [Image]

  init(_ task: some DroneTask, _ specification: TaskSpecification) {
    let (setup, contract) = (task.setup, task.contract)
    (self.task, settings) = (specification.name, specification.encoded())
    (summary, start, reward) = (contract.summary, contract.start, contract.reward)
    (terminated, truncated) = (contract.terminated, contract.truncated)
    (drones, model) = (task.agentCount, setup.model.name)
    (physicsFrequency, controlFrequency) = (setup.physicsFrequency, setup.controlFrequency)
    (stepPeriod, timeLimit, stepLimit) = (setup.period, setup.timeLimit, setup.stepLimit)
    hoverRotorSpeed = setup.hoverSpeed
    action = setup.actionMode.description
    observation = task.observationColumns
    images = setup.camera.map(Self.images) ?? []
  }

  private static func images(of camera: OnboardCamera) -> [Image] {
    var names: [String] = []
    return zip(camera.spaces, camera.images).map { space, part in
      let count = names.count { $0 == part.word }
      names.append(part.word)
      return Image(
        name: count == 0 ? part.word : "\(part.word)_\(count + 1)",
        shape: [space.height, space.width, space.channelCount], dtype: space.element.rawValue,
        high: Double(space.high), meaning: part.description)
    }
  }
}

extension ImagePart {
  /// What the image is called among those of a camera.
  fileprivate var word: String {
    switch content {
    case .colour: "rgb"
    case .colourAndAlpha: "rgba"
    case .grey: "grey"
    case .depth: "depth"
    case .segmentation: "segmentation"
    }
  }
}
