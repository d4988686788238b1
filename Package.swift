// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target is compiled with: what a file uses is what it imports, existentials are
/// spelled out, and `unsafe` marks the C boundary.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
]

/// A module: its folder in Sources, and the modules of lower rank that it imports.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of one module.
func tests(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let flyingSocks: Target.Dependency = .product(name: "FlyingSocks", package: "FlyingFox")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
  name: "swiftlet",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Swiftlet", targets: ["Swiftlet"]),
    .library(name: "GymTesting", targets: ["GymTesting"]),
    .executable(name: "swiftlet", targets: ["SwiftletCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    // Rank 0: what depends on nothing.
    .systemLibrary(
      name: "CBulletSystem", pkgConfig: "bullet-float64", providers: [.apt(["libbullet-dev"])]),
    // What lanes do, in the compiler's own vector operations; a header alone.
    .target(name: "CLanes"),
    module("Randomness"),
    module("Workers"),
    module("Plotting"),
    .target(
      name: "SwiftletAssets", path: "Assets",
      resources: [.copy("Drones"), .copy("Policies"), .copy("Viewer")],
      swiftSettings: strict),

    // Rank 1.
    module("SpatialMath", ["CLanes"]),
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

    // Rank 2.
    module("Geometry", ["SpatialMath"]),
    module("GymTesting", ["Gym", "Randomness", "SpatialMath"]),
    module("Learning", ["CLearning", "Gym", "Randomness", "SpatialMath", "Workers"]),
    module("Recording", ["SpatialMath"]),

    // Rank 3.
    module("Bullet", ["CBullet", "Geometry", "SpatialMath"]),
    module("Drone", ["Geometry", "SpatialMath", "SwiftletAssets"]),
    module("Rendering", ["CRendering", "Geometry", "SpatialMath"]),

    // Rank 4.
    module("Control", ["Drone", "SpatialMath"]),
    module(
      "Simulation",
      ["Bullet", "Drone", "Geometry", "Randomness", "Rendering", "SpatialMath", "Workers"]),

    // Rank 5.
    module(
      "Tasks",
      [
        "Bullet", "Control", "Drone", "Geometry", "Gym", "Randomness", "Rendering", "Simulation",
        "SpatialMath", "Workers",
      ]),

    // Rank 6.
    module("Pictures", ["Plotting", "Recording", "SwiftletAssets"]),
    module(
      "Training",
      [
        "Control", "Drone", "Gym", "Learning", "Randomness", "Simulation", "SpatialMath",
        "SwiftletAssets", "Tasks", "Workers",
      ]),

    // Rank 7.
    module(
      "Scenario",
      [
        "Control", "Drone", "Geometry", "Recording", "Simulation", "SpatialMath", "Training", yams,
      ]),

    // Rank 8.
    module(
      "LiveView",
      ["Drone", "Pictures", "Recording", "Scenario", "Simulation", "SpatialMath", flyingSocks]),

    // Rank 9.
    module(
      "Swiftlet",
      [
        "Bullet", "Control", "Drone", "Geometry", "Gym", "Learning", "LiveView", "Pictures",
        "Plotting", "Randomness", "Recording", "Rendering", "Scenario", "Simulation", "SpatialMath",
        "SwiftletAssets", "Tasks", "Training", "Workers",
      ]),

    // Rank 10.
    .executableTarget(
      name: "SwiftletCLI", dependencies: ["Swiftlet", argumentParser], swiftSettings: strict),

    // As outside as targets can be: they see what is public, and depend on products alone. Packages of
    // their own would build everything a second time.
    .executableTarget(
      name: "ExtensionExample", dependencies: ["Swiftlet"], path: "Examples/Extension",
      resources: [.copy("Models"), .copy("tour.yaml")], packageAccess: false,
      swiftSettings: strict),
    .executableTarget(
      name: "OwnTaskExample", dependencies: ["GymTesting", "Swiftlet"], path: "Examples/OwnTask",
      packageAccess: false, swiftSettings: strict),

    tests("SpatialMathTests", ["Randomness", "SpatialMath"]),
    tests("RandomnessTests", ["Randomness"]),
    tests(
      "LearningTests", ["Gym", "GymTesting", "Learning", "Randomness", "Workers"],
      resources: [.copy("Fixtures")]),
    tests("GymTests", ["Gym", "GymTesting", "Randomness"]),
    tests("DroneTests", ["Drone", "Geometry", "Randomness", "SpatialMath"]),
    tests("ControlTests", ["Control", "Drone", "Randomness", "SpatialMath"]),
    tests("AirframeTests", ["Control", "Drone", "Randomness", "Simulation", "SpatialMath"]),
    .target(name: "CAllocations", path: "Tests/CAllocations"),
    tests(
      "SimulationTests",
      [
        "Bullet", "CAllocations", "Drone", "Geometry", "Randomness", "Recording", "Scenario",
        "Simulation", "SpatialMath", "SwiftletCLI", "Workers",
      ]),
    tests("WorkersTests", ["Workers"]),
    tests("GeometryTests", ["Geometry", "SpatialMath"]),
    tests(
      "ScenarioTests",
      ["Control", "Drone", "Geometry", "Recording", "Scenario", "Simulation", "SpatialMath"],
      resources: [.copy("Fixtures")]),
    tests(
      "TasksTests",
      [
        "CAllocations", "Control", "Drone", "Geometry", "Gym", "GymTesting", "Pictures",
        "Randomness", "Rendering", "Simulation", "SpatialMath", "Tasks", "Workers",
      ], resources: [.copy("Fixtures"), .copy("Golden")]),
    tests(
      "TrainingTests",
      [
        "Control", "Drone", "Gym", "Learning", "Simulation", "SpatialMath", "Tasks", "Training",
        "Workers",
      ]),
    tests(
      "CommandLineTests", ["ExtensionExample", "OwnTaskExample", "Recording", "SwiftletCLI"]),
    tests("BulletTests", ["Bullet", "Geometry", "SpatialMath"]),
    tests(
      "RenderingTests", ["Drone", "Geometry", "Randomness", "Rendering", "SpatialMath"],
      resources: [.copy("Golden")]),
    tests("RecordingTests", ["Randomness", "Recording", "SpatialMath"]),
    tests("PlottingTests", ["Plotting"]),
    tests("PicturesTests", ["Pictures", "Plotting", "Recording", "Scenario"]),
    tests(
      "LiveViewTests",
      ["LiveView", "Pictures", "Recording", "Scenario", "SpatialMath", flyingSocks]),
    tests("ScenarioReadingTests", ["Randomness", "Scenario", "SpatialMath"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
