package import Verdict

extension Rule {
  /// Every check, in the order of the reports. A test compares this list with the files.
  package static let catalog: [Rule] = [
    dnsNoDelegation, dnsLameNS, dnsNSUnreachable, dnsNSCount, dnsNSIPv4Min, dnsNSIPv6Min, dnsNSSameNetwork,
    dnsNSV4Embedded, dnsNSCNAME, dnsParentChildNS, dnsGlueMissing, dnsNSInconsistent, dnsFamilyDivergence,
    dnsTCPMissing, dnsEDNSBroken, dnsFragmentProne, dnsTruncationLoop, dnsQTypeBroken, dnsENTNXDOMAIN,
    dnsOpenRecursion, dnsAXFROpen, dnsSOAMissing, dnsSOATimers, dnsSOARName, dnsNegativeTTL, dnsCNAMEApex,
    dnsCNAMEChain, dnsNameInvalid, dnsNonASCIITXT, dnsTTLExtreme, dnsDoubledSuffix, dnsWildcardTXT,
    dnsWildcardMX, dnsCacheStale,

    dnssecDSNoMatch, dnssecSigInceptionFuture, dnssecDenialBroken, dnssecBogus, dnssecSigExpiring,
    dnssecAlgoSHA1, dnssecAlgoRetired, dnssecAlgoPrivate, dnssecAlgoDiscouraged, dnssecAlgoIncomplete,
    dnssecDSSHA1Only, dnssecHostUnsigned, dnssecNSEC3Iterations, dnssecNSEC3Salt, dnssecNSEC3OptOut,
    dnssecCDSMismatch, dnssecCDSDelete, dnssecKeyFlags, dnssecSigTooLong, dnssecIsland, dnssecUnsigned,
    dnssecCompactDenial,

    mxMissing, mxIPLiteral, mxTargetNXDOMAIN, mxTargetSpecial, mxNullMixed, mxNullSending, mxDangling,
    mxCNAME, mxNullPreference, mxNullAdvised, mxDupPreferenceFamily, mxTooMany, mxBackupWeaker, mxDiffers,
    mxHELONotListed,

    hostAMissing, hostAddressSpecial, hostPTRMissing, hostPTRNotConfirmed, hostPTRGeneric,
    hostPTRCNAMEClassless,
    hostPTRMultiple, hostPTRHELODomain, hostHELOSPF, hostAAAAMissing, hostBannerName, hostAddressSetMismatch,
    hostPTRHELOMismatch, hostSendAddressUnlisted,

    spfMissing, spfTemperror, spfMultiple, spfVersionPrefix, spfSplitTXTAsTwo, spfJoinMissingSpace, spfSyntax,
    spfUnknownMechanism,
    spfIP4Bad, spfIP6Bad, spfMacroBad, spfTrailingGarbage, spfUnicodeDomain, spfRedirectDup, spfAllPass,
    spfCIDRWide,
    spfIncludeNone, spfIncludePermerror, spfIncludeLoop, spfIncludeSelf, spfRedirectNone, spfLookupLimit,
    spfMXLimit,
    spfVoidLimit, spfTakeover, spfOwnHostNotPass, spfMXOnlyV6, spfAllWeak, spfSoftfail, spfTermsAfterAll,
    spfRedirectAndAll,
    spfLookupNear, spfPTR, spfPTRLimit, spfMacroP, spfMXVsNull, spfAEmpty, spfDupTerms, spfLengthTotal,
    spfExpBroken, spfCNAMEAtDomain, spfParked, spfType99, spfSenderID, spfSharedInfra,
    spfDiffers,

    dkimActiveSelectorUnpublished, dkimCNAMEDangling, dkimMultipleRecords, dkimVTag, dkimTagSyntax,
    dkimPMissing,
    dkimPEmpty, dkimPBase64, dkimPDERInvalid, dkimPTruncated, dkimTXTQuotes, dkimRSATooShort, dkimRSAExponent,
    dkimKMismatch, dkimEd25519Length, dkimEd25519Sole, dkimHSHA1Only, dkimHUnknown, dkimSService,
    dkimWildcard, dkimNameTypo, dkimRSA1024, dkimRSALarge, dkimTY, dkimKUnknown, dkimKeyShared,
    dkimKeyFileMismatch, dkimSelectorReused, dkimRetiredTooEarly, dkimRetiredLingering, dkimRevokedPublished,
    dkimPWhitespace, dkimGTag, dkimNLong, dkimPolicyRecord,

    dmarcMissing, dmarcMultiple, dmarcVersion, dmarcPMissing, dmarcPInvalid, dmarcSPNPInvalid,
    dmarcPSDYMisuse,
    dmarcWrongLocation, dmarcCNAME, dmarcRUAScheme, dmarcRUAExternalUnauth, dmarcRUAUndeliverable,
    dmarcSplitStrings,
    dmarcSyntaxDropped, dmarcDupTag,
    dmarcRUAEncoding,
    dmarcEnforceNoRUA, dmarcTestMode, dmarcSPWeaker, dmarcNPWeaker, dmarcSubdomainShadow, dmarcPSDParent,
    dmarcOrgDivergence, dmarcRUAExternalToolong,
    dmarcDeepName, dmarcRUFPrivacy, dmarcPCT, dmarcPNoneNoRUA, dmarcNPUnset, dmarcSPOnSubdomain, dmarcRFRI,
    dmarcUnknownTag, dmarcPSDInvalid, dmarcPNotSecond, dmarcRUASize, dmarcRUAMany, dmarcFOInvalid,
    dmarcRUFExternalUnauth, dmarcParked, dmarcPNone, dmarcRejectHumans, dmarcNPIneffective, dmarcFOWithoutRUF,
    dmarcDiffers,

    mtastsRecordMultiple, mtastsRecordSyntax, mtastsCNAMEDangling, mtastsHostMissing, mtastsSubdomain,
    mtastsMissing, mtastsNullMX, mtastsDiffers,

    tlsrptMultiple, tlsrptSyntax, tlsrptRUAScheme, tlsrptRUAUndeliverable, tlsrptWrongName, tlsrptMissing,
    tlsrptRUAEncoding, tlsrptWildcard, tlsrptDiffers,

    daneLength, daneAllUnusable, daneUsagePKIX, daneMatching0, daneSHA512Only, daneSelector0, daneTTL,
    daneNoRollover, daneWrongPort, daneWildcardTLSA, daneDiffers, daneRolloverMissingNext,

    daneLookupFails, daneInsecure, daneTLSACNAME, daneNSEC3Heavy, daneENT, daneMXInsecure, daneCNAMEMX,
    daneMissing,

    daneMismatch, danePartialAddress, daneAlgPartial, daneNoStartTLS, daneTAChain, daneTAName, daneTAExpired,
    daneTAPublicCA,

    tlsNoTLS12, tlsVersionOld, tlsNoTLS13, tlsDHWeak, tlsCurveWeak, tlsSigalgSHA1, tlsEMS, tlsSecureReneg,

    certRevoked, certExpired, certExpiring, certNameMismatch, certUntrusted, certChainIncomplete, certEKU,
    certKeyWeak,
    certSigWeak, certOCSPStaple, certDefaultSnakeoil, certDiffers,
    certACMEHTTPClosed,

    srvTargetUnresolved, srvTargetIP, srvPortWrong, srvTargetCNAME, srvDotMixed, srvPriorityOrder,
    srvNamesTypo, srvWeight, srvUnsigned, srvDiffers,

    autodiscoverDangling, autodiscoverHTTP, autodiscoverMissing, autodiscoverDiffers,

    caaBlocksCA, caaLookupFails, caaSyntax, caaWildcardIssue, caaMissing, caaDiffers,

    bimiRecord, bimiDMARC,

    miscVerificationTXT, miscForSale,

    mxImplicitUsed, mxIPv6None,

    smtpPort25Closed, smtpPartialDown, smtpBanner, smtpBannerDelay, smtpEHLORejected, smtpStartTLSMissing,
    smtpStartTLSBroken, smtpStartTLSInjection, smtpNullSenderRefused, smtpTLSRequired25,
    smtpAuthOn25, smtpAuthCleartext, smtpExt8BITMIME, smtpExtSize, smtpExtPipelining,
    smtpExtDangerous, smtpLFReplies, smtpNonASCIIReply, smtpReplyTooLong, smtpStartTLSAfterTLS,
    smtpIPv4IPv6Diff,

    accessExpectedPortClosed, accessImplicitMissing, access465NotTLS, accessAuthBeforeTLS,
    accessStartTLSMissing, accessStartTLSInjection, accessPreauth, accessIMAPVersion, accessSieveAuth,
    accessLegacyPortOpen, accessMechWeak, accessDiffers,

    srvProtocolMismatch, srvCert, srvLegacyWithoutService, srvDotButOpen, srvSubmissionsMissing,
    srvIMAPSMissing,

    dnsblListedMajor, dnsblListedPBL, dnsblDomainListed, dnsblListedMinor, dnsblResolverBlocked,
    dnsblAnswerNot127, dnsblSelftest, dnsblWhitelisted,

    mtastsHTTPSFail, mtastsCertInvalid, mtastsRedirect, mtastsStatus, mtastsVersion, mtastsMode,
    mtastsMaxAge, mtastsMXNone, mtastsMXPattern, mtastsMXMismatch, mtastsMXCert, mtastsMXNoStartTLS,
    mtastsMXTLSOld, mtastsSize, mtastsLineEnds, mtastsMediaType, mtastsDupFields, mtastsModeNone,
    mtastsMXStale, mtastsIPv6, mtastsCAA, mtastsPolicyWithoutRecord, mtastsPolicyDiffers,

    autoconfigAuth, autoconfigPlain, autoconfigHostPort, autoconfigHTTPOnly, autoconfigXML,
    autoconfigMissing, autoconfigRedirect, autoconfigStartTLSOnly, autoconfigSRVConflict,
    autoconfigWellKnown, autoconfigDiffers,

    srsMXMissing, srsSPF, srsDKIMMissing, srsDMARCMissing, srsASPFStrict, srsSharedDomain, webWebmailHost,
    webWebmailHTTPS,
    configDomainNotServed, configWaiverExpired,
  ]
}
