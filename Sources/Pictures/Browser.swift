import Foundation
import Recording

/// Chromium without a window: it draws our pages where pixels are asked for.
///
/// It is driven by the Chrome DevTools Protocol over two pipes, so that no port is open.
///
/// - [chromedevtools.github.io/devtools-protocol](https://chromedevtools.github.io/devtools-protocol)
package final class Browser {
  /// What a user can do where there is none.
  static let advice = "on Debian, type: sudo apt-get install chromium"
  /// How long any answer may take. [s]
  private static let timeLimit = 60

  private let process = Process()
  /// Ends the browser and removes the folder when this program has ended, however it ends.
  private let remover = Process()
  private let toRemover = Pipe()
  private let toBrowser = Pipe()
  private let fromBrowser = Pipe()
  /// What is gone when the browser is: its profile, and what is put beside that.
  private let folder: URL
  private var received = Data()
  private var lastID = 0
  private var faults: [String] = []

  /// Whether there is a browser on this machine.
  package static var isInstalled: Bool { program != nil }

  private static var program: Program? {
    Program("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
  }

  /// Starts it.
  ///
  /// - Parameter unfinished: A file that should not outlive this program if that is ended from outside.
  /// - Throws: If there is no browser, or it cannot be started.
  package init(leavingNo unfinished: String? = nil) throws(PictureError) {
    guard let program = Self.program else {
      throw .missingProgram("chromium", advice: Self.advice)
    }
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("swiftlet-browser-\(UUID().uuidString)")
    try startRemover(leavingNo: unfinished)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    } catch {
      throw .unwritable(
        .refused(
          path: folder.path, action: "make the folder", reason: error.localizedDescription))
    }
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", Self.script, folder.path, program.path, "--headless", "--remote-debugging-pipe",
      "--user-data-dir=\(folder.path)/profile", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
      "--enable-unsafe-swiftshader", "--force-color-profile=srgb", "--mute-audio",
      "--disable-dev-shm-usage",
    ]
    // Chromium refuses its sandbox to root, as in containers; it is shown our own pages only.
    if getuid() == 0 { process.arguments?.append("--no-sandbox") }
    (process.standardInput, process.standardOutput) = (toBrowser, fromBrowser)
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { throw .failedProgram("chromium", reason: "\(error)") }
  }

  /// Has the folder removed, which is not there yet: so it is from its first moment on.
  private func startRemover(leavingNo unfinished: String?) throws(PictureError) {
    remover.executableURL = URL(fileURLWithPath: "/bin/sh")
    remover.arguments = ["-c", Self.removing, folder.path] + (unfinished.map { [$0] } ?? [])
    (remover.standardInput, remover.standardOutput) = (toRemover, FileHandle.nullDevice)
    remover.standardError = FileHandle.nullDevice
    do { try remover.run() } catch { throw .failedProgram("sh", reason: "\(error)") }
  }

  deinit {
    // What was never started cannot be ended.
    if process.processIdentifier > 0 {
      _ = try? call("Browser.close")
      try? toBrowser.fileHandleForWriting.close()
      process.terminate()
      process.waitUntilExit()
    }
    guard remover.processIdentifier > 0 else { return }
    try? toRemover.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
    remover.waitUntilExit()
  }

  /// Notes its number in the folder and becomes the browser, unless the folder is gone already; the
  /// protocol's pipes are descriptors 3 and 4.
  private static let script = """
    echo $$ >"$0/number" && exec "$@" 3<&0 4>&1 </dev/null >/dev/null
    """

  /// Removes the folder when told to.
  ///
  /// Where the program is gone that should tell it, it ends the browser and all that belongs to it, and
  /// removes what is unfinished too. What dies may still make files.
  private static let removing = """
    if ! read -r line; then
      sleep 1
      read -r number <"$0/number" && kill -9 -- "-$number"
      rm -f -- "$@"
    fi
    tries=0
    while rm -rf -- "$0"; sleep 0.1; [ -e "$0" ] && [ $tries -lt 100 ]; do
      tries=$((tries + 1))
    done
    """

  /// The path of a file that is gone when the browser is.
  func temporaryFile(named name: String) -> URL { folder.appendingPathComponent(name) }

  /// Opens a page of some size, and waits until it is loaded.
  package func open(
    _ url: String, width: Int, height: Int, pixelRatio: Int = 1, isDark: Bool = false
  ) throws(PictureError) -> Page {
    let target = try call("Target.createTarget", ["url": "about:blank"])["targetId"]
    let session =
      try call("Target.attachToTarget", ["targetId": target ?? "", "flatten": true])["sessionId"]
    guard let session = session as? String else {
      throw .failedProgram("chromium", reason: "it opened no page")
    }
    let page = Page(browser: self, session: session)
    for domain in ["Page", "Runtime", "Log", "Network"] { try page.call("\(domain).enable") }
    try page.call(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": pixelRatio, "mobile": false])
    let scheme = ["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]
    try page.call("Emulation.setEmulatedMedia", ["features": [scheme]])
    if url != "about:blank" {
      try page.call("Page.navigate", ["url": url])
      try page.wait(until: "document.readyState === 'complete' && location.href !== 'about:blank'")
    }
    return page
  }

  /// The errors that pages have reported since they were opened.
  package var errors: [String] { faults }

  /// Sends a command, and waits for its answer.
  @discardableResult
  func call(
    _ method: String, _ parameters: [String: Any] = [:], session: String? = nil
  ) throws(PictureError) -> [String: Any] {
    lastID += 1
    let id = lastID
    var message: [String: Any] = ["id": id, "method": method, "params": parameters]
    if let session { message["sessionId"] = session }
    let timeout = startTimeout()
    defer { timeout.cancel() }
    do {
      let data = try JSONSerialization.data(withJSONObject: message)
      try toBrowser.fileHandleForWriting.write(contentsOf: data + [0])
    } catch { throw .failedProgram("chromium", reason: "it takes no commands: \(error)") }
    while true {
      let answer = try nextMessage()
      guard answer["id"] as? Int == id else {
        note(answer)
        continue
      }
      if let error = answer["error"] as? [String: Any] {
        throw .failedProgram("chromium", reason: "\(method): \(error["message"] ?? "")")
      }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  /// Ends the browser, and with it the wait for its answer, if that takes too long.
  private func startTimeout() -> DispatchWorkItem {
    let process = process
    let timeout = DispatchWorkItem { process.terminate() }
    DispatchQueue.global().asyncAfter(
      deadline: .now() + .seconds(Self.timeLimit), execute: timeout)
    return timeout
  }

  private func nextMessage() throws(PictureError) -> [String: Any] {
    while true {
      if let end = received.firstIndex(of: 0) {
        let data = received[received.startIndex..<end]
        received = Data(received[(end + 1)...])
        let object = try? JSONSerialization.jsonObject(with: Data(data))
        return object as? [String: Any] ?? [:]
      }
      let more = fromBrowser.fileHandleForReading.availableData
      guard !more.isEmpty else {
        throw .failedProgram("chromium", reason: "it ended, or did not answer for a minute")
      }
      received.append(more)
    }
  }

  /// Keeps what an event says of errors in a page, and of requests that leave the machine.
  private func note(_ event: [String: Any]) {
    let parameters = event["params"] as? [String: Any] ?? [:]
    switch event["method"] as? String {
    case "Runtime.exceptionThrown": faults.append("exception: \(parameters)")
    case "Runtime.consoleAPICalled":
      let type = parameters["type"] as? String ?? ""
      if ["error", "warning", "assert"].contains(type) { faults.append("console: \(parameters)") }
    case "Log.entryAdded":
      let entry = parameters["entry"] as? [String: Any] ?? [:]
      if entry["level"] as? String == "error" { faults.append("log: \(entry["text"] ?? "")") }
    case "Network.requestWillBeSent":
      let request = parameters["request"] as? [String: Any] ?? [:]
      let url = request["url"] as? String ?? ""
      let isLocal = ["file:", "data:", "blob:", "about:", "http://127.0.0.1:"]
        .contains { url.hasPrefix($0) }
      if !isLocal { faults.append("request: \(url)") }
    default: break
    }
  }
}
