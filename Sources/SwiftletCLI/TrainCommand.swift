import ArgumentParser
import Foundation
import Swiftlet

/// `swiftlet train`.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Learn a task by PPO or MAPPO.",
    discussion: """
      Every task has hyperparameters that suit it. Training ends when the policy's likeliest actions, \
      tried now and then in episodes of their own, have a mean return of --target, or when all steps \
      are played. The folder then holds best.safetensors and last.safetensors (policies), \
      learning.csv, a TensorBoard event file, checkpoint.safetensors, training.json and summary.json.

      Ctrl-C saves, and --resume goes on as if nothing had happened, bit for bit; so it does after a \
      kill, from the last checkpoint. Drones with a --pilot are flown by it, and teach nothing. With other --steps, step sizes that fall over the run fall over \
      the new total from there on. The same seed gives the same policy on any number of threads.

      EXAMPLES:
        swiftlet train hover
        swiftlet train gpd-multi-hover-1d --drones 4 --seed 3 --out runs/four
        swiftlet train leader-follower --algorithm mappo --option learningRate=5e-4
        swiftlet train hover --set model=racer --set randomisation.mass=[0.8,1.2]
        swiftlet train mine.yaml
        swiftlet train pursuit-evasion --self-play 0.5
        swiftlet train pursuit-evasion --pilot 2=pid
        swiftlet train --resume runs/four
      """)

  @Argument(
    help: "The task, by name or as a file; 'swiftlet tasks' lists the names.",
    completion: .file(extensions: ["yaml"]))
  var task: String?

  @OptionGroup var taskOptions: TaskOptions

  @OptionGroup var options: TrainOptions

  @Option(help: "A new folder for what training leaves; one below runs/ if not given.")
  var out: String?

  @Option(help: "The folder of a run to go on with.", completion: .directory)
  var resume: String?

  @Option(
    parsing: .unconditional, help: "On how many threads to compute; all processors if not given.")
  var threads: Int?

  @Option(parsing: .unconditional, help: "The time from one checkpoint to the next, in seconds.")
  var saveEvery = 10.0

  @Flag(help: "Print nothing but errors.")
  var quiet = false

  @Flag(help: "Print the summary as JSON.")
  var json = false

  func validate() throws {
    guard threads.map({ (1...1024).contains($0) }) ?? true else {
      throw ValidationError("--threads goes from 1 to 1024")
    }
    guard saveEvery >= 0, saveEvery <= 1e6 else {
      throw ValidationError("--save-every takes seconds from 0 to 1000000, not \(saveEvery)")
    }
    if resume == nil {
      guard task != nil else { throw ValidationError("name a task, or a run to --resume") }
    } else if task != nil || out != nil || !taskOptions.all.isEmpty
      || options.changesWhatIsLearned
    {
      throw ValidationError(
        "a run goes on as it began: beside --resume only --steps, --target and --threads can differ"
      )
    }
  }

  func run() throws {
    do { try train() } catch { throw CommandFailure(error) ?? error }
  }

  private func train() throws {
    if let resume {
      let folder = TrainingFolder(path: resume)
      var configuration = try folder.readConfiguration()
      try options.adjust(&configuration)
      let task = try task(of: configuration)
      try withExtendedLifetime(RunFolder(goingOnAt: resume)) {
        try train(task, configuration, in: folder, resumes: true)
      }
      return
    }
    for setting in taskOptions.settings
    where PPOOptions.names.contains(String(setting.prefix { $0 != "=" })) {
      throw CommandFailure.input("--set \(setting): a hyperparameter; write --option \(setting)")
    }
    let specification = try taskOptions.specification(of: task ?? "")
    let (name, task) = (specification.name, specification.task)
    var configuration = TrainingConfiguration.standard(for: name, droneCount: task.agentCount)
    configuration.document = specification.encoded()
    try options.adjust(&configuration)
    let run =
      try out.map { path throws(RecordingError) in try RunFolder(at: path) }
      ?? RunFolder(named: "train-\(name)")
    let folder = TrainingFolder(path: run.path)
    // The lock of the folder lasts as long as the training.
    try withExtendedLifetime(run) {
      try train(task, configuration, in: folder, resumes: false)
    }
  }

  private func train(
    _ task: some DroneTask, _ configuration: TrainingConfiguration, in folder: TrainingFolder,
    resumes: Bool
  ) throws {
    let interrupt = Interrupt()
    let line = ProgressLine(isQuiet: quiet || json)
    defer { line.clear() }
    var run = try TrainingRun(
      task, configuration, in: folder, resumes: resumes, pool: ThreadPool(threads: threads))
    let summary = try run.train(savingEvery: .seconds(saveEvery)) { progress in
      line.show(progress)
      return !interrupt.hasHappened
    }
    line.clear()
    guard let summary else {
      throw CommandFailure(
        message: "stopped; go on with: swiftlet train --resume \(folder.path)", code: 130)
    }
    try report(summary)
  }

  /// The task of a run that has begun.
  private func task(of configuration: TrainingConfiguration) throws -> any DroneTask {
    guard let document = configuration.document else {
      return try TaskOptions.parse([]).specification(
        of: configuration.task, ["drones=\(configuration.droneCount)"]
      ).task
    }
    do throws(InvalidConfiguration) {
      return try TaskSpecification(encoded: document, from: resume ?? configuration.task).task
    } catch { throw CommandFailure.input(error.description) }
  }

  private func report(_ summary: TrainingSummary) throws {
    if let note = summary.best.note {
      standardError("\(summary.configuration.task): a drone \(note)")
    }
    if json {
      try printJSON(summary)
    } else if !quiet {
      try standardOutput(summary.text)
    }
    if summary.hasReachedTarget == false, let target = summary.configuration.target {
      throw CommandFailure.check("the target of \(target) was not reached")
    }
  }
}

