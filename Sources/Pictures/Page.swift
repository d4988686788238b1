import Foundation

/// A page in a ``Browser``.
package struct Page {
  let browser: Browser
  let session: String

  @discardableResult
  func call(
    _ method: String, _ parameters: [String: Any] = [:]
  ) throws(PictureError) -> [String: Any] {
    try browser.call(method, parameters, session: session)
  }

  /// Runs an expression in the page, waits for its promise if it is one, and returns its value.
  @discardableResult
  package func evaluate(_ expression: String) throws(PictureError) -> Any? {
    let answer = try call(
      "Runtime.evaluate",
      ["expression": expression, "awaitPromise": true, "returnByValue": true])
    if let details = answer["exceptionDetails"] as? [String: Any] {
      let exception = details["exception"] as? [String: Any]
      throw .failedProgram(
        "the page", reason: "\(exception?["description"] ?? details["text"] ?? "")")
    }
    return (answer["result"] as? [String: Any])?["value"]
  }

  /// Waits until an expression is true.
  package func wait(until expression: String, seconds: Double = 30) throws(PictureError) {
    let end = ContinuousClock.now + .seconds(seconds)
    while try evaluate("Boolean(\(expression))") as? Bool != true {
      guard ContinuousClock.now < end else {
        throw .failedProgram("the page", reason: "it is not yet so that \(expression)")
      }
      Thread.sleep(forTimeInterval: 0.02)
    }
  }

  /// Closes it, as a user closes a tab.
  package func close() throws(PictureError) { try call("Page.close") }

  /// What the page looks like now, as PNG, packed hastily if speed counts more than size.
  package func screenshot(hastily: Bool = false) throws(PictureError) -> [UInt8] {
    let answer = try call("Page.captureScreenshot", ["format": "png", "optimizeForSpeed": hastily])
    guard let text = answer["data"] as? String, let data = Data(base64Encoded: text) else {
      throw .failedProgram("chromium", reason: "it took no picture")
    }
    return [UInt8](data)
  }

  /// Presses a key, and lets it go.
  package func press(_ key: String) throws(PictureError) {
    try hold(key)
    try release(key)
  }

  /// Presses a key, and holds it.
  package func hold(_ key: String) throws(PictureError) {
    let text = key.count == 1 ? key : ""
    try call("Input.dispatchKeyEvent", ["type": "keyDown", "key": key, "text": text])
  }

  /// Lets a key go.
  package func release(_ key: String) throws(PictureError) {
    try call("Input.dispatchKeyEvent", ["type": "keyUp", "key": key])
  }

  /// Presses the mouse's left button at a place, and lets it go.
  package func click(x: Double, y: Double) throws(PictureError) {
    for type in ["mousePressed", "mouseReleased"] {
      try call(
        "Input.dispatchMouseEvent",
        [
          "type": type, "x": x, "y": y, "button": "left", "clickCount": 1,
          "buttons": type == "mousePressed" ? 1 : 0,
        ])
    }
  }
}
