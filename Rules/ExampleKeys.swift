/// Public keys for the examples of DKIM rules, in base 64; nobody has kept the private ones.
enum ExampleKey {
  static let rsa2048 = """
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA/S9WXn+j6knoD+nBSS5b/F0ZNgMHJMEsjmKVAu0szO9jnn\
    m+X+AIEYvZNAmPlkAGNzNQO7at6uDB3v83Xxf9CALGc+QTY1wmnXO2PEEiWDUMKf0G4rUfM1Vo3jqKQ78fzIbArpKI\
    8wqLnRNQwYX1kvAJjnVihjz7MJmXyg/juR0/Pv6j2wMFCIZm94IQb2BCD/Wpsq6Sade/EG8gS6Kp2IRe5RUs450wZV\
    cgqSwdNPWht3pK3z6GdlZNGfaT844HaGX/DpnfgO7EMs4kR3VvwkEN2BjQ5I3TLDzPm8Fv0dUVRmUb6+C9hl9C7JX/\
    V0S8QYjVuFlJcgbB2tVOPufDEQIDAQAB
    """
  static let rsa5120 = """
    MIICojANBgkqhkiG9w0BAQEFAAOCAo8AMIICigKCAoEApUbRExj5Jq2XJEtfTu2TSZDu/HYkEQ91O/5BI0jyCh7K7K\
    0GqrQcFShmvI9/FwAcwDIJyPXzjkicLa8jKLYSfEcyeN5n+ZZR6ktORv38OgCSY55aNpodliKnV3ywAnDmCXtFOJ63\
    1wkuvOlHUEcbW3ZElhi+mYh1yPHeml0UshHFFdMLpO667ueyVF2mnCxpdLVrro2vrwZlwqB5TCvfBN6SQbc2y4++s6\
    OhOolpr1G+jo1cuK9mT9hscOkpFrFZJU2m84gE4OjnTpz+aSHELMUkN+1JiTtImP0l0BBCRNr8ORS+DEtyhuS9nmv8\
    rfsaLbpLPduNMzxQF1uoKDuGWNXUP3cvqvu13A8bQ6VxUSmYbAe8PHYiStI+4Rz8QcLrbRPZDlhd5QZKzSpOU4EoT/\
    CLy/WA3D/hsi8ndyI2ecE8cColiK/Zn9bRq6kDzHsvWXzUhz3vYdDL+hCy/i7D6PiVTBOaS9D3eYESreKvQ2lFBg5S\
    iRfpzOaa86r7atiKWqjPTlGfPqfCzME+RhuDcd0aGGm2soizIPG4bOW3vETflrZBY9+ATmZh+mO6vMw9FsTWT27Lui\
    VagmI6NyPrSoc7iHNtjWXAysnsKP17Qw2jlftqLNBN/deRQ0W8H9olmePI/f7zNPRWJ79Y8C26hld2WGm6/hnuiJfa\
    rWeKAXFetHBLlynPfWZEVx36jtidDBNOD+OeqEQ/0LCppkoF2wEt4EMV+qTiOjKx6ZgCdp9B0UmD2GfCxOvwmZEwHy\
    7af7mVHghQgxHcAwiepiMW9RX2Mw+AXZGY3+UwGjVQQkrHZxRYOIciUjJEg9XHxjCpvw660KBA3oHgoBdf3MgGMwID\
    AQAB
    """
  static let rsa1024 = """
    MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQD0SpdV2pGpCKLfMsTCiK5BMReA36e82DaG+sS4LxlHKhe2vn88Om\
    ytH6COjY/6CeV+g66j1XVGdvNBw29pS14cydkDvRlfhIDmh2UWEqKhWSMVcKZnQqzikHrCtOn/FpDJOpbP9lyk3OW8\
    c904asoQXmtroPbmU/IpA9wjt/UY2wIDAQAB
    """
  static let rsa512 = """
    MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAJ5Lie5Ez70e5Ds8aBjLamn0fw78ViUD94SQWUOSFwh/N8QtUXmLzD+bTz\
    fXMCFzRaBvAIeaQcb67YD7iBZ1938CAwEAAQ==
    """
  /// The exponent is 1: anybody can forge.
  static let rsaExponentOne = """
    MIIBIDANBgkqhkiG9w0BAQEFAAOCAQ0AMIIBCAKCAQEA/S9WXn+j6knoD+nBSS5b/F0ZNgMHJMEsjmKVAu0szO9jnn\
    m+X+AIEYvZNAmPlkAGNzNQO7at6uDB3v83Xxf9CALGc+QTY1wmnXO2PEEiWDUMKf0G4rUfM1Vo3jqKQ78fzIbArpKI\
    8wqLnRNQwYX1kvAJjnVihjz7MJmXyg/juR0/Pv6j2wMFCIZm94IQb2BCD/Wpsq6Sade/EG8gS6Kp2IRe5RUs450wZV\
    cgqSwdNPWht3pK3z6GdlZNGfaT844HaGX/DpnfgO7EMs4kR3VvwkEN2BjQ5I3TLDzPm8Fv0dUVRmUb6+C9hl9C7JX/\
    V0S8QYjVuFlJcgbB2tVOPufDEQIBAQ==
    """
  /// A character is missing inside: 391 are left.
  static let gapped = String(rsa2048.prefix(100)) + rsa2048.dropFirst(101)
  /// The 32 octets of RFC 8463.
  static let ed25519 = "t2a9WK2qFAD01Uimk/URfrCJPQ1FOgO+AhvTgxjQDXs="
  /// The same key as SubjectPublicKeyInfo, which DKIM does not take.
  static let ed25519Wrapped = "MCowBQYDK2VwAyEAt2a9WK2qFAD01Uimk/URfrCJPQ1FOgO+AhvTgxjQDXs="

  /// A key record of 2048 bits with other tags in front of the key, split as TXT strings must be.
  static func record(_ tags: String = "v=DKIM1; k=rsa", key: String = rsa2048) -> String {
    text("\(tags); p=\(key)")
  }

  /// Zone-file strings of at most 200 characters.
  static func text(_ value: String) -> String {
    var strings: [Substring] = []
    var rest = value[...]
    while !rest.isEmpty {
      strings.append(rest.prefix(200))
      rest = rest.dropFirst(200)
    }
    return strings.map { "\"\($0)\"" }.joined(separator: " ")
  }
}
