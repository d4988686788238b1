// swift-tools-version: 6.3
import PackageDescription

/// What every Swift target is compiled with: what a file uses is what it imports, existentials are
/// spelled out, and `unsafe` marks the C boundary.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
]

/// A module: its folder in Sources, and the modules of lower layers that it imports.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let flyingFox: Target.Dependency = .product(name: "FlyingFox", package: "FlyingFox")
let flyingSocks: Target.Dependency = .product(name: "FlyingSocks", package: "FlyingFox")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

/// The modules by layer, from the bottom up: each depends on lower layers only.
let layers: [[Target]] = [
  [
    .systemLibrary(
      name: "CBulletSystem", pkgConfig: "bullet-float64", providers: [.apt(["libbullet-dev"])]),
    // What is loaded into a firmware, a library of its own: nothing here may be linked with it.
    .target(name: "CFirmwareClock"),
    // What lanes do, in the compiler's own vector operations; a header alone.
    .target(name: "CLanes"),
    // The interface for C, a header alone; SwiftletC is what it declares.
    .target(name: "CSwiftlet"),
    module("Datagrams", [flyingSocks]),
    module("Files"),
    module("Plotting"),
    module("Randomness"),
    module("Spelling"),
    .target(
      name: "SwiftletAssets", path: "Assets",
      resources: [.copy("Drones"), .copy("Policies"), .copy("Viewer")],
      swiftSettings: strict),
    module("Workers"),
  ],
  [
    .target(
      name: "CBullet", dependencies: ["CBulletSystem"],
      // SwiftPM refuses the -D of bullet-float64.pc, so the precision is said here, and asserted
      // in CBullet.cpp.
      cxxSettings: [.define("BT_USE_DOUBLE_PRECISION")],
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    // Products of small matrices, tanh and Adam, compiled for several generations of processors.
    .target(name: "CLearning"),
    .target(name: "CRendering"),
    // Lifetimes: a batch gives its buffers as spans that cannot outlive it.
    .target(
      name: "Gym", dependencies: ["Randomness"],
      swiftSettings: strict + [.enableExperimentalFeature("Lifetimes")]),
    module("SpatialMath", ["CLanes"]),
  ],
  [
    module("Geometry", ["Files", "SpatialMath"]),
    // Batches of environments that are no tasks, and views of a batch of one: by themselves, since who
    // flies or trains a task needs none of them.
    module("GymAdapters", ["Gym", "Randomness"]),
    module("Learning", ["CLearning", "Files", "Gym", "Randomness", "SpatialMath", "Workers"]),
    module("Parameters", ["SpatialMath"]),
    module("Recording", ["Files", "SpatialMath", "Spelling"]),
  ],
  [
    module("Bullet", ["CBullet", "Geometry", "SpatialMath"]),
    module(
      "Drone",
      [
        "Files", "Geometry", "Parameters", "Randomness", "SpatialMath", "Spelling",
        "SwiftletAssets",
      ]),
    module("GymTesting", ["Gym", "GymAdapters", "Randomness", "SpatialMath"]),
    module("Rendering", ["CRendering", "Geometry", "SpatialMath"]),
    // Surroundings that are drawn by a seed.
    module("Worlds", ["Geometry", "Parameters", "Randomness", "SpatialMath"]),
  ],
  [
    module("FlightLogs", ["Drone", "Files", "Recording", "SpatialMath"])
  ],
  [
    module("Control", ["Drone", "FlightLogs", "Parameters", "Recording", "SpatialMath"]),
    module(
      "Simulation",
      [
        "Bullet", "Drone", "Geometry", "Parameters", "Randomness", "Rendering", "SpatialMath",
        "Workers",
      ]),
  ],
  [
    module(
      "Configuration",
      [
        "Control", "Drone", "Files", "Geometry", "Parameters", "Simulation", "SpatialMath",
        "Spelling", "Worlds", yams,
      ]),
    // The JSON interface of ArduPilot's SITL.
    module("ArduPilot", ["Control", "Datagrams", "Drone", "SpatialMath"]),
    module(
      "Betaflight",
      ["Control", "Datagrams", "Drone", "Recording", "SpatialMath", "SwiftletAssets", flyingSocks]),
    // What runs on board of a Crazyflie, without a network.
    module("Crazyflie", ["Control", "Drone", "SpatialMath"]),
    module(
      "Identification",
      [
        "Control", "Drone", "FlightLogs", "Randomness", "Simulation", "SpatialMath", "Workers",
      ]),
    module(
      "Tasks",
      [
        "Bullet", "Control", "Drone", "Geometry", "Gym", "Parameters", "Randomness", "Rendering",
        "Simulation", "SpatialMath", "Workers", "Worlds",
      ]),
  ],
  [
    module("Pictures", ["Files", "Plotting", "Recording", "SwiftletAssets"]),
    module(
      "TaskFiles",
      [
        "Configuration", "Control", "Drone", "Geometry", "Gym", "Parameters", "Rendering",
        "Simulation", "SpatialMath", "Tasks", "Worlds",
      ]),
  ],
  [
    module(
      "Training",
      [
        "Configuration", "Control", "Drone", "Files", "Gym", "Learning", "Parameters",
        "Randomness", "Recording", "Simulation", "SpatialMath", "SwiftletAssets", "TaskFiles",
        "Tasks", "Workers",
      ])
  ],
  [
    module(
      "Scenario",
      [
        "ArduPilot", "Betaflight", "Configuration", "Control", "Drone", "Files", "FlightLogs",
        "Geometry", "Parameters", "Recording", "Simulation", "SpatialMath", "SwiftletAssets",
        "Training",
      ])
  ],
  [
    module(
      "CrazyflieServer",
      [
        "Configuration", "Control", "Crazyflie", "Datagrams", "Drone", "Recording", "Scenario",
        "Simulation",
      ]),
    module(
      "LiveView",
      [
        "Configuration", "Control", "Drone", "Gym", "Learning", "Pictures",
        "Recording", "Scenario", "Simulation", "SpatialMath", "Tasks", "Training", flyingFox,
        flyingSocks,
      ]),
  ],
]

/// What one `import Swiftlet` brings: the list in Sources/Swiftlet/Exports.swift.
let exports = [
  "Configuration", "Control", "Drone", "Geometry", "Gym", "Learning", "Parameters", "Randomness",
  "Recording", "Rendering", "Scenario", "Simulation", "SpatialMath", "TaskFiles", "Tasks",
  "Training", "Workers",
]

/// What a target depends on that imports `Swiftlet`: the module and all that it exports.
///
/// SwiftPM compiles a target anew when a module changes that the target declares, but not when one
/// changes that comes through `@_exported` alone: the target would then be linked with a layout of
/// types that is no longer true (https://github.com/swiftlang/swift/issues/89636).
let swiftlet = (["Swiftlet"] + exports).map { Target.Dependency(stringLiteral: $0) }

/// What stands on the modules: the one import, the library for C, the command, and the examples.
///
/// The examples are as outside as targets can be: they see what is public, and depend on products
/// alone. Packages of their own would build everything a second time.
let products: [Target] = [
  module("Swiftlet", exports.map { Target.Dependency(stringLiteral: $0) }),
  module(
    "SwiftletC",
    [
      "CSwiftlet", "Configuration", "Control", "Drone", "FlightLogs", "Geometry", "Gym",
      "Identification", "Learning", "Parameters", "Pictures", "Randomness", "Recording",
      "Rendering", "Scenario", "Simulation", "SpatialMath", "Spelling", "SwiftletAssets",
      "TaskFiles", "Tasks", "Training", "Workers",
    ]),
  .executableTarget(
    name: "SwiftletCLI",
    dependencies: swiftlet + [
      "CrazyflieServer", "FlightLogs", "Identification", "LiveView", "Pictures", "Plotting",
      "Spelling",
      "SwiftletAssets", argumentParser,
    ],
    swiftSettings: strict),
  .executableTarget(
    name: "ExtensionExample", dependencies: swiftlet, path: "Examples/Extension",
    resources: [.copy("Models"), .copy("tour.yaml")], packageAccess: false, swiftSettings: strict),
  .executableTarget(
    name: "OwnTaskExample", dependencies: swiftlet + ["GymTesting"], path: "Examples/OwnTask",
    packageAccess: false, swiftSettings: strict),
]

/// The tests of one module.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: strict)
}