/// What is learned, and how.
struct TrainOptions: ParsableArguments {
  @Option(help: "ppo, or mappo: with a critic that sees what all drones see.")
  var algorithm: Algorithm?

  @Option(parsing: .unconditional, help: "Where random numbers start; 0 if not given.")
  var seed: UInt64?

  @Option(parsing: .unconditional, help: "How many steps of environments to play at most.")
  var steps: Int?

  @Option(
    parsing: .unconditional,
    help: "The mean return to stop at, or none; the task's own if not given.")
  var target: Target?

  @Option(parsing: .unconditional, help: "How many environments are stepped together.")
  var environments: Int?

  @Option(
    parsing: .unconditional,
    help: "What each step without a crash is worth, in a task that does not end with one.")
  var survivalBonus: Double?

  @Option(
    name: .customLong("option"), parsing: .singleValue,
    help: ArgumentHelp(
      "A hyperparameter in the place of the task's; may be repeated.", valueName: "name=value"))
  var hyperparameters: [String] = []

  @OptionGroup var pilots: PilotOptions

  @OptionGroup var selfPlay: SelfPlayOptions

  /// How agents learn from each other.
  enum Algorithm: String, ExpressibleByArgument {
    case ppo, mappo
  }

  /// A mean return, or none.
  struct Target: ExpressibleByArgument {
    let value: Double?

    init?(argument: String) {
      value = argument == "none" ? nil : Double(argument)
      guard argument == "none" || value?.isFinite == true else { return nil }
    }
  }

  /// Whether a run that goes on would not be the one that began.
  var changesWhatIsLearned: Bool {
    algorithm != nil || seed != nil || environments != nil || survivalBonus != nil
      || !hyperparameters.isEmpty || !pilots.settings.isEmpty || selfPlay.isGiven
  }

  /// Puts what was said in the place of what is usual.
  func adjust(_ configuration: inout TrainingConfiguration) throws {
    for setting in hyperparameters {
      let parts = setting.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else {
        throw CommandFailure.input("--option \(setting): expected name=value")
      }
      try configuration.options.set(String(parts[0]), to: String(parts[1]))
    }
    if let algorithm {
      configuration.options.critic = algorithm == .mappo ? .centralised : .independent
    }
    if let seed { configuration.seed = seed }
    if let survivalBonus { configuration.survivalBonus = survivalBonus }
    if let environments { configuration.environmentCount = environments }
    if let steps { configuration.options.totalSteps = steps }
    if let target { configuration.target = target.value }
    if !pilots.settings.isEmpty {
      (configuration.pilots, configuration.selfPlay) = (pilots.settings, nil)
    }
    try selfPlay.adjust(&configuration.selfPlay)
    try configuration.validate()
  }
}
