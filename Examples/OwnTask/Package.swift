// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "OwnTask",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "swiftlet", path: "../..")],
  targets: [
    .executableTarget(
      name: "OwnTask", dependencies: [.product(name: "Swiftlet", package: "swiftlet")])
  ]
)
