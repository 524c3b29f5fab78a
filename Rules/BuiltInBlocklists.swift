/// The lists that the program asks unless the user brings others, as text: `Rules/Blocklists`.
package enum BuiltInBlocklists {
  package static var octets: [UInt8] { PackageResources.blocklists_yaml }
}
