/// Public keys in base 64; nobody has kept the private ones.
enum PlanKey {
  static let rsa2048 = """
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA/S9WXn+j6knoD+nBSS5b/F0ZNgMHJMEsjmKVAu0szO9jnn\
    m+X+AIEYvZNAmPlkAGNzNQO7at6uDB3v83Xxf9CALGc+QTY1wmnXO2PEEiWDUMKf0G4rUfM1Vo3jqKQ78fzIbArpKI\
    8wqLnRNQwYX1kvAJjnVihjz7MJmXyg/juR0/Pv6j2wMFCIZm94IQb2BCD/Wpsq6Sade/EG8gS6Kp2IRe5RUs450wZV\
    cgqSwdNPWht3pK3z6GdlZNGfaT844HaGX/DpnfgO7EMs4kR3VvwkEN2BjQ5I3TLDzPm8Fv0dUVRmUb6+C9hl9C7JX/\
    V0S8QYjVuFlJcgbB2tVOPufDEQIDAQAB
    """
  static let rsa1024 = """
    MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQD0SpdV2pGpCKLfMsTCiK5BMReA36e82DaG+sS4LxlHKhe2vn88Om\
    ytH6COjY/6CeV+g66j1XVGdvNBw29pS14cydkDvRlfhIDmh2UWEqKhWSMVcKZnQqzikHrCtOn/FpDJOpbP9lyk3OW8\
    c904asoQXmtroPbmU/IpA9wjt/UY2wIDAQAB
    """
}
