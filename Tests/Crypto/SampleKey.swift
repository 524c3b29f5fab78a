/// Public halves of keys made with `openssl genrsa`, `genpkey` and `ecparam`, in base 64. The private halves
/// are gone.
import Foundation

enum SampleKey: String, CaseIterable {
  case rsa512
  case rsa1024
  case rsa1024PKCS1
  case rsa2048
  case rsa2048PKCS1
  case rsa4096
  case ed25519
  case p256
  case rsaPSS

  var base64: String {
    switch self {
    case .rsa512:
      """
      MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAMCJIwpVWB1QMD/aGJNo5cnvTIpQ7AHHMr05GooB/Emx3ArmZOtmAKPswlOVwzgT\
      t4b7fFDvUciSiWPTHUamAwcCAwEAAQ==
      """
    case .rsa1024:
      """
      MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDvBwoZxxiXrE2M5/4mfOeAK/3bhm7iP6YSgZz9f4EvHxVS0Bc6ZkJqag6f\
      80SgwY8oHMLKbPa1YI141R3c0NmODYwYciYXpw177OmpAD7kR3LYc9yw0gY+XF26o7u6ZKhymygNG5/x5LuAhb+/FDlScE99\
      0F7evA3Z5IdgIuPESwIDAQAB
      """
    case .rsa1024PKCS1:
      """
      MIGJAoGBAO8HChnHGJesTYzn/iZ854Ar/duGbuI/phKBnP1/gS8fFVLQFzpmQmpqDp/zRKDBjygcwsps9rVgjXjVHdzQ2Y4N\
      jBhyJhenDXvs6akAPuRHcthz3LDSBj5cXbqju7pkqHKbKA0bn/Hku4CFv78UOVJwT33QXt68Ddnkh2Ai48RLAgMBAAE=
      """
    case .rsa2048:
      """
      MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAquKJ1EX7R2burOtW5t0udlGX/8ttwQ3Pp+vHOs/tWrKydrWJClsv\
      /xrLIdryoC6o5Enfb/niBEGAI1JA3i5c3QDEAfvadIsEevmD0+/EarMVB9EVR7hPj/MfEMs/ooE58MQ72LOaWlVnWAnumokz\
      HtJ/g3/0wFo8D43kHD8j3LTWsIHExqEkRbaQsLqS7J/etync2XTCSS+Bwn+dPCCX+PhKolQyQ/g4Y+mJnJy5JQWSr72l+rLf\
      M5wp97C9Tkb49ovbV2lrDxLZ6618TUOD+oZRg6EKtxkOt6PunW3JdUvXSqgJNNro2w8eklHKNxuqX2wU5KErdHmTdG9GTDv5\
      mwIDAQAB
      """
    case .rsa2048PKCS1:
      """
      MIIBCgKCAQEAquKJ1EX7R2burOtW5t0udlGX/8ttwQ3Pp+vHOs/tWrKydrWJClsv/xrLIdryoC6o5Enfb/niBEGAI1JA3i5c\
      3QDEAfvadIsEevmD0+/EarMVB9EVR7hPj/MfEMs/ooE58MQ72LOaWlVnWAnumokzHtJ/g3/0wFo8D43kHD8j3LTWsIHExqEk\
      RbaQsLqS7J/etync2XTCSS+Bwn+dPCCX+PhKolQyQ/g4Y+mJnJy5JQWSr72l+rLfM5wp97C9Tkb49ovbV2lrDxLZ6618TUOD\
      +oZRg6EKtxkOt6PunW3JdUvXSqgJNNro2w8eklHKNxuqX2wU5KErdHmTdG9GTDv5mwIDAQAB
      """
    case .rsa4096:
      """
      MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEA2dfhrNjBdgkGZwcwQZ+1WEyMvcTPkLAHDcjFE/aYs0vw27Hj1iAB\
      CNvYEdDZwWrgrmm8rNtPX6Pm700iQ6Hgw1f4gi3T8kFDS9bZ8bS1d526x1vtGqjJUIdig1nqcgXSc9CTPEDprzmhbs0MLi0b\
      qRGwLhaNN8Xp2E4JaqHHt9jn/6mZ7ORiNTGcTw5DLT5nhUJhidVZAsyJmZ9lm142vMllCOgaBpxJQ5nYR+MIPU3h640bIZnZ\
      Zx+51Iooyqput7kKkpBfAaHeGPysR/ulbx1Kwtry+NJkGPg1S2ro8FAMQZq2OfP/k63pUerNsMlGypmYbwJbcXS/TyRzOc5z\
      ZqjF3J3/TZDtaZxufhjCGQevy0Xn0lg1RF+IZrFmp2nRLb2HO8AcGczH8in5yjWAhtqZrSnzdqFkKhRlbmwTNX4MeHk6BQEn\
      joCPrNOgF1rEEg2JcqRbFPglVzUqQc+IipbrJ9cYmXtz8cNbKmzma47/w29BXsdsSwneNnE20sJl8Isx74Qi+e3b460mkaWw\
      +ADm9ER+lgttL0Ghz1gwilNKaE1JipI3PvnQzNTx8zWMtnTFujcV+rBpAbMOTXYXBvhCPRH2Mzi+DrYsFMmWNdFgIwnPDU+H\
      G0Kl5rNKWeX+DjeVayCFXBpYuFffnzol5uLAmWg/miMgyCEwW5y/nCMCAwEAAQ==
      """
    case .ed25519:
      """
      MCowBQYDK2VwAyEACVK618i9/QDiSZusmmT9QKvaxuSViLDvHoE6xeUVWMg=
      """
    case .p256:
      """
      MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEn7knJYefpVesxvrDJ8ecqy3Szf7ScmInkwXkTSacJDo9LeIntRz+gOK1kooa\
      csBqyxRgxQPyAQNXPnjfbx2ssw==
      """
    case .rsaPSS:
      """
      MIGdMAsGCSqGSIb3DQEBCgOBjQAwgYkCgYEArJbLm6BLibnV7sP831ubJCx7QplHRBt6IdJOmDTs1U8HaJiXGXxxwptKXUq0\
      MLwoUnPoAFLGhNXTacRqhUtmE+YDbvT7har17Bod4ELdblgiVBvBn4JvlSx1o2DVLMhSOHz84kdh0biJ+SY4ZeWuStxU23Tf\
      GoPPBdGpz83N7jUCAwEAAQ==
      """
    }
  }

  var der: [UInt8] { Array(Data(base64Encoded: base64) ?? Data()) }
}
