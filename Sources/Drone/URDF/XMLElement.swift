import Files
import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// An element of an XML file that knows its line, with its attributes and its children.
final class XMLElement {
  let name: String
  let line: Int
  let attributes: [String: String]
  fileprivate(set) var children: [XMLElement] = []

  fileprivate init(name: String, line: Int, attributes: [String: String]) {
    (self.name, self.line, self.attributes) = (name, line, attributes)
  }

  /// The children of some name, in the order of the file.
  func children(named name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The first child of some name.
  func child(named name: String) -> XMLElement? { children.first { $0.name == name } }

  /// The root element of a file's contents.
  static func parse(_ data: Data, file: String) throws(ModelError) -> XMLElement {
    guard !data.isEmpty else {
      throw ModelError(file: file, message: "the file is empty; expected a URDF robot")
    }
    let builder = TreeBuilder()
    let text = try urdfText(data, file: file)
    var markup = MarkupScanner(text, file: file)
    try markup.check()
    let parser = XMLParser(data: text)
    parser.shouldResolveExternalEntities = false
    parser.delegate = builder
    // The parser calls a file that ends within an element well-formed.
    if parser.parse(), builder.isComplete, let root = builder.root { return root }
    throw ModelError(
      file: file, line: max(parser.lineNumber, 1),
      message: "\(builder.excess ?? "not well-formed XML"); expected a URDF robot")
  }
}

/// Builds the tree while the parser reads.
private final class TreeBuilder: NSObject, XMLParserDelegate {
  var root: XMLElement?
  /// What there is too much of, if the parser was stopped for that.
  var excess: String?
  /// Whether every element has ended.
  var isComplete: Bool { open.isEmpty }
  private var open: [XMLElement] = []
  private var count = 0

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    let element = XMLElement(name: elementName, line: parser.lineNumber, attributes: attributes)
    if let parent = open.last { parent.children.append(element) } else { root = element }
    open.append(element)
    count += 1
    if open.count > InputLimits.depth {
      excess = "elements nested deeper than \(InputLimits.depth)"
    } else if count > InputLimits.modelElements {
      excess = "more than \(InputLimits.modelElements) elements"
    }
    if excess != nil { parser.abortParsing() }
  }

  func parser(
    _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?,
    qualifiedName: String?
  ) {
    open.removeLast()
  }
}
