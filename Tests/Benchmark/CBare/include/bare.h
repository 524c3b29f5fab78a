// The least that the job takes, in C: what the benchmark compares with. Blocking sockets, one after the other.

#include <stddef.h>
#include <stdint.h>

typedef struct ssl_ctx_st SSL_CTX;
typedef struct evp_pkey_st EVP_PKEY;

// A client context that verifies against `ca_file`; NULL if that cannot be read.
SSL_CTX *bare_context(const char *ca_file);

// Greeting, EHLO, STARTTLS, handshake and what it showed, EHLO, QUIT. 0 if all of it worked and the certificate is for `host`.
int bare_starttls(SSL_CTX *context, const char *address, uint16_t port, const char *host);

// A libcurl handle that keeps nothing but the CA store between fetches.
void *bare_curl(const char *ca_file);

// 0 for a response with status 200. `pin` is HOST:PORT:ADDRESS.
int bare_fetch(void *curl, const char *url, const char *pin);

// A new P-256 key; its point, 64 octets, goes to `point`. NULL if there is none.
EVP_PKEY *bare_key(uint8_t *point);

// ECDSA with SHA-256: both numbers side by side, 64 octets, to `signature` (RFC 6605 §4). 0 if it worked.
int bare_sign(EVP_PKEY *key, const uint8_t *octets, size_t length, uint8_t *signature);

// 0 if the signature holds.
int bare_verify(EVP_PKEY *key, const uint8_t *octets, size_t length, const uint8_t *signature);
