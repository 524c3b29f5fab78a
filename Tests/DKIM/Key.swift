/// Public keys for key records: those of the RFCs, and some made with openssl whose private halves are gone.
enum Key {
  /// RFC 6376 appendix C.2, 1024 bits.
  static let rfc6376 = """
    MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v\
    3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToI\
    MmPSPDdQPNUYckcQ2QIDAQAB
    """
  /// RFC 8463 appendix A.2.
  static let rfc8463 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
  static let rsa512 = """
    MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAMCJIwpVWB1QMD/aGJNo5cnvTIpQ7AHHMr05GooB/Emx3ArmZOtmAKPswlOVwzgT\
    t4b7fFDvUciSiWPTHUamAwcCAwEAAQ==
    """
  static let rsa1024PKCS1 = """
    MIGJAoGBAO8HChnHGJesTYzn/iZ854Ar/duGbuI/phKBnP1/gS8fFVLQFzpmQmpqDp/zRKDBjygcwsps9rVgjXjVHdzQ2Y4N\
    jBhyJhenDXvs6akAPuRHcthz3LDSBj5cXbqju7pkqHKbKA0bn/Hku4CFv78UOVJwT33QXt68Ddnkh2Ai48RLAgMBAAE=
    """
  static let rsa2048 = """
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAquKJ1EX7R2burOtW5t0udlGX/8ttwQ3Pp+vHOs/tWrKydrWJClsv\
    /xrLIdryoC6o5Enfb/niBEGAI1JA3i5c3QDEAfvadIsEevmD0+/EarMVB9EVR7hPj/MfEMs/ooE58MQ72LOaWlVnWAnumokz\
    HtJ/g3/0wFo8D43kHD8j3LTWsIHExqEkRbaQsLqS7J/etync2XTCSS+Bwn+dPCCX+PhKolQyQ/g4Y+mJnJy5JQWSr72l+rLf\
    M5wp97C9Tkb49ovbV2lrDxLZ6618TUOD+oZRg6EKtxkOt6PunW3JdUvXSqgJNNro2w8eklHKNxuqX2wU5KErdHmTdG9GTDv5\
    mwIDAQAB
    """
  static let rsa4096 = """
    MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEA2dfhrNjBdgkGZwcwQZ+1WEyMvcTPkLAHDcjFE/aYs0vw27Hj1iAB\
    CNvYEdDZwWrgrmm8rNtPX6Pm700iQ6Hgw1f4gi3T8kFDS9bZ8bS1d526x1vtGqjJUIdig1nqcgXSc9CTPEDprzmhbs0MLi0b\
    qRGwLhaNN8Xp2E4JaqHHt9jn/6mZ7ORiNTGcTw5DLT5nhUJhidVZAsyJmZ9lm142vMllCOgaBpxJQ5nYR+MIPU3h640bIZnZ\
    Zx+51Iooyqput7kKkpBfAaHeGPysR/ulbx1Kwtry+NJkGPg1S2ro8FAMQZq2OfP/k63pUerNsMlGypmYbwJbcXS/TyRzOc5z\
    ZqjF3J3/TZDtaZxufhjCGQevy0Xn0lg1RF+IZrFmp2nRLb2HO8AcGczH8in5yjWAhtqZrSnzdqFkKhRlbmwTNX4MeHk6BQEn\
    joCPrNOgF1rEEg2JcqRbFPglVzUqQc+IipbrJ9cYmXtz8cNbKmzma47/w29BXsdsSwneNnE20sJl8Isx74Qi+e3b460mkaWw\
    +ADm9ER+lgttL0Ghz1gwilNKaE1JipI3PvnQzNTx8zWMtnTFujcV+rBpAbMOTXYXBvhCPRH2Mzi+DrYsFMmWNdFgIwnPDU+H\
    G0Kl5rNKWeX+DjeVayCFXBpYuFffnzol5uLAmWg/miMgyCEwW5y/nCMCAwEAAQ==
    """
  static let p256 = """
    MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEn7knJYefpVesxvrDJ8ecqy3Szf7ScmInkwXkTSacJDo9LeIntRz+gOK1kooa\
    csBqyxRgxQPyAQNXPnjfbx2ssw==
    """
  static let ed25519Wrapped = """
    MCowBQYDK2VwAyEACVK618i9/QDiSZusmmT9QKvaxuSViLDvHoE6xeUVWMg=
    """
}
