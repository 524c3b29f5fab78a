/// A document in XML 1.0 with namespaces, as a tree: elements, attributes and text. Comments and processing
/// instructions are left out. Without document types: no entity but the five of XML itself, nothing fetched.
package struct XMLElement: Hashable, Sendable {
  package let name: XMLName
  /// In the order of the text; without the declarations of namespaces.
  package let attributes: [XMLAttribute]
  /// All text directly inside, one piece after the other.
  package internal(set) var text: String
  package internal(set) var children: [XMLElement]
  /// Of the start tag; the first line is 1.
  package let line: Int

  /// The value of an attribute without a namespace; nil where there is none.
  package func attribute(_ name: String) -> String? {
    attributes.first { $0.name == XMLName(name) }?.value
  }

  /// Those without a namespace, or in that of this element.
  package func children(_ name: String) -> [XMLElement] {
    children.filter {
      $0.name.local == name && ($0.name.namespace == nil || $0.name.namespace == self.name.namespace)
    }
  }
}

package struct XMLName: Hashable, Sendable {
  /// nil for none.
  package let namespace: String?
  package let local: String

  package init(_ local: String, namespace: String? = nil) {
    self.local = local
    self.namespace = namespace
  }
}

package struct XMLAttribute: Hashable, Sendable {
  package let name: XMLName
  package let value: String
}

/// How much of a stranger's document is taken.
package struct XMLLimits: Hashable, Sendable {
  package let octets: Int
  package let depth: Int
  package let elements: Int
  package let attributes: Int

  /// Attributes: of one element.
  package init(octets: Int = 262_144, depth: Int = 32, elements: Int = 10_000, attributes: Int = 64) {
    self.octets = octets
    self.depth = depth
    self.elements = elements
    self.attributes = attributes
  }
}

package struct XMLError: Error, Hashable, Sendable {
  package let kind: Kind
  /// The first line is 1.
  package let line: Int

  package init(_ kind: Kind, line: Int) {
    self.kind = kind
    self.line = line
  }

  package enum Kind: Hashable, Sendable {
    case empty
    case tooLarge(limit: Int)
    case tooDeep(limit: Int)
    case tooManyElements(limit: Int)
    case tooManyAttributes(limit: Int)
    /// A document type declaration, which may define entities.
    case documentType
    /// Not well-formed, or in an unknown encoding; in libexpat's words.
    case malformed(String)
  }
}

extension XMLError.Kind: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "There is nothing but white space."
    case .tooLarge(let limit): "The document has more than \(limit) octets."
    case .tooDeep(let limit): "Elements are nested deeper than \(limit)."
    case .tooManyElements(let limit): "There are more than \(limit) elements."
    case .tooManyAttributes(let limit): "An element has more than \(limit) attributes."
    case .documentType: "There is a document type declaration, which is not read."
    case .malformed(let reason): "It is not well-formed XML: \(reason)."
    }
  }
}
