#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

// Macros that Swift does not import.

static inline unsigned long shim_XN_FLAG_RFC2253(void) { return XN_FLAG_RFC2253; }

static inline uint64_t shim_SSL_OP_NO_RENEGOTIATION(void) { return SSL_OP_NO_RENEGOTIATION; }
static inline uint64_t shim_SSL_OP_NO_COMPRESSION(void) { return SSL_OP_NO_COMPRESSION; }
static inline uint64_t shim_SSL_OP_LEGACY_SERVER_CONNECT(void) { return SSL_OP_LEGACY_SERVER_CONNECT; }
static inline uint64_t shim_SSL_OP_ENABLE_MIDDLEBOX_COMPAT(void) { return SSL_OP_ENABLE_MIDDLEBOX_COMPAT; }

static inline int shim_SSL_CTX_set_min_proto_version(SSL_CTX *context, int version) {
  return (int)SSL_CTX_set_min_proto_version(context, version);
}
static inline int shim_SSL_CTX_set_max_proto_version(SSL_CTX *context, int version) {
  return (int)SSL_CTX_set_max_proto_version(context, version);
}
static inline int shim_SSL_CTX_set1_sigalgs_list(SSL_CTX *context, const char *list) {
  return (int)SSL_CTX_set1_sigalgs_list(context, list);
}
static inline int shim_SSL_CTX_set1_groups_list(SSL_CTX *context, const char *list) {
  return (int)SSL_CTX_set1_groups_list(context, list);
}
static inline long shim_SSL_CTX_set_max_cert_list(SSL_CTX *context, long octets) {
  return SSL_CTX_set_max_cert_list(context, octets);
}
static inline long shim_SSL_CTX_set_session_cache_mode(SSL_CTX *context, long mode) {
  return SSL_CTX_set_session_cache_mode(context, mode);
}
static inline long shim_SSL_CTX_set_mode(SSL_CTX *context, long mode) {
  return SSL_CTX_set_mode(context, mode);
}
static inline int shim_SSL_set_tlsext_host_name(SSL *connection, const char *name) {
  return (int)SSL_set_tlsext_host_name(connection, name);
}
static inline int shim_SSL_get_negotiated_group(SSL *connection) {
  return (int)SSL_get_negotiated_group(connection);
}
static inline int shim_SSL_get_peer_tmp_key(SSL *connection, EVP_PKEY **key) {
  return (int)SSL_get_peer_tmp_key(connection, key);
}
static inline int shim_SSL_get_peer_signature_nid(SSL *connection, int *digest) {
  return (int)SSL_get_peer_signature_nid(connection, digest);
}
static inline int shim_SSL_get_extms_support(SSL *connection) {
  return (int)SSL_get_extms_support(connection);
}
static inline int shim_SSL_get_secure_renegotiation_support(SSL *connection) {
  return (int)SSL_get_secure_renegotiation_support(connection);
}
static inline int shim_SSL_request_ocsp_response(SSL *connection) {
  return (int)SSL_set_tlsext_status_type(connection, TLSEXT_STATUSTYPE_ocsp);
}
// The octets belong to the connection; -1 without any.
static inline long shim_SSL_get_ocsp_response(SSL *connection, const unsigned char **octets) {
  return SSL_get_tlsext_status_ocsp_resp(connection, octets);
}
static inline long shim_BIO_get_mem_data(BIO *memory, char **data) { return BIO_get_mem_data(memory, data); }
