// What the macros check needs a constant option; here the types of the parameters do it.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

// Variadic functions and macros, which Swift does not import.

static inline CURLcode shim_curl_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode shim_curl_set_text(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode shim_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode shim_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(easy, option, value);
}
static inline CURLcode shim_curl_set_data_function(
    CURL *easy, CURLoption option, size_t (*function)(char *, size_t, size_t, void *)) {
  return curl_easy_setopt(easy, option, function);
}
static inline CURLcode shim_curl_set_open_socket(
    CURL *easy, curl_socket_t (*function)(void *, curlsocktype, struct curl_sockaddr *)) {
  return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, function);
}
static inline CURLcode shim_curl_set_resolver_start(CURL *easy, int (*function)(void *, void *, void *)) {
  return curl_easy_setopt(easy, CURLOPT_RESOLVER_START_FUNCTION, function);
}
static inline CURLcode shim_curl_set_tls_context(CURL *easy, CURLcode (*function)(CURL *, void *, void *)) {
  return curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, function);
}
static inline CURLcode shim_curl_get_long(CURL *easy, CURLINFO info, long *value) {
  return curl_easy_getinfo(easy, info, value);
}
static inline CURLcode shim_curl_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
  return curl_easy_getinfo(easy, info, value);
}
static inline CURLcode shim_curl_get_text(CURL *easy, CURLINFO info, char **value) {
  return curl_easy_getinfo(easy, info, value);
}
static inline CURLcode shim_curl_get_pointer(CURL *easy, CURLINFO info, void **value) {
  return curl_easy_getinfo(easy, info, value);
}
// The server's own certificate in DER, to be freed with shim_free; its length, negative without one. While the transfer
// runs, of a libcurl on OpenSSL.
static inline int shim_tls_certificate(CURL *easy, unsigned char **der) {
  struct curl_tlssessioninfo *session = NULL;
  if (curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK || session == NULL ||
      session->backend != CURLSSLBACKEND_OPENSSL || session->internals == NULL)
    return -1;
  X509 *certificate = SSL_get0_peer_certificate((SSL *)session->internals);
  return certificate == NULL ? -1 : i2d_X509(certificate, der);
}
static inline void shim_free(unsigned char *memory) { OPENSSL_free(memory); }
static inline CURLSHcode shim_curl_share(CURLSH *share, curl_lock_data data) {
  return curl_share_setopt(share, CURLSHOPT_SHARE, data);
}
// Messages keep the result of a transfer in a union.
static inline CURLcode shim_curl_message_result(const CURLMsg *message) { return message->data.result; }
static inline long shim_CURL_GLOBAL_DEFAULT(void) { return CURL_GLOBAL_DEFAULT; }

// The names of a server certificate count in its subjectAltName alone (RFC 9525 §6.3), which libcurl has no option
// for. `context` is the SSL_CTX of a libcurl on OpenSSL.
static inline int shim_tls_require_name(void *context, const char *host) {
  X509_VERIFY_PARAM *parameters = SSL_CTX_get0_param((SSL_CTX *)context);
  X509_VERIFY_PARAM_set_hostflags(
      parameters, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  return X509_VERIFY_PARAM_set1_host(parameters, host, 0);
}
