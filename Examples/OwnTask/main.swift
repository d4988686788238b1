// A program outside the package that brings a task of its own, checks it, and plays it in 64 worlds.
import GymTesting
import Swiftlet

let report = checkEnvironment(steps: 250) {
  try TaskEnvironment(ClimbTask(), count: $0, autoresetMode: $1)
}
print(report)

var environment = try TaskEnvironment(ClimbTask(), count: 64)
var player = TaskPlayer(.pid, of: environment, seed: 0)
var statistics = EpisodeStatistics(layout: environment.layout)
var batch = StepBatch(layout: environment.layout)
try environment.reset(seed: 0, into: &batch)
for _ in 0..<120 {
  player.act(in: environment, batch: &batch)
  try environment.step(&batch)
  statistics.record(batch)
}
print("\(statistics.finishedCount) episodes, mean return \(statistics.meanReward ?? 0)")