let testTargets: [Target] = [
  // What the tests of several modules share.
  .target(
    name: "TestSupport", dependencies: ["Pictures"], path: "Tests/TestSupport",
    swiftSettings: strict),
  tests("SpatialMathTests", ["Randomness", "SpatialMath"]),
  tests("SpellingTests", ["Spelling"]),
  tests("RandomnessTests", ["Randomness"]),
  tests(
    "LearningTests",
    ["Gym", "GymAdapters", "GymTesting", "Learning", "Randomness", "TestSupport", "Workers"],
    resources: [.copy("Fixtures")]),
  tests("GymTests", ["Gym", "GymAdapters", "GymTesting", "Randomness"]),
  tests(
    "DroneTests",
    ["Drone", "Geometry", "Parameters", "Randomness", "SpatialMath", "TestSupport"],
    exclude: ["Fixtures"]),
  tests("FlightLogsTests", ["Drone", "FlightLogs", "SpatialMath", "TestSupport"]),
  tests(
    "ControlTests",
    ["Control", "Drone", "FlightLogs", "Parameters", "Randomness", "SpatialMath", "TestSupport"]),
  tests(
    "IdentificationTests",
    [
      "Control", "Drone", "FlightLogs", "Identification", "Randomness", "Simulation",
      "SpatialMath", "Workers",
    ]),
  tests(
    "AirframeTests",
    ["Control", "Drone", "Parameters", "Randomness", "Simulation", "SpatialMath"]),
  .target(name: "CAllocations", path: "Tests/CAllocations"),
  // What .ci/fuzz runs: readers of bytes from outside, given bytes that nobody meant to write.
  .target(
    name: "Fuzzing",
    dependencies: [
      "ArduPilot", "Configuration", "Control", "Crazyflie", "Drone", "Geometry", "Gym", "Learning",
      "LiveView", "Parameters", "Pictures", "Plotting", "Randomness", "Recording", "Scenario",
      "SwiftletAssets",
      "TaskFiles", "Tasks",
      "Training", flyingFox,
    ], path: "Tests/Fuzzing", exclude: ["Corpus"], swiftSettings: strict),
  .target(name: "CFuzzing", path: "Tests/CFuzzing"),
  .executableTarget(
    name: "Fuzzer", dependencies: ["CFuzzing", "Fuzzing", "Randomness", argumentParser],
    path: "Tests/Fuzzer", swiftSettings: strict),
  tests(
    "SimulationTests",
    [
      "Bullet", "CAllocations", "Configuration", "Drone", "Geometry", "Parameters", "Randomness",
      "Recording", "Rendering", "Scenario", "Simulation", "SpatialMath", "Workers",
    ]),
  tests("WorkersTests", ["Workers"]),
  tests("FilesTests", ["Files", "TestSupport"]),
  tests("GeometryTests", ["Geometry", "SpatialMath", "TestSupport"]),
  tests("WorldsTests", ["Geometry", "Parameters", "Randomness", "SpatialMath", "Worlds"]),
  tests(
    "ScenarioTests",
    [
      "Configuration", "Control", "Drone", "Geometry", "Recording", "Scenario", "Simulation",
      "SpatialMath",
      "TestSupport",
    ],
    resources: [.copy("Fixtures")]),
  tests(
    "TasksTests",
    [
      "CAllocations", "Control", "Drone", "Geometry", "Gym", "GymTesting", "Parameters",
      "Pictures", "Randomness", "Rendering", "Simulation", "SpatialMath", "Tasks", "TestSupport",
      "Workers", "Worlds",
    ], exclude: ["Golden"], resources: [.copy("Fixtures")]),
  tests(
    "TaskFilesTests",
    [
      "Configuration", "Control", "Drone", "Geometry", "Gym", "Parameters", "Randomness",
      "Rendering", "Simulation", "SpatialMath", "TaskFiles", "Tasks", "TestSupport",
    ]),
  tests(
    "TrainingTests",
    [
      "CAllocations", "Configuration", "Control", "Drone", "Gym", "Learning", "Parameters",
      "Recording", "Simulation", "SpatialMath", "TaskFiles", "Tasks", "TestSupport", "Training",
      "Workers",
    ]),
  tests(
    "CommandLineTests",
    [
      "ExtensionExample", "OwnTaskExample", "Recording", "SwiftletAssets", "SwiftletCLI",
      "TestSupport",
    ]),
  tests(
    "ArduPilotTests",
    [
      "ArduPilot", "Configuration", "Control", "Datagrams", "Drone", "Recording", "Scenario",
      "Simulation", "SpatialMath", "TestSupport",
    ],
    exclude: ["Fixtures"]),
  tests(
    "BetaflightTests",
    [
      "Betaflight", "Configuration", "Control", "Datagrams", "Drone", "Scenario", "Simulation",
      "SpatialMath",
      "TestSupport",
    ]),
  .executableTarget(
    name: "FakeBetaflight", path: "Tests/FakeBetaflight",
    linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
  tests("CrazyflieTests", ["Control", "Crazyflie", "Drone", "Randomness", "SpatialMath"]),
  tests("BulletTests", ["Bullet", "Geometry", "Randomness", "SpatialMath"]),
  tests(
    "RenderingTests",
    ["Drone", "Geometry", "Pictures", "Randomness", "Rendering", "SpatialMath", "TestSupport"],
    exclude: ["Golden"]),
  tests("RecordingTests", ["Randomness", "Recording", "SpatialMath", "TestSupport"]),
  tests("PlottingTests", ["Plotting"]),
  tests("PicturesTests", ["Pictures", "Plotting", "Recording", "Scenario", "TestSupport"]),
  tests(
    "LiveViewTests",
    [
      "Geometry", "LiveView", "Parameters", "Pictures", "Recording", "Scenario", "SpatialMath",
      "Tasks", "TestSupport", flyingSocks,
    ]),
  tests(
    "ConfigurationTests",
    ["Configuration", "Parameters", "Randomness", "SpatialMath", "TestSupport"]),
]

// A module stands above all that it depends on.
for (rank, layer) in layers.enumerated() {
  let below = Set(layers[..<rank].joined().map(\.name))
  for module in layer {
    for case .byNameItem(let name, _) in module.dependencies where !below.contains(name) {
      fatalError("\(module.name) depends on \(name), which is in no layer below it")
    }
  }
}

let package = Package(
  name: "swiftlet",
  platforms: [.macOS(.v26)],
  products: [
    // All that is exported is named, so that users too are compiled anew when any of it changes.
    .library(name: "Swiftlet", targets: ["Swiftlet"] + exports),
    .library(name: "GymTesting", targets: ["GymTesting"]),
    .library(name: "GymAdapters", targets: ["GymAdapters"]),
    // A product has a name of its own, so the build puts a link named libswiftlet.so beside it.
    .library(name: "SwiftletC", type: .dynamic, targets: ["SwiftletC"]),
    .library(name: "FirmwareClock", type: .dynamic, targets: ["CFirmwareClock"]),
    .executable(name: "swiftlet", targets: ["SwiftletCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: layers.flatMap { $0 } + products + testTargets,
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
