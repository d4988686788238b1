import Drone
import Gym
import Simulation
import SpatialMath
import Tasks
import Testing

/// When images are taken, kept and cleared.
struct VisionTests {
  @Test(
    "a batch of any size, on any threads, shows what single environments show", arguments: [1, 2])
  func batchEqualsSingles(threads: Int) throws {
    let seeds: [UInt64] = (0..<70).map { 100 + $0 }
    var all = try Cinema(PassTask(), count: seeds.count, threads: threads)
    try all.reset(seeds: seeds)
    var expected: [[[UInt8]]] = []
    for seed in seeds {
      var single = try Cinema(PassTask())
      try single.reset(seeds: [seed])
      var shown: [[UInt8]] = []
      for _ in 0..<15 {
        try single.step()
        for row in 0..<2 { shown += [single.image(row), single.image(row, isFinal: true)] }
      }
      expected.append(shown)
    }
    for step in 0..<15 {
      try all.step()
      for world in seeds.indices {
        for agent in 0..<2 {
          let (row, place) = (2 * world + agent, 4 * step + 2 * agent)
          #expect(all.image(row) == expected[world][place], "world \(world), step \(step)")
          #expect(all.image(row, isFinal: true) == expected[world][place + 1])
        }
      }
    }
  }

  @Test("frames come at the camera's own rate, and stand in between", arguments: [12, 24, 48, 100])
  func ownRate(frequency: Int) throws {
    var cinema = try Cinema(PassTask(agentCount: 1, frequency: frequency), mode: .disabled)
    try cinema.reset(seeds: [1])
    #expect(cinema.images.isNew[0])
    var before = cinema.image(0)
    for step in 1...11 {
      try cinema.step()
      let isDue = step % max(1, 48 / frequency) == 0
      #expect(cinema.images.isNew[0] == isDue, "step \(step)")
      #expect((cinema.image(0) != before) == isDue, "step \(step)")
      before = cinema.image(0)
    }
  }

  @Test("24 frames go with 30 actions: four in five")
  func unevenRates() throws {
    var task = PassTask(agentCount: 1)
    task.setup.controlFrequency = 30
    task.setup.timeLimit = 8
    var cinema = try Cinema(task)
    try cinema.reset(seeds: [1])
    var count = 0
    for _ in 0..<30 {
      try cinema.step()
      if cinema.images.isNew[0] { count += 1 }
    }
    #expect(count == 24)
  }

  @Test("the last frame of an episode stands among the final ones when the next begins at once")
  func finalFrames() throws {
    var ending = try Cinema(PassTask(), mode: .disabled)
    var next = try Cinema(PassTask())
    try ending.reset(seeds: [7])
    try next.reset(seeds: [7])
    for step in 1...12 {
      try ending.step()
      try next.step()
      guard step < 12 else { break }
      #expect(next.image(0) == ending.image(0) && next.image(0, isFinal: true).isBlack)
    }
    #expect(next.image(0, isFinal: true) == ending.image(0))
    #expect(next.image(0) != ending.image(0), "the next episode has not begun")
    #expect(next.image(1, isFinal: true).isBlack, "it had left before the end")
    try next.step()
    #expect(next.image(0, isFinal: true).isBlack)
  }

  @Test("an end between two frames has the frame that stood then")
  func endBetweenFrames() throws {
    // 12 frames a second and 11 actions: the last frame was taken with the eighth.
    var task = PassTask(agentCount: 1, frequency: 12)
    task.setup.timeLimit = 11.0 / 48
    var cinema = try Cinema(task)
    try cinema.reset(seeds: [3])
    var eighth: [UInt8] = []
    for step in 1...11 {
      try cinema.step()
      if step == 8 { eighth = cinema.image(0) }
    }
    #expect(cinema.image(0, isFinal: true) == eighth && cinema.images.isNew[0])
  }

  @Test("who leaves has a last frame, and none after it", arguments: AutoresetMode.allCases)
  func leaving(mode: AutoresetMode) throws {
    var cinema = try Cinema(PassTask(frequency: 48), mode: mode)
    try cinema.reset(seeds: [2])
    for step in 1...11 {
      try cinema.step()
      #expect(cinema.image(1).isBlack == (step > 5), "step \(step)")
      #expect(!cinema.image(0).isBlack)
    }
  }

  @Test("other images than those of the step before are drawn whole")
  func otherImages() throws {
    var cinema = try Cinema(PassTask(frequency: 12), count: 3)
    try cinema.reset(seeds: [1, 2, 3])
    for _ in 0..<6 { try cinema.step() }
    let before = (0..<6).map { cinema.image($0) }
    cinema.images = cinema.environment.makeFrames()
    try cinema.step()
    #expect(!cinema.images.isNew[0])
    for row in 0..<6 { #expect(cinema.image(row) == before[row], "row \(row)") }
  }

  @Test("goes on from a snapshot as it did, frames that stand included")
  func snapshots() throws {
    var cinema = try Cinema(PassTask(frequency: 12), count: 2)
    try cinema.reset(seeds: [5, 6])
    for _ in 0..<3 { try cinema.step() }
    let snapshot = try cinema.environment.snapshot()
    var expected: [[UInt8]] = []
    for _ in 0..<14 {
      try cinema.step()
      for row in 0..<4 { expected += [cinema.image(row), cinema.image(row, isFinal: true)] }
    }
    try cinema.environment.restore(snapshot)
    for step in 0..<14 {
      try cinema.step()
      for row in 0..<4 {
        let place = 8 * step + 2 * row
        #expect(cinema.image(row) == expected[place], "row \(row), step \(step)")
        #expect(cinema.image(row, isFinal: true) == expected[place + 1])
      }
    }
  }

  @Test("a masked reset leaves the images of others as they are")
  func maskedReset() throws {
    var cinema = try Cinema(PassTask(agentCount: 1), count: 2)
    try cinema.reset(seeds: [1, 2])
    for _ in 0..<6 { try cinema.step() }
    let (first, second) = (cinema.image(0), cinema.image(1))
    try cinema.environment.reset(
      where: [false, true], into: &cinema.batch, images: &cinema.images)
    #expect(cinema.image(0) == first && cinema.image(1) != second)
  }

  @Test("but for the images, everything is as without a camera")
  func sameWithoutCamera() throws {
    var cinema = try Cinema(HoverTask.vision(), count: 3)
    try cinema.reset(seeds: [1, 2, 3])
    var blind = try TaskEnvironment(HoverTask.vision(), count: 3)
    var batch = StepBatch(layout: blind.layout)
    try blind.reset(seeds: [1, 2, 3], where: nil, into: &batch)
    for _ in 0..<60 {
      try cinema.step()
      try blind.step(&batch)
      for row in 0..<3 { #expect(cinema.batch.rewards[row] == batch.rewards[row]) }
      let (a, b) = (cinema.batch.observations, batch.observations)
      let isEqual = a.indices.allSatisfy { a[$0] == b[$0] }
      #expect(isEqual)
    }
  }

  @Test("a world that overflows shows what was last seen of it, and the others as ever")
  func overflow() throws {
    var task = PassTask(agentCount: 1, images: [ImagePart(.depth(reach: 9))])
    task.setup.physics.effects = [Explosion()]
    var cinema = try Cinema(task, mode: .disabled)
    try cinema.reset(seeds: [1])
    let before = cinema.image(0)
    for _ in 0..<2 where !cinema.batch.truncations[0] { try cinema.step() }
    #expect(cinema.batch.truncations[0] && cinema.image(0) == before)
  }
}
